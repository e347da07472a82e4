// Our timeline, as the page mounts it: the component with the view held outside, as the store holds it. All lanes are in
// the picture, as with d3 and ECharts.

import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { TimelineView } from '../../../src/app/panes/timeline/TimelineView.tsx';
import type { TimelineData } from '../../../src/views/timeline/data.ts';
import { fitRange } from '../../../src/views/timeline/viewport.ts';
import '../../../src/app/theme.css';
import '../../../src/app/layout.css';
import '../../../src/app/panes/timeline/timeline.css';
import { centreOf, FACTOR, stepOf } from './ranges.ts';
import { HEIGHT, inkOf, type Mounted, type Prepare, type Range, WIDTH } from './renderer.ts';

const LOOK = { folded: new Set<never>(), all: false, height: 'fit' } as const;
/** With axis, overview and buttons it is as high as the others. */
const LANES_HEIGHT = HEIGHT - 110;
/** With Ctrl, as two fingers on a touchpad: so many of the units of the wheel double the scale (useZoom.ts). */
const WHEEL_DOUBLES = 100;

interface Ours extends Mounted {
  view(): Range;
}

function mountOurs(data: TimelineData, host: HTMLElement): Ours {
  const root = createRoot(host);
  let view: Range = fitRange(data.length);
  const render = () =>
    root.render(
      <TimelineView
        data={data}
        version={data.version}
        lines={data.length}
        cursor={data.length}
        onCursor={() => undefined}
        view={view}
        onView={(range) => {
          view = range;
          render();
        }}
        look={LOOK}
        maxHeight={LANES_HEIGHT}
      />,
    );
  const show = (range: Range) => {
    view = range;
    flushSync(render);
  };
  show(view);
  const shapes = () => host.querySelectorAll('svg:not(.samples) :is(rect, path)').length;
  return { show, drawn: () => inkOf(host) + shapes(), view: () => view };
}

/** The view given from outside. */
export const prepare: Prepare = (data) => (host) => mountOurs(data, host);

/** The same journey by the way of a hand: wheel events over the picture, and what they do to the view. */
export const prepareByWheel: Prepare = (data) => (host) => {
  const { drawn, view } = mountOurs(data, host);
  let step = 0;
  const show = () => {
    const { zoom, pan } = stepOf(step);
    const plot = host.querySelector('.timeline-stage') ?? host;
    const { left, top, width, height } = plot.getBoundingClientRect();
    const clientX = left + width * centreOf(step);
    const clientY = top + height / 2;
    const before = view();
    const event = new WheelEvent('wheel', {
      bubbles: true,
      cancelable: true,
      clientX,
      clientY,
      ctrlKey: pan === 0,
      deltaX: pan * WIDTH,
      deltaY: Math.log2(zoom) * WHEEL_DOUBLES,
    });
    document.elementFromPoint(clientX, clientY)?.dispatchEvent(event);
    if (zoom === 1 / FACTOR && view() === before) throw new Error(`wheel event ${step} did not zoom in`);
    step++;
  };
  return { show, drawn };
};

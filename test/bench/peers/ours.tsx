// irqscope's timeline, mounted like in the page: the component with its view state outside, as in the store. All lanes are
// visible, as with d3 and ECharts.

import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { browserServices } from '../../../src/app/services/services.ts';
import { createApp } from '../../../src/app/store/app.ts';
import { AppProvider } from '../../../src/app/store/appContext.ts';
import { TimelineView } from '../../../src/app/ui/timeline/TimelineView.tsx';
import type { TimelineData } from '../../../src/views/timeline/data.ts';
import { fitRange } from '../../../src/views/timeline/viewport.ts';
import '../../../src/app/theme.css';
import '../../../src/app/shell/layout.css';
import '../../../src/app/ui/timeline/timeline.css';
import { centreOf, FACTOR, stepOf } from './ranges.ts';
import { HEIGHT, inkOf, type Mounted, type Prepare, type Range, WIDTH } from './renderer.ts';

const LOOK = { folded: new Set<never>(), all: false, height: 'fit' } as const;
/** Height of the lanes; with axis, overview and buttons it equals the height of the other renderers. */
const LANES_HEIGHT = HEIGHT - 110;
/** Wheel units that double the scale with Ctrl pressed, like two fingers on a touchpad (useZoom.ts). */
const WHEEL_DOUBLES = 100;

interface Ours extends Mounted {
  view(): Range;
}

/** One app, as on a page, where the timeline before has read the colours. */
const app = createApp(browserServices(), []);

function mountOurs(data: TimelineData, host: HTMLElement): Ours {
  const root = createRoot(host);
  let view: Range = fitRange(data.length);
  const render = () =>
    root.render(
      <AppProvider value={app}>
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
        />
      </AppProvider>,
    );
  const show = (range: Range) => {
    view = range;
    flushSync(render);
  };
  show(view);
  const shapes = () => host.querySelectorAll('svg:not(.samples) :is(rect, path)').length;
  return { show, drawn: () => inkOf(host) + shapes(), view: () => view };
}

/** Sets the view from outside. */
export const prepare: Prepare = (data) => (host) => mountOurs(data, host);

/** Makes the same journey like a user: with wheel events over the picture. */
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

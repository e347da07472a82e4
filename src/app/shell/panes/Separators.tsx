// The separators between the panes of the lab, and the menu of the panes. They lie over the grid of layout.css, so that they can
// load after the first picture and no pane is mounted again.

import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { type Boundary, keyedSize, largest, resized, type Split } from '../../../views/panes/sizes.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { panesSlice } from '../../store/panes.ts';
import { EDGES, type Edge } from './edges.ts';
import { setSize, sizesSlice } from './kept.ts';
import { measured } from './measure.ts';
import { PanesMenu } from './PanesMenu.tsx';

const actions = () => import('./actions.ts');

/** The separators and the menu. */
export function Separators() {
  const app = useApp();
  const isMaximised = useSlice(panesSlice, ({ maximised }) => maximised !== undefined);
  const { sizes } = useSlice(sizesSlice);
  const home = useRef<HTMLSpanElement>(null);
  const [splits, setSplits] = useState<ReadonlyMap<Boundary, Split>>(new Map());
  // a held key is faster than the observer: each press begins at the drawn size
  const splitNow = (name: Boundary) => {
    const lab = home.current?.parentElement;
    return lab == null ? undefined : measured(lab, (one) => sizes[one] === 0).get(name);
  };
  useLayoutEffect(() => {
    const lab = home.current?.parentElement;
    if (lab == null) return;
    const read = () => setSplits(measured(lab, (name) => sizes[name] === 0));
    read();
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(read);
    for (const one of lab.querySelectorAll('.left, .script, .wiring, .timeline')) observer.observe(one);
    return () => observer.disconnect();
  }, [sizes]);
  // the timeline reads its room again, once React has drawn the panes
  useEffect(
    () =>
      app.on(panesSlice, () => {
        requestAnimationFrame(() => window.dispatchEvent(new Event('resize')));
      }),
    [app],
  );
  useEffect(() => {
    const lab = home.current?.parentElement;
    const onWanted = ({ target }: Event) => {
      if (!(target instanceof HTMLElement)) return;
      void actions().then(({ reveal }) => reveal(app, target));
    };
    lab?.addEventListener('wanted', onWanted);
    return () => lab?.removeEventListener('wanted', onWanted);
  }, [app]);
  useEffect(() => {
    if (!isMaximised) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      const own = 'input, textarea, select, dialog, [popover]';
      const { target } = event;
      const isOther = event.defaultPrevented || (target instanceof Element && target.closest(own) !== null);
      if (event.key === 'Escape' && !isOther) void actions().then(({ maximise }) => maximise(app, null));
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [app, isMaximised]);
  return (
    <>
      <span ref={home} hidden />
      <PanesMenu />
      {!isMaximised &&
        EDGES.map((edge) => {
          const split = splits.get(edge.name);
          const isHidden = edge.name === 'lines' && sizes.script === 0;
          return split === undefined || isHidden ? null : (
            <Separator
              key={edge.name}
              edge={edge}
              split={split}
              splitNow={() => splitNow(edge.name) ?? split}
            />
          );
        })}
    </>
  );
}

/** The place where a drag began. */
interface Drag {
  readonly at: number;
  readonly split: Split;
}

interface SeparatorProps {
  readonly edge: Edge;
  /** The drawn sizes at the last measurement. */
  readonly split: Split;
  /** Measures the drawn sizes. */
  readonly splitNow: () => Split;
}

function Separator({ edge, split, splitNow }: SeparatorProps) {
  const app = useApp();
  const { name, label, arrows } = edge;
  const [grows] = arrows;
  const drag = useRef<Drag | null>(null);
  const [dragged, setDragged] = useState(false);
  const isColumn = grows === 'ArrowRight' || grows === 'ArrowLeft';
  const sign = grows === 'ArrowRight' ? 1 : -1;
  const placeOf = (event: PointerEvent) => (isColumn ? event.clientX : event.clientY);
  const move = (event: PointerEvent, keep: boolean) => {
    if (drag.current === null) return;
    const by = (placeOf(event) - drag.current.at) * sign;
    if (by !== 0 || keep)
      setSize(app, name, resized(drag.current.split, drag.current.split.size + by).size, keep);
  };
  const end = () => {
    drag.current = null;
    setDragged(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const now = splitNow();
    const to = keyedSize(now, event, arrows);
    if (to === null && event.key !== 'Enter') return;
    // the page has commands for the same keys
    event.preventDefault();
    setSize(app, name, to === null ? null : resized(now, to).size);
  };
  const isCollapsed = split.size === 0;
  return (
    <div
      role="separator"
      tabIndex={0}
      className={`sash sash-${name}${isCollapsed || dragged ? ' sash-lit' : ''}`}
      aria-label={label}
      aria-orientation={isColumn ? 'vertical' : 'horizontal'}
      aria-valuenow={split.size}
      aria-valuemin={isCollapsed ? 0 : Math.min(split.size, split.least)}
      aria-valuemax={largest(split)}
      aria-valuetext={isCollapsed ? 'collapsed' : `${split.size} pixels`}
      title={`${label}: drag, or press the arrow keys. A double click or Enter restores the default.`}
      style={placeOfSash(name, split.size)}
      onKeyDown={onKeyDown}
      onDoubleClick={() => setSize(app, name, null)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { at: placeOf(event), split: splitNow() };
      }}
      onPointerMove={(event) => {
        if (drag.current === null || placeOf(event) === drag.current.at) return;
        setDragged(true);
        move(event, false);
      }}
      onPointerUp={(event) => {
        // a click alone changes nothing
        if (dragged) move(event, true);
        end();
      }}
      onPointerCancel={end}
    />
  );
}

/** Returns the margins that a separator does not get from panes.css; beside a collapsed column it stays inside the window. */
function placeOfSash(name: Boundary, size: number): CSSProperties | undefined {
  if (name === 'lines') return { marginBottom: size - 6 };
  if (size > 0 || name === 'timeline') return undefined;
  return name === 'script' ? { marginRight: -12 } : { marginLeft: -12 };
}

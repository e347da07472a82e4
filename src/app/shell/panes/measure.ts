// The sizes of the panes on the screen.

import type { Boundary, Split } from '../../../views/panes/sizes.ts';
import { LEAST } from '../../../views/panes/sizes.ts';

/** The least pixels of the panes that take the rest; panes.css has the same. */
const WIRING_WIDTH = 370;
const WIRING_HEIGHT = 160;
const COMPOSER_HEIGHT = 120;

/** Returns the sizes on both sides of every boundary, 0 for the panes of `collapsed`; without those whose panes are not drawn. */
export function measured(
  lab: Element,
  isCollapsed: (name: Boundary) => boolean,
): ReadonlyMap<Boundary, Split> {
  const part = (selector: string) => lab.querySelector<HTMLElement>(selector);
  const [left, wiring, composer] = [part('.left'), part('.wiring'), part('.composer')];
  const lanes = part('.timeline-plot, .timeline-grid');
  // a narrow window gives the wiring its share (layout.css)
  const leastWiring = Math.min(WIRING_WIDTH, Math.ceil(lab.clientWidth * 0.26));
  const all: readonly [Boundary, number | undefined, number | undefined, number][] = [
    ['script', left?.offsetWidth, wiring?.offsetWidth, leastWiring],
    ['calls', part('.trace')?.offsetWidth, wiring?.offsetWidth, leastWiring],
    ['lines', part('.script')?.offsetHeight, composer?.offsetHeight, COMPOSER_HEIGHT],
    ['timeline', lanes?.offsetHeight, wiring?.offsetHeight, WIRING_HEIGHT],
  ];
  return new Map(
    all.flatMap(([name, size, rest, leastRest]) =>
      size === undefined || rest === undefined
        ? []
        : [[name, { size: isCollapsed(name) ? 0 : size, least: LEAST[name], rest, leastRest }]],
    ),
  );
}

// The boundaries of the lab with their words.

import type { Boundary } from '../../../views/panes/sizes.ts';

/** A boundary with its words and directions. */
export interface Edge {
  readonly name: Boundary;
  /** The name of the separator. */
  readonly label: string;
  /** The pane that collapses, for instance `kernel calls`. */
  readonly pane: string;
  /** Classes of the panes that it hides when it collapses. */
  readonly hides: string;
  /** The arrow that makes the pane larger, and the other one. */
  readonly arrows: readonly [string, string];
}

/** The boundaries with their words. */
export const EDGES: readonly Edge[] = [
  {
    name: 'script',
    label: 'Width of the script',
    pane: 'composer and script',
    hides: '.left',
    arrows: ['ArrowRight', 'ArrowLeft'],
  },
  {
    name: 'lines',
    label: 'Height of the script',
    pane: 'script',
    hides: '.script',
    arrows: ['ArrowUp', 'ArrowDown'],
  },
  {
    name: 'calls',
    label: 'Width of the kernel calls',
    pane: 'kernel calls',
    hides: '.trace',
    arrows: ['ArrowLeft', 'ArrowRight'],
  },
  {
    name: 'timeline',
    label: 'Height of the timeline',
    pane: 'lanes of the timeline',
    hides: '.timeline-box, .timeline-table',
    arrows: ['ArrowUp', 'ArrowDown'],
  },
];

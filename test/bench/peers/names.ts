// The renderers that stand side by side.

/** The one that the others are measured against: our timeline, its view given from outside. */
export const OURS = 'irqscope';
/** The same moved by wheel events. */
export const OURS_BY_WHEEL = 'irqscope, by wheel';

/** All of them, in the order of the table. */
export const RENDERERS = [
  OURS,
  OURS_BY_WHEEL,
  'd3 SVG',
  'd3 SVG in view',
  'vis-timeline',
  'ECharts',
  'flame-chart-js',
] as const;
/** One of them. */
export type RendererName = (typeof RENDERERS)[number];

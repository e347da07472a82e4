// The compared renderers.

/** The baseline: irqscope's timeline with its view set from outside. */
export const OURS = 'irqscope';
/** The same timeline, moved by wheel events. */
export const OURS_BY_WHEEL = 'irqscope, by wheel';

/** All renderers, in the order of the table. */
export const RENDERERS = [
  OURS,
  OURS_BY_WHEEL,
  'd3 SVG',
  'd3 SVG in view',
  'vis-timeline',
  'ECharts',
  'flame-chart-js',
] as const;
/** A renderer. */
export type RendererName = (typeof RENDERERS)[number];

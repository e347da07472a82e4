// The results of the timeline part as figures and as one table: one row per size, one column per renderer, with ratios
// against irqscope in the same run.

import { comparedTo } from './baseline.ts';
import { type Figure, figureOf, isNoisy, valueText } from './figure.ts';
import { growthFigure } from './growth.ts';
import { OURS, type RendererName } from './peers/names.ts';
import { median } from './statistics.ts';

const MEASURES = [
  { key: 'first', name: 'first frame', unit: 'ms' },
  { key: 'p95', name: '95th percentile of a frame', unit: 'ms' },
  { key: 'firstCpu', name: 'processor time of the first frame', unit: 'ms' },
  { key: 'stepCpu', name: 'processor time of a step', unit: 'ms' },
  { key: 'heap', name: 'heap', unit: 'MB' },
] as const;
type Key = (typeof MEASURES)[number]['key'];

/**
 * The runs: time to the first full frame; 95th percentile of the frame time; work of the main thread for the first frame,
 * and on average for a step; growth of the heap from the data in memory to the first frame.
 */
export type Samples = Readonly<Record<Key, readonly number[]>>;

/** The samples of a renderer that was skipped or aborted, or not measured yet. */
export const NO_SAMPLES: Samples = { first: [], p95: [], firstCpu: [], stepCpu: [], heap: [] };

/** One renderer at one size. */
export interface Cell {
  readonly renderer: RendererName;
  readonly events: number;
  readonly lanes: number;
  readonly samples: Samples;
  /** Why the renderer was skipped or aborted. */
  readonly note?: string;
}

const sizeText = ({ events, lanes }: Cell) => `${valueText(events)} × ${valueText(lanes)}`;
const sameSize = (a: Cell) => (b: Cell) => a.events === b.events && a.lanes === b.lanes;

function oursOf(cells: readonly Cell[], cell: Cell): Cell | undefined {
  return cells.find((other) => other.renderer === OURS && sameSize(cell)(other));
}

/** Returns every figure of every cell; the peers' times have a ratio against irqscope. */
export function figuresOf(cells: readonly Cell[]): readonly Figure[] {
  return cells.flatMap((cell) => MEASURES.map(({ key }) => figureAt(key, cell, oursOf(cells, cell))));
}

function figureAt(key: Key, cell: Cell, ours: Cell | undefined): Figure {
  const { name, unit } = MEASURES.find((one) => one.key === key) ?? MEASURES[0];
  const value = median(cell.samples[key]);
  const baseline = ours === undefined ? Number.NaN : median(ours.samples[key]);
  // a cell without a value was given up
  const isCompared = ours !== cell && key !== 'heap' && !Number.isNaN(value) && !Number.isNaN(baseline);
  return figureOf(`timeline, ${sizeText(cell)}, ${name}: ${cell.renderer}`, unit, cell.samples[key], {
    ...(isCompared ? comparedTo(OURS, baseline, value) : {}),
    ...(cell.note === undefined ? {} : { note: cell.note }),
  });
}

/** Returns how irqscope's first frame grows with the events in the most lanes, and with the lanes of the most events. */
export function growthOf(cells: readonly Cell[]): readonly Figure[] {
  const ours = cells.filter(({ renderer }) => renderer === OURS);
  const most = {
    events: Math.max(...ours.map(({ events }) => events)),
    lanes: Math.max(...ours.map(({ lanes }) => lanes)),
  };
  return (['events', 'lanes'] as const).map((by) => {
    const fixed = by === 'events' ? 'lanes' : 'events';
    const sizes = ours.filter((cell) => cell[fixed] === most[fixed]).sort((a, b) => a[by] - b[by]);
    return growthFigure(
      `timeline, first frame of ${most[fixed].toLocaleString('en')} ${fixed}: grows with ${by}`,
      sizes.map((cell) => ({ n: cell[by], times: cell.samples.first })),
    );
  });
}

type Pair = readonly ['first', 'p95'] | readonly ['firstCpu', 'stepCpu'];

function cellText(pair: Pair, cell: Cell | undefined, ours: Cell | undefined): string {
  if (cell === undefined || cell.samples.first.length === 0) return '–';
  const part = (key: Pair[number]) => {
    const figure = figureAt(key, cell, ours);
    if (Number.isNaN(figure.value)) return '–';
    const text = `${valueText(Math.round(figure.value))}${isNoisy(figure) ? ' noisy' : ''}`;
    const { ratio } = figure;
    return ratio === undefined ? text : `${text} (${ratio.toFixed(ratio < 10 ? 1 : 0)}×)`;
  };
  return pair.map(part).join(' / ');
}

/** Returns a table: one row per size, one column per renderer, with ratios against irqscope. */
function table(title: string, pair: Pair, cells: readonly Cell[]): string {
  const renderers = [...new Set(cells.map(({ renderer }) => renderer))];
  const sizes = cells.filter((cell, at) => cells.findIndex(sameSize(cell)) === at);
  const rows = [
    ['events × lanes', ...renderers],
    ...sizes.map((size) => [
      sizeText(size),
      ...renderers.map((renderer) =>
        cellText(
          pair,
          cells.filter(sameSize(size)).find((cell) => cell.renderer === renderer),
          oursOf(cells, size),
        ),
      ),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = rows.map((row) => row.map((text, column) => text.padStart(widths[column] ?? 0)).join('  '));
  return [`timeline: ${title} (times as much as irqscope)`, ...lines].join('\n');
}

/** Returns two tables: times, and work of the main thread. */
export function tableText(cells: readonly Cell[]): string {
  return [
    table('first frame / 95th percentile of a frame over 60 steps, ms', ['first', 'p95'], cells),
    table('processor time of the first frame / of a step, ms', ['firstCpu', 'stepCpu'], cells),
  ].join('\n\n');
}

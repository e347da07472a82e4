// The results of the timeline part as figures and as one table: one row per size, one column per renderer, with ratios
// against irqscope in the same run.

import { comparedTo } from './baseline.ts';
import { type Figure, valueText } from './figure.ts';
import { OURS } from './peers/names.ts';

/** One renderer at one size. */
export interface Cell {
  readonly renderer: string;
  readonly events: number;
  readonly lanes: number;
  /** Time to the first full frame, ms; NaN if skipped or aborted. */
  readonly first: number;
  /** 95th percentile of the frame time, ms. */
  readonly p95: number;
  /** Growth of the heap from the data in memory to the first frame, MB. */
  readonly heap: number;
  /** Work of the main thread for the first frame, and on average for a step, ms. */
  readonly firstCpu: number;
  readonly stepCpu: number;
  readonly note?: string;
}

const MEASURES = [
  { key: 'first', name: 'first frame', unit: 'ms' },
  { key: 'p95', name: '95th percentile of a frame', unit: 'ms' },
  { key: 'firstCpu', name: 'processor time of the first frame', unit: 'ms' },
  { key: 'stepCpu', name: 'processor time of a step', unit: 'ms' },
  { key: 'heap', name: 'heap', unit: 'MB' },
] as const;

const sizeText = ({ events, lanes }: Cell) => `${valueText(events)} × ${valueText(lanes)}`;
const sameSize = (a: Cell) => (b: Cell) => a.events === b.events && a.lanes === b.lanes;

function oursOf(cells: readonly Cell[], cell: Cell): Cell | undefined {
  return cells.find((other) => other.renderer === OURS && sameSize(cell)(other));
}

/** Returns every figure of every cell; the peers' times have a ratio against irqscope. */
export function figuresOf(cells: readonly Cell[]): readonly Figure[] {
  return cells.flatMap((cell) => {
    const ours = oursOf(cells, cell);
    return MEASURES.map(({ key, name, unit }): Figure => {
      const figure = {
        name: `timeline, ${sizeText(cell)}, ${name}: ${cell.renderer}`,
        value: cell[key],
        unit,
      };
      const isCompared =
        ours !== undefined &&
        ours !== cell &&
        key !== 'heap' &&
        // a cell without a value was given up
        !Number.isNaN(cell[key]) &&
        !Number.isNaN(ours[key]);
      return {
        ...figure,
        ...(isCompared ? comparedTo(OURS, ours[key], cell[key]) : {}),
        ...(cell.note === undefined ? {} : { note: cell.note }),
      };
    });
  });
}

type Pair = readonly ['first', 'p95'] | readonly ['firstCpu', 'stepCpu'];

function cellText(pair: Pair, cell: Cell | undefined, ours: Cell | undefined): string {
  if (cell === undefined || Number.isNaN(cell.first)) return '–';
  const part = (key: Pair[number]) => {
    const text = Number.isNaN(cell[key]) ? '–' : valueText(Math.round(cell[key]));
    if (ours === undefined || ours === cell || Number.isNaN(cell[key])) return text;
    const { ratio } = comparedTo(OURS, ours[key], cell[key]);
    return `${text} (${ratio.toFixed(ratio < 10 ? 1 : 0)}×)`;
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

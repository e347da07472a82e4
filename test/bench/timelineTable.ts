// What the timeline's part measured, as figures and as one table: a row a size, a column a renderer, each with the ratio
// against ours in the same run.

import { type Figure, valueText } from './figure.ts';
import { OURS } from './peers/names.ts';

/** One renderer at one size. */
export interface Cell {
  readonly renderer: string;
  readonly events: number;
  readonly lanes: number;
  /** Time to the first full frame, ms; NaN where it was given up. */
  readonly first: number;
  /** 95th percentile of the frame time, ms. */
  readonly p95: number;
  /** What the heap grew by from the data in memory to the first frame, MB. */
  readonly heap: number;
  /** What the main thread worked for the first frame, and for a step on average, ms. */
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

/** Every measure of every cell; the peers' times with the ratio against ours. */
export function figuresOf(cells: readonly Cell[]): readonly Figure[] {
  return cells.flatMap((cell) => {
    const ours = oursOf(cells, cell);
    return MEASURES.map(({ key, name, unit }): Figure => {
      const figure = {
        name: `timeline, ${sizeText(cell)}, ${name}: ${cell.renderer}`,
        value: cell[key],
        unit,
      };
      const ratio =
        ours === undefined || ours === cell || key === 'heap' ? Number.NaN : cell[key] / ours[key];
      return {
        ...figure,
        ...(Number.isFinite(ratio) ? { ratio, against: OURS } : {}),
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
    const ratio = cell[key] / ours[key];
    return `${text} (${ratio.toFixed(ratio < 10 ? 1 : 0)}×)`;
  };
  return pair.map(part).join(' / ');
}

/** A table: a row a size, a column a renderer, and how many times as much as ours. */
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

/** Times, and then what the main thread worked. */
export function tableText(cells: readonly Cell[]): string {
  return [
    table('first frame / 95th percentile of a frame over 60 steps, ms', ['first', 'p95'], cells),
    table('processor time of the first frame / of a step, ms', ['firstCpu', 'stepCpu'], cells),
  ].join('\n\n');
}

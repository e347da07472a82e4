// The share of failed lines above the lanes, where lines are too narrow for words: one bar per pixel column, or per line where a
// line is wider. Ticks above the bars mark teardowns and faults.

import { memo } from 'react';
import { lineDensity } from '../../../views/timeline/lineMarks.ts';
import type { Axis } from './geometry.ts';
import type { TimelineProps } from './props.ts';

interface DensityProps {
  readonly data: TimelineProps['data'];
  readonly version: number;
  readonly axis: Axis;
  readonly y: number;
}

/** Widest bar in pixels. */
const WIDEST = 5;

/** Draws the density. The status line describes the column under the pointer. */
export const Density = memo(function Density({ data, axis, y }: DensityProps) {
  const columns = Math.max(1, Math.floor(axis.width));
  const { lines, failed, teardowns, faults } = lineDensity(data, axis.range, columns);
  const width = Math.max(1, Math.min(WIDEST, Math.floor(axis.pitch) - 1));
  const bars = new Runs(width);
  const rules = new Runs(Math.min(width, 2));
  let ticks = '';
  for (let column = 0; column < columns; column++) {
    const count = lines[column] ?? 0;
    if (count === 0) continue;
    const x = axis.left + column;
    const bad = failed[column] ?? 0;
    if (bad > 0) bars.add(x, y + 13, Math.round(Math.max(2, (bad / count) * 12)));
    if ((teardowns[column] ?? 0) > 0) rules.add(x, y + 13, 12);
    if ((faults[column] ?? 0) > 0) ticks += `M${x - 1} ${y - 2}h3v3h-3Z`;
  }
  const first = axis.clamped(1);
  return (
    <g aria-hidden="true">
      <path className="density" d={`M${first} ${y + 13}H${axis.clamped(data.length + 1)}v1H${first}Z`} />
      <path className="density-rule" d={rules.end()} />
      <path className="failed-tick" d={bars.end()} />
      <path className="fault" d={ticks} />
    </g>
  );
});

/** Collects bars in one path; neighbours of equal height become one rectangle. */
class Runs {
  readonly #width: number;
  #path = '';
  #from = 0;
  #to = 0;
  #base = 0;
  #height = 0;

  constructor(width: number) {
    this.#width = width;
  }

  add(x: number, base: number, height: number): void {
    if (x !== this.#to || height !== this.#height || base !== this.#base) {
      this.end();
      this.#from = x;
      this.#base = base;
      this.#height = height;
    }
    this.#to = x + this.#width;
  }

  /** The path so far. */
  end(): string {
    if (this.#height > 0)
      this.#path += `M${this.#from} ${this.#base}H${this.#to}v${-this.#height}H${this.#from}Z`;
    this.#height = 0;
    return this.#path;
  }
}

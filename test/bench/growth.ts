// Growth: how a time grows with the size of its input. The exponent b of time = a·n^b is fitted by least squares on the
// logarithms of size and time: 0 does not grow, 1 grows in proportion.

import { type Figure, figureOf } from './figure.ts';

/** A size and the time that it takes. */
export interface Point {
  readonly n: number;
  readonly time: number;
}

/** Returns the fitted exponent. Throws without two sizes, or when a size or a time is not positive. */
export function exponentOf(points: readonly Point[]): number {
  const logs = points.map(({ n, time }) => {
    const at = { x: Math.log(n), y: Math.log(time) };
    if (!Number.isFinite(at.x) || !Number.isFinite(at.y))
      throw new Error(`growth: size ${n} with time ${time} has no logarithm`);
    return at;
  });
  const middle = (pick: (at: { x: number; y: number }) => number) =>
    logs.reduce((sum, at) => sum + pick(at), 0) / logs.length;
  const [x, y] = [middle((at) => at.x), middle((at) => at.y)];
  const width = logs.reduce((sum, at) => sum + (at.x - x) ** 2, 0);
  if (!(width > 0)) throw new Error('growth: an exponent needs at least two sizes');
  return logs.reduce((sum, at) => sum + (at.x - x) * (at.y - y), 0) / width;
}

/** The times of every run at one size. */
export interface Measured {
  readonly n: number;
  readonly times: readonly number[];
}

/** Returns the figure of the exponent; its samples are the exponents of the first runs of all sizes, of the second runs … */
export function growthFigure(name: string, measured: readonly Measured[]): Figure {
  const rounds = Math.min(...measured.map(({ times }) => times.length));
  const exponents = Array.from({ length: rounds }, (_, round) =>
    exponentOf(measured.map(({ n, times }) => ({ n, time: times[round] ?? Number.NaN }))),
  );
  const [first, last] = [measured[0], measured.at(-1)];
  const sizes = `${first?.n.toLocaleString('en')} to ${last?.n.toLocaleString('en')}`;
  return figureOf(`${name}, ${sizes}`, 'exponent', exponents);
}

// Turns a range of vectors chosen in the wiring into a change of the form.

import { type Draft, readValues } from './draft.ts';

/** Returns the change for the vectors between two (in either order), with one value per vector. */
export function rangeChange(
  draft: Draft,
  from: number,
  to: number,
  openFds: readonly number[],
): Partial<Draft> {
  const count = Math.abs(to - from) + 1;
  const range = { start: String(Math.min(from, to)), count: String(count) };
  if (draft.data === 'none') return range;
  const read = readValues(draft.values);
  const values = 'wrong' in read ? [] : read.values.slice(0, count);
  // further vectors get the descriptors that are not in the list yet, then −1
  const more = draft.data === 'bool' ? [] : openFds.filter((fd) => !values.includes(fd));
  const fill = draft.data === 'bool' ? 1 : -1;
  const filled = Array.from({ length: count }, (_, at) => values[at] ?? more[at - values.length] ?? fill);
  return { ...range, values: filled.join(' ') };
}

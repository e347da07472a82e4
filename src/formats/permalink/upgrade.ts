// Versions of the link. Each has one pure function that turns what stands behind `vN=` into what stands behind `vN+1=`;
// a link of any age goes through them one after the other.

import { failed, ok, type Result } from '../../base/result.ts';

/** The version that is written. */
export const VERSION = 2;

/** From version to the function that makes the next one of it. */
export type Upgraders = ReadonlyMap<number, (payload: string) => Result<string>>;

/**
 * Every upgrader; version 1 is the first that was ever given out. Version 2 added lines with an action under a code that
 * version 1 never wrote, so what version 1 wrote is version 2 as it stands.
 */
export const UPGRADERS: Upgraders = new Map([[1, ok]]);

/** The payload as the version that is read. */
export function upgrade(version: number, payload: string, upgraders: Upgraders): Result<string> {
  if (version > VERSION) {
    const expected = `a link of version ${VERSION} or older`;
    return failed({ at: { column: 1 }, expected, found: `version ${version}, made by a newer irqscope` });
  }
  let made = payload;
  for (let from = version; from < VERSION; from++) {
    const next = upgraders.get(from)?.(made);
    if (next === undefined) {
      const expected = `a link of version ${VERSION}`;
      return failed({ at: { column: 1 }, expected, found: `version ${from}, which was never given out` });
    }
    if (!next.ok) return next;
    made = next.value;
  }
  return ok(made);
}

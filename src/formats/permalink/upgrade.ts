// Versions of the link. Each has one pure function that converts the text after `vN=` to the text after `vN+1=`. An old link
// passes through all later functions.

import { failed, ok, type Result } from '../../base/result.ts';

/** The version of new links. */
export const VERSION = 2;

/** The functions that convert a version to the next one. */
export type Upgraders = ReadonlyMap<number, (payload: string) => Result<string>>;

/**
 * All upgraders; version 1 is the first published version. Version 2 added the view and the lanes of Compare to the header,
 * and new codes for actions and for interrupts raised within a line. Every text of version 1 is also a text of version 2.
 */
export const UPGRADERS: Upgraders = new Map([[1, ok]]);

/** Converts the payload to the current version. */
export function upgrade(version: number, payload: string, upgraders: Upgraders): Result<string> {
  if (version > VERSION) {
    const expected = `a link of version ${VERSION} or older`;
    const found = `version ${version}, created by a newer irqscope`;
    return failed({ at: { column: 1 }, expected, found, cause: 'newer' });
  }
  let made = payload;
  for (let from = version; from < VERSION; from++) {
    const next = upgraders.get(from)?.(made);
    if (next === undefined) {
      const expected = `a link of version ${VERSION}`;
      return failed({ at: { column: 1 }, expected, found: `version ${from}, which was never published` });
    }
    if (!next.ok) return next;
    made = next.value;
  }
  return ok(made);
}

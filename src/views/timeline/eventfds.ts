// The descriptor under which an eventfd object was opened, from the columns alone: every successful eventfd line made the
// next object (kernel/run.ts).

import type { ScriptLine } from '../../session/script.ts';
import type { TimelineData } from './data.ts';
import { OPERATION_KINDS } from './extract.ts';

/** Returns the first descriptor of each eventfd object, by the object's number. */
export function openedAs(data: TimelineData, script: readonly ScriptLine[]): readonly number[] {
  const { op, errno, skipped } = data.lines;
  const opening = OPERATION_KINDS.indexOf('eventfd');
  const fds: number[] = [];
  for (let at = 0; at < data.length; at++) {
    if (op.at(at) !== opening || errno.at(at) !== 0 || skipped.at(at) !== 0) continue;
    const entry = script[at];
    fds.push(entry?.line.op.op === 'eventfd' ? entry.line.op.fd : -1);
  }
  return fds;
}

/** Returns an eventfd object's name by its first descriptor, for instance `fd 100`. */
export function eventfdName(fds: readonly number[], ev: number): string {
  const fd = fds[ev];
  return fd === undefined || fd < 0 ? `eventfd object ${ev}` : `fd ${fd}`;
}

// The names of eventfds at lines of a replay. In a long script each name needs the machine after its line, so the names of lines
// that two replays share are kept.

import { commonRuns, isKnown, machineAfter, type Replay } from '../../session/replay.ts';
import { eventfdName } from '../../text/eventfds.ts';

/** The known names by line and eventfd. */
export interface EventfdNames {
  readonly replayed: Replay;
  readonly names: Map<number, Map<number, string>>;
}

/** Returns the names of a replay; those of the lines that it shares with the replay before are known already. */
export function eventfdNames(before: EventfdNames | null, replayed: Replay): EventfdNames {
  if (before?.replayed === replayed) return before;
  const common = before === null ? 0 : commonRuns(before.replayed, replayed);
  const names = new Map([...(before?.names ?? [])].filter(([line]) => line <= common));
  return { replayed, names };
}

/** Returns the name of an eventfd after a line, such as `fd 100`. */
export function nameAt({ replayed, names }: EventfdNames, ev: number, line: number): string {
  const atLine = names.get(line) ?? new Map<number, string>();
  const known = atLine.get(ev);
  if (known !== undefined) return known;
  const name = eventfdName(machineAfter(replayed, line), ev);
  // before the line is computed, the machine is that of an earlier line
  if (isKnown(replayed, line)) names.set(line, atLine.set(ev, name));
  return name;
}

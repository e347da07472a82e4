// The parts of a mail about two kernels that run one script: the script made short, the claim about the line that decides, the
// calls of that line, and what the two runs show to a user and to root.

import { Divergence } from '../../session/divergence.ts';
import { modelRuns } from '../../session/laneRuns.ts';
import { type Replay, replayWhole } from '../../session/replay.ts';
import type { Session } from '../../session/session.ts';
import { callsOf, shortestCalls, visible, withCalls } from '../../session/visible.ts';
import { counted, ranges } from '../../text/numbers.ts';
import { chainText } from './chain.ts';
import { claimOf } from './claim.ts';
import { evidenceOf, kernelNames } from './evidence.ts';

/** The parts of a mail. All texts are in plain sentences. */
export interface MailParts {
  readonly names: readonly [string, string];
  /** The script of the mail on both kernels. */
  readonly replays: readonly [Replay, Replay];
  /** The line that decides, or null if the kernels do not differ. */
  readonly line: number | null;
  readonly claim: string;
  /** The kernel's calls in that line, in the form of function_graph. */
  readonly chain: readonly string[];
  /** What the two runs show, one statement each. */
  readonly facts: readonly MailFact[];
  /** By what the statements are supported. */
  readonly evidence: string;
  /** The number of lines of the whole script, if the mail's script is a part of it, else null. */
  readonly partOf: number | null;
}

/** A statement about both runs. */
export interface MailFact {
  readonly text: string;
  readonly differs: boolean;
}

/** Columns of the kernel's calls, and their most lines. */
const CHAIN = { width: 68, most: 7 };

/** Returns the parts for two kernels that run the script of the first. */
export function mailParts([one, other]: readonly [Session, Session]): MailParts {
  const [a = '', b = ''] = kernelNames([one, other]);
  const names = [a, b] as const;
  const calls = callsOf(one);
  const lines = one.script.filter(({ disabled }) => !disabled);
  const isPlain =
    calls.length === lines.length &&
    lines.every(({ line: { faults, raises = [] } }) => faults.length + raises.length === 0);
  // a difference that needs no fault and no action of the device is told without them
  const hasCalls = isPlain || visible([one, other], calls).line !== null;
  const short = hasCalls ? shortestCalls([one, other], calls) : calls;
  const sessions = hasCalls
    ? ([withCalls(one, short), withCalls(other, short)] as const)
    : ([one, { ...other, script: one.script }] as const);
  const replays = [replayWhole(sessions[0]), replayWhole(sessions[1])] as const;
  const lanes = [modelRuns(replays[0]), modelRuns(replays[1])] as const;
  const divergence = new Divergence(lanes);
  while (divergence.first === null && divergence.advance(100));
  const line = (hasCalls ? visible([one, other], short).line : null) ?? divergence.first;
  return {
    names,
    replays,
    line,
    claim: claimOf({ lanes, names }, line),
    chain: line === null ? [] : chainText(lanes, names, line, CHAIN),
    facts: factsOf(lanes, names, line ?? divergence.length),
    evidence: evidenceOf([one, other]),
    partOf: hasCalls && short.length < lines.length ? lines.length : null,
  };
}

/** Returns what user space and root see of both runs up to a line. */
function factsOf(
  lanes: readonly [ReturnType<typeof modelRuns>, ReturnType<typeof modelRuns>],
  names: readonly [string, string],
  line: number,
): readonly MailFact[] {
  const at = Array.from({ length: line }, (_, index) => index + 1);
  const results = at.filter((one) => {
    const [a, b] = lanes.map((lane) => lane.runAt(one));
    return a?.ret !== b?.ret || a?.errno !== b?.errno || outKey(a?.out) !== outKey(b?.out);
  });
  const domains = lanes.map((lane) => lane.machineAfter(line).domain.descs);
  const [ownFiles = 0, otherFiles = 0] = domains.map((descs) => descs.keys().length);
  const [own = 'none', other = 'none'] = domains.map((descs) => {
    const vectors = descs.entries().flatMap(([vector, { handler }]) => (handler === null ? [] : [vector]));
    return vectors.length === 0 ? 'none' : ranges(vectors);
  });
  return [
    results.length === 0
      ? { text: `ABI: the same results of all ${line} calls`, differs: false }
      : {
          text: `ABI: ${results.length} of ${counted(line, 'result')} ${results.length === 1 ? 'differs' : 'differ'}`,
          differs: true,
        },
    ownFiles === otherFiles
      ? { text: `sysfs: ${counted(ownFiles, 'file')} in msi_irqs in both`, differs: false }
      : {
          text: `sysfs: ${counted(ownFiles, 'file')} in msi_irqs in ${names[0]}, ${otherFiles} in ${names[1]}`,
          differs: true,
        },
    own === other
      ? { text: `/proc/interrupts: the same handlers (vectors: ${own})`, differs: false }
      : {
          text: `/proc/interrupts: handlers of vectors ${own} in ${names[0]}, ${other} in ${names[1]}`,
          differs: true,
        },
  ];
}

function outKey(
  out: { readonly value?: bigint; readonly flags?: number; readonly count?: number } | null | undefined,
): string {
  const { value, flags, count } = out ?? {};
  return `${value ?? ''} ${flags ?? ''} ${count ?? ''}`;
}

/**
 * Returns the two kernels of a mail: the first one, and the first other that user space or root can tell from it, else the first
 * whose state differs, else the second. Null for fewer than two.
 */
export function mailPair(kernels: readonly Session[]): readonly [Session, Session] | null {
  const [first, second, ...more] = kernels;
  if (first === undefined || second === undefined) return null;
  const others = [second, ...more];
  const calls = callsOf(first);
  const found =
    others.find((other) => visible([first, other], calls).line !== null) ??
    others.find((other) => mailParts([first, other]).line !== null) ??
    second;
  return [first, found];
}

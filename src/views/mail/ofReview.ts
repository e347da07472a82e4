// A review as parts of a mail: what each of its searches found, and its most visible script on both kernels.

import type { Condition, Respect } from '../../explore/review/conditions.ts';
import type { Review, ReviewAnswer, ReviewScript } from '../../explore/review/review.ts';
import type { DeviceSpec } from '../../session/script.ts';
import { scriptSetup } from '../../session/scriptMachine.ts';
import { type Session, scriptLine } from '../../session/session.ts';
import { counted } from '../../text/numbers.ts';
import { problemText } from '../../text/problem.ts';
import { foundShort } from '../review/review.ts';

/** What a search found, as a mail tells it. */
export interface ReviewFact {
  readonly aspect: string;
  readonly verdict: 'none' | 'differs' | 'open';
  readonly states: number | null;
  readonly detail?: string;
}

/** Searches that one statement tells together, in the order of a mail. */
const GROUPS: readonly {
  readonly aspect: string;
  readonly has: (answer: Pick<ReviewAnswer, 'condition' | 'respect'>) => boolean;
}[] = [
  { aspect: 'ioctl results and signals', has: is('usual', 'client') },
  { aspect: 'msi_irqs and /proc', has: is('usual', 'host') },
  { aspect: 'MSI', has: is('msi') },
  { aspect: 'NORESIZE', has: is('no-dynamic') },
  { aspect: 'shortage of irqs', has: is('irqs') },
  { aspect: 'shortage of CPU vectors', has: is('cpu-vectors') },
  { aspect: 'injected failures', has: is('fault') },
  { aspect: 'interrupts inside an ioctl', has: is('inside') },
];

function is(kind: Condition['kind'], respect?: Respect) {
  return ({ condition, respect: own }: Pick<ReviewAnswer, 'condition' | 'respect'>): boolean =>
    condition.kind === kind && (respect === undefined ? own !== 'state' : own === respect);
}

/**
 * Returns one fact for each group of searches: the first difference that the usual host does not show, else whether a search is
 * open, else that none differs. Searches for the state that nobody reads are left out.
 */
export function reviewFacts({ answers, names }: Review): readonly ReviewFact[] {
  return GROUPS.flatMap(({ aspect, has }): readonly ReviewFact[] => {
    const own = answers.filter(has);
    if (own.length === 0) return [];
    const states = Math.max(...own.map((answer) => answer.states));
    for (const { condition, states: visited, ending } of own) {
      if (ending.verdict !== 'found' || ending.asUsual) continue;
      const where = whereOf(condition);
      const detail = `${foundShort(ending.script, names)}${where === '' ? '' : ` with ${where}`}`;
      return [{ aspect, verdict: 'differs', states: visited, detail }];
    }
    const open = own.find(
      ({ ending }) => ending.verdict === 'bounded' || ending.verdict === 'not-asked',
    )?.ending;
    if (open?.verdict === 'bounded')
      return [{ aspect, verdict: 'open', states, detail: `no difference in the first ${states} states` }];
    if (open?.verdict === 'not-asked' && own.every(({ ending }) => ending.verdict === 'not-asked'))
      return [{ aspect, verdict: 'open', states: null, detail: 'the operations cannot ask it' }];
    // a difference that the usual host shows too is no fact of its own
    if (!own.some(({ ending }) => ending.verdict === 'found')) return [{ aspect, verdict: 'none', states }];
    const client = own.find(({ respect, ending }) => respect === 'client' && ending.verdict === 'none');
    return client === undefined
      ? []
      : [{ aspect: `${aspect} (client)`, verdict: 'none', states: client.states }];
  });
}

/** Returns a condition in a few words where the aspect does not name it, for instance `1 irq`. */
function whereOf(condition: Condition): string {
  switch (condition.kind) {
    case 'irqs':
      return counted(condition.irqs, 'irq');
    case 'cpu-vectors':
      return counted(condition.cpuVectors, 'CPU vector');
    case 'fault':
      return `a failure of ${condition.site}`;
    default:
      return '';
  }
}

/**
 * Returns both kernels with the script that shows the difference to most people: one that a client sees, else one that root sees, on
 * the usual host first. Null without such a difference. A moment inside an ioctl is no script.
 */
export function reviewPair({ answers }: Review): readonly [Session, Session] | null {
  const respects: readonly Respect[] = ['client', 'host'];
  const found = respects.flatMap((respect) =>
    answers.flatMap(({ condition, respect: own, ending }) =>
      own === respect && condition.kind !== 'inside' && ending.verdict === 'found'
        ? [{ isUsual: condition.kind === 'usual', script: ending.script }]
        : [],
    ),
  );
  const chosen = found.find(({ isUsual }) => isUsual) ?? found[0];
  return chosen === undefined ? null : sessionsOf(chosen.script);
}

/** Returns a script of a review on the device and host of each kernel. */
function sessionsOf({ devices, lines }: ReviewScript): readonly [Session, Session] {
  const session = (device: DeviceSpec): Session => {
    const made = scriptSetup(device, null);
    if (!made.ok) throw new Error(problemText(made.problems[0]));
    const { setup, generation } = made.value;
    return {
      setup,
      generation: generation.id,
      script: lines.map(scriptLine),
      cursor: { line: lines.length, step: null },
    };
  };
  return [session(devices[0]), session(devices[1])];
}

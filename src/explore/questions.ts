// The named questions. Questions about one kernel are predicates over a step; questions about two compare the effect of the same
// line on both.

import { failed, ok, type Result } from '../base/result.ts';
import { INVARIANTS } from '../kernel/invariants/index.ts';
import { ERRNOS } from '../uapi/errno.ts';
import { type Need, NOTHING_NEEDED } from './needs.ts';
import { kernelsIn, needOf, type Predicate } from './predicate.ts';

/** The respects in which two kernels can differ. */
export type Difference = 'state' | 'attached' | 'client' | 'return' | 'host';

/** A question about one kernel: which is the first step in which the predicate is true? Without a predicate it counts states. */
export interface StepQuestion {
  readonly id: string;
  /** One sentence, a question. */
  readonly title: string;
  readonly sides: 1;
  readonly where: Predicate | null;
  /** Operations, faults and host facts without which the predicate is never true. */
  readonly needs: Need;
}

/** A question about two kernels: which is the first step after which they differ? */
export interface DifferQuestion {
  readonly id: string;
  readonly title: string;
  readonly sides: 2;
  readonly differ: Difference;
  /** Two kernels can differ in the result of any line, so these questions have no needs. */
  readonly needs: Need;
}

/** A question about two kernels: which is the first line after which a predicate about both steps is true? */
export interface PairQuestion {
  readonly id: string;
  readonly title: string;
  readonly sides: 2;
  readonly differ: null;
  /** Every atom and count names its kernel. */
  readonly where: Predicate;
  readonly needs: Need;
}

/** The question of a search. */
export type Question = StepQuestion | DifferQuestion | PairQuestion;

function differ(difference: Difference, title: string): DifferQuestion {
  return { id: `differ-${difference}`, title, sides: 2, differ: difference, needs: NOTHING_NEEDED };
}

function where(id: string, title: string, predicate: Predicate): StepQuestion {
  return { id, title, sides: 1, where: predicate, needs: needOf(predicate) };
}

/** Every named question, in the order of the list. */
export const QUESTIONS: readonly Question[] = [
  differ(
    'state',
    'Can the two kernels reach different states: mode, allocated vectors, attached eventfds, masked and pending entries (irq numbers by identity)?',
  ),
  differ('attached', 'Can a vector be attached to different eventfds in the two kernels?'),
  differ(
    'client',
    'Can a client see a difference: a return value, an errno, the output of an operation, or the signalled eventfds?',
  ),
  differ('return', 'Can an operation return different results in the two kernels?'),
  differ(
    'host',
    'Can root see a difference on the host: the files of msi_irqs, the rows and counts of /proc/interrupts, an irq that is freed and allocated again (irq numbers by identity)?',
  ),
  where(
    'original-irq-freed',
    'Can a function other than pci_free_irq_vectors() free an irq of the original allocation?',
    {
      is: 'original-irq-freed',
    },
  ),
  where('free-outside-pci_free_irq_vectors', 'Can an irq be freed outside pci_free_irq_vectors()?', {
    is: 'irq-freed',
  }),
  where('enabled-without-irqs', 'Can MSI or MSI-X be enabled without an allocated irq?', {
    all: [{ is: 'enabled' }, { is: 'irqs', arg: 0 }],
  }),
  where('positive-return', 'Can SET_IRQS return a positive number?', { is: 'positive-return' }),
  where('interrupt-lost', 'Can an interrupt of the device be lost?', { is: 'interrupt-lost' }),
  where('delivered-on-attach', 'Can attaching a vector deliver a pending interrupt?', {
    is: 'delivered-on-attach',
  }),
  where(
    'attached-to-closed-fd',
    'Can a vector stay attached to an eventfd whose descriptors are all closed?',
    {
      is: 'attached-to-closed-fd',
    },
  ),
  where(
    'one-eventfd-twice',
    'Can one eventfd be attached to two vectors, so that one of them has no bypass producer?',
    {
      is: 'one-eventfd-twice',
    },
  ),
  where('irq-added', 'Can an irq be added while MSI-X is enabled?', { is: 'irq-allocated' }),
  ...INVARIANTS.map(({ id, name, text }) =>
    where(`invariant:${id}`, `Can “${name}” (${id}) break? ${text}`, { is: `breaks-${id}` }),
  ),
  ...ERRNOS.map((name) =>
    where(`errno:${name}`, `Can a line fail with ${name}?`, { is: 'errno', arg: name }),
  ),
  {
    id: 'count-states',
    title: 'How many states can be reached?',
    sides: 1,
    where: null,
    needs: NOTHING_NEEDED,
  },
];

/** Returns the question of that id; a problem lists the known ids. */
export function questionById(id: string): Result<Question> {
  const found = QUESTIONS.find((question) => question.id === id);
  if (found !== undefined) return ok(found);
  const expected = `one of ${QUESTIONS.map((question) => question.id).join(', ')}`;
  return failed({ at: { path: 'question' }, expected, found: id });
}

/** Returns a question for a predicate about one kernel or two; `title` is its text on the page. */
export function composedQuestion(
  id: string,
  title: string,
  predicate: Predicate,
): StepQuestion | PairQuestion {
  if (kernelsIn(predicate) === 1) return where(id, title, predicate);
  return { id, title, sides: 2, differ: null, where: predicate, needs: needOf(predicate) };
}

/** Returns the predicate of a question; null for a count of states or a difference. */
export function predicateOf(question: Question): Predicate | null {
  return question.sides === 1 || question.differ === null ? question.where : null;
}

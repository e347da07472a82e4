// The questions that a search can be asked, by id. Those of one kernel are predicates over a step; those of two compare what
// the same line does to both.

import { failed, ok, type Result } from '../base/result.ts';
import { INVARIANTS } from '../kernel/invariants/index.ts';
import { ERRNOS } from '../uapi/errno.ts';
import type { Predicate } from './predicate.ts';

/** In what two kernels can differ. */
export type Difference = 'state' | 'attached' | 'client' | 'return';

/** A question about one kernel: the first step in which the predicate holds; null asks nothing and counts the states. */
export interface StepQuestion {
  readonly id: string;
  /** One sentence, a question. */
  readonly title: string;
  readonly sides: 1;
  readonly where: Predicate | null;
}

/** A question about two kernels: the first step after which they differ. */
export interface DifferQuestion {
  readonly id: string;
  readonly title: string;
  readonly sides: 2;
  readonly differ: Difference;
}

/** What a search is asked. */
export type Question = StepQuestion | DifferQuestion;

function differ(difference: Difference, title: string): DifferQuestion {
  return { id: `differ-${difference}`, title, sides: 2, differ: difference };
}

function where(id: string, title: string, predicate: Predicate): StepQuestion {
  return { id, title, sides: 1, where: predicate };
}

/** Every named question in the order in which it is listed. */
export const QUESTIONS: readonly Question[] = [
  differ(
    'state',
    'Do the two kernels come into different states: the mode, what is allocated, attached to which eventfd, masked, pending (irq numbers by identity)?',
  ),
  differ('attached', 'Do the two kernels come to differ in which vector is attached to which eventfd?'),
  differ(
    'client',
    'Does a client see a difference: a return value, an errno, what an operation puts out, or which eventfds are signalled?',
  ),
  differ('return', 'Do the two kernels return something different?'),
  where('original-irq-freed', 'Is an irq of the original allocation freed while MSI-X stays enabled?', {
    is: 'original-irq-freed',
  }),
  where('free-outside-pci_free_irq_vectors', 'Is an irq freed anywhere but in pci_free_irq_vectors()?', {
    is: 'irq-freed',
  }),
  where('enabled-without-irqs', 'Can MSI or MSI-X be enabled with no irq allocated?', {
    all: [{ is: 'enabled' }, { is: 'irqs', arg: 0 }],
  }),
  where('positive-return', 'Does SET_IRQS ever return a positive number?', { is: 'positive-return' }),
  where('interrupt-lost', 'Does an interrupt that the device raises reach nobody?', { is: 'interrupt-lost' }),
  where('delivered-on-attach', 'Is an interrupt that was pending delivered by attaching its vector?', {
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
    'Can one eventfd serve two vectors, so that one of them has no bypass producer?',
    {
      is: 'one-eventfd-twice',
    },
  ),
  where('irq-added', 'Is an irq ever added while MSI-X is enabled?', { is: 'irq-allocated' }),
  ...INVARIANTS.map(({ id, text }) =>
    where(`invariant:${id}`, `Is ${id} ever broken? ${text}`, { is: `breaks-${id}` }),
  ),
  ...ERRNOS.map((name) =>
    where(`errno:${name}`, `Does any line fail with ${name}?`, { is: 'errno', arg: name }),
  ),
  { id: 'count-states', title: 'How many states are there? (Nothing is looked for.)', sides: 1, where: null },
];

/** The question of that id; a problem lists what there is. */
export function questionById(id: string): Result<Question> {
  const found = QUESTIONS.find((question) => question.id === id);
  if (found !== undefined) return ok(found);
  const expected = `a question: ${QUESTIONS.map((question) => question.id).join(', ')}`;
  return failed({ at: { path: 'question' }, expected, found: id });
}

/** A question composed from predicates. `title` is shown as it is. */
export function composedQuestion(id: string, title: string, predicate: Predicate): StepQuestion {
  return where(id, title, predicate);
}

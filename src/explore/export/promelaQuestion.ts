// The question of a search as an assertion of the Promela model, violated exactly where the search answers "found".

import { failed, ok, type Result } from '../../base/result.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import { errnoNumber, isErrno } from '../../uapi/errno.ts';
import { type AtomUse, atomUses, type Predicate } from '../predicate.ts';
import type { Problem } from '../problem.ts';
import type { Difference } from '../questions.ts';
import type { ExportFacts, ExportKernel } from './facts.ts';

/** The differences that the models have: they do not count the interrupts of a row of /proc/interrupts. */
type ModelledDifference = Exclude<Difference, 'host'>;

/** The question, and the facts of each step that the services record for it. */
export interface Asked {
  readonly question: Predicate | ModelledDifference | null;
  readonly noted: ReadonlySet<string>;
}

/** The facts that an atom needs, and its condition. With `each` the condition has to be true for some vector `v`, or pair `v`, `u`. */
export interface Said {
  readonly noted: readonly string[];
  readonly text: string;
  readonly each?: true | 'pair';
}

/** Returns the question in the terms of the models; a problem names the atom that they lack. */
export function askedOf({ question, sides }: Problem): Result<Asked> {
  if (question.sides !== sides.length) {
    const found = `a question about ${question.sides}`;
    return failed({ at: { path: 'question' }, expected: `a question about ${sides.length} kernels`, found });
  }
  if (question.sides === 2) {
    if (question.differ === null) {
      const expected = 'a named difference of two kernels, or a predicate about one';
      return failed({ at: { path: 'question' }, expected, found: 'a predicate about two kernels' });
    }
    if (question.differ === 'host') {
      const expected = 'a difference of states or results, which the exported models have';
      return failed({ at: { path: 'question' }, expected, found: question.id });
    }
    const noted = { state: [], attached: [], return: ['result'], client: ['result', 'signals'] }[
      question.differ
    ];
    return ok({ question: question.differ, noted: new Set(noted) });
  }
  if (question.where === null) return ok({ question: null, noted: new Set() });
  const noted = new Set<string>();
  for (const use of atomUses(question.where)) {
    const said = sayAtom(use, sides[0].generation.id);
    if (said === null) {
      return failed({ at: { path: 'question' }, expected: expectedOf(use), found: use.atom.id });
    }
    for (const name of said.noted) noted.add(name);
  }
  return ok({ question: question.where, noted });
}

/** Returns the accepted predicates, with the reason where another kernel has the predicate. */
function expectedOf({ atom }: AtomUse): string {
  const all = 'a predicate that the exported models have variables for';
  return atom.id === 'breaks-I20' ? `${all}; I20 is about the contexts, which only the model of v2 has` : all;
}

/** The inline that asserts that the question is not answered yet, and its scratch variables; empty without a question. */
export interface PromelaAnswer {
  readonly text: string;
  readonly scratch: readonly string[];
}

const NOTHING: PromelaAnswer = { text: '', scratch: [] };

/** Returns the assertion for the question. */
export function promelaAnswer(facts: ExportFacts, { question }: Asked): PromelaAnswer {
  if (question === null) return NOTHING;
  const [first, second] = facts.kernels;
  if (typeof question === 'string') {
    return first === undefined || second === undefined ? NOTHING : compare(facts, question, first, second);
  }
  const loops: string[] = [];
  const scratch: string[] = [];
  const say = (part: Predicate): string => {
    if ('not' in part) return `!(${say(part.not)})`;
    if ('all' in part) return `(${part.all.map(say).join(' && ')})`;
    if ('any' in part) return `(${part.any.map(say).join(' || ')})`;
    const [use] = atomUses(part);
    const said = use === undefined ? null : sayAtom(use, first?.generation ?? 'static');
    if (said === null) throw new Error(`the models lack ${part.is}`);
    if (said.each === undefined) return `(${said.text})`;
    const name = `some${scratch.length + 1}`;
    scratch.push(name);
    loops.push(someVector(name, said.text, said.each === 'pair'));
    return name;
  };
  const text = say(question);
  const declared = scratch.map((name) => `SCRATCH byte ${name};`).join('\n');
  return { text: `\n${declared}\ninline answer() {${loops.join('')}\n  assert(!(${text}))\n}`, scratch };
}

function someVector(name: string, condition: string, pair: boolean): string {
  const test = `${name} = ${name} || (${condition});`;
  const body = pair ? `u = 0; do :: u < v -> ${test} u++ :: else -> break od;` : test;
  return `
  ${name} = false;
  v = 0;
  do
  :: v < V -> ${body} v++
  :: else -> break
  od;`;
}

/** Returns the condition of an atom after a step; null for an atom that the models lack. */
export function sayAtom({ atom, arg }: AtomUse, generation: GenerationId): Said | null {
  const when = (text: string, ...noted: readonly string[]): Said => ({ noted, text });
  const some = (text: string, ...noted: readonly string[]): Said => ({ noted, text, each: true });
  const vector = Number(arg ?? 0);
  switch (atom.id) {
    case 'errno':
      return typeof arg === 'string' && isErrno(arg) ? when(`ret == -${errnoNumber(arg)}`) : null;
    case 'fails':
      return when('ret < 0');
    case 'positive-return':
      return when('op == SET_IRQS && ret > 0');
    case 'original-irq-freed':
      return when('freedOriginal', 'freedOriginal');
    case 'irq-freed':
    case 'breaks-I7':
      return when('freedAlone', 'freedAlone');
    case 'irq-allocated':
      return when('added', 'added');
    case 'teardown':
      return when('teardown', 'teardown');
    case 'interrupt-lost':
      return when('lost', 'lost');
    case 'interrupt-pended':
      return when('pended', 'pended');
    case 'interrupt-coalesced':
      return when('coalesced', 'coalesced');
    case 'interrupt-delivered':
      return when('delivered', 'delivered');
    case 'signals':
      return when('signalled', 'signalled');
    case 'attaches':
      return some(`v == ${vector} && attachedNow[v]`, 'attachedNow');
    case 'detaches':
      return some(`v == ${vector} && detachedNow[v]`, 'detachedNow');
    case 'enabled':
      return when('vdev.msix');
    case 'irqs':
      return when(`vdev.numbers == ${vector}`);
    case 'allocated':
      return some(`v == ${vector} && vdev.allocated[v]`);
    case 'attached':
      return some(`v == ${vector} && vdev.trigger[v] != NO_EVENTFD`);
    case 'cached':
      return some(`v == ${vector} && vdev.allocated[v] && vdev.trigger[v] == NO_EVENTFD`);
    case 'pending':
      return some(`v == ${vector} && vdev.pending[v]`);
    case 'one-eventfd-twice':
      return {
        noted: [],
        text: 'u < v && vdev.trigger[v] != NO_EVENTFD && vdev.trigger[u] == vdev.trigger[v]',
        each: 'pair',
      };
    case 'delivered-on-attach':
      return when('op == SET_IRQS && delivered', 'delivered');
    default:
      return sayInvariant(atom.id, generation);
  }
}

/** Returns the condition that breaks an invariant (src/kernel/invariants/), in the variables of the model. */
function sayInvariant(id: string, generation: GenerationId): Said | null {
  const some = (text: string, ...noted: readonly string[]): Said => ({ noted, text, each: true });
  switch (id) {
    case 'breaks-I1':
      return some(
        'vdev.trigger[v] != NO_EVENTFD && (!vdev.allocated[v] || vdev.handler[v] != vdev.trigger[v])',
      );
    case 'breaks-I2':
      return some('!vdev.msix && vdev.allocated[v]');
    case 'breaks-I4':
      return some('vdev.msix && vdev.allocated[v] != (v < vdev.initialRange)');
    case 'breaks-I5':
      return some('!teardown && wasAllocated[v] && !vdev.allocated[v]', 'teardown', 'wasAllocated');
    case 'breaks-I6':
      return some('v < vdev.initialRange && !vdev.allocated[v]');
    case 'breaks-I9':
      return some('vdev.msix && vdev.unmasked[v] != (vdev.handler[v] != NO_EVENTFD)');
    case 'breaks-I13':
      return some(
        'op == SET_IRQS && (flags & VFIO_IRQ_SET_DATA_EVENTFD) && !wasMsix && ret != 0 && (vdev.msix || vdev.allocated[v])',
        'wasMsix',
      );
    case 'breaks-I19':
      return some(
        'op == SET_IRQS && wasMsix && v == failedVector && vdev.allocated[v] != (wasAllocated[v] || allocatedNow[v])',
        'wasMsix',
        'failedVector',
        'wasAllocated',
        'allocatedNow',
      );
    case 'breaks-I20':
      return generation === 'v2' ? some('vdev.msix && vdev.ctx[v] != vdev.allocated[v]') : null;
    case 'breaks-I21':
      return some(
        'vdev.msix && vdev.allocated[v] && vdev.handler[v] == NO_EVENTFD && v >= vdev.initialRange',
      );
    case 'breaks-I22':
      return some(
        'wasMsix && !teardown && vdev.allocated[v] && vdev.handler[v] == NO_EVENTFD && (!wasAllocated[v] || wasAttached[v])',
        'wasMsix',
        'teardown',
        'wasAllocated',
        'wasAttached',
      );
    case 'breaks-I23':
      return some(
        'op == SET_IRQS && wasMsix && v == failedVector && vdev.allocated[v] != wasAllocated[v]',
        'wasMsix',
        'failedVector',
        'wasAllocated',
      );
    case 'breaks-I24':
      // a message changes only with its handler, so the second half of the invariant needs no condition
      return some(
        'op == SET_IRQS && ret == 0 && wasAttached[v] && detachedNow[v] && vdev.handler[v] != NO_EVENTFD',
        'wasAttached',
        'detachedNow',
      );
    default:
      return null;
  }
}

/** The compared facts of each vector. */
export const COMPARED: Readonly<Record<ModelledDifference, readonly string[]>> = {
  state: ['allocated', 'trigger', 'handler', 'unmasked', 'pending'],
  attached: ['trigger'],
  client: [],
  return: [],
};

function compare(
  facts: ExportFacts,
  difference: ModelledDifference,
  a: ExportKernel,
  b: ExportKernel,
): PromelaAnswer {
  const [x, y] = [a.suffix, b.suffix];
  const fields = COMPARED[difference];
  const tests: string[] = [];
  if (difference === 'state')
    tests.push(`vdev${x}.msix == vdev${y}.msix && vdev${x}.pinAsserted == vdev${y}.pinAsserted`);
  if (difference === 'state' && facts.kinds.has('reset'))
    tests.push(`vdev${x}.intxDisabled == vdev${y}.intxDisabled`);
  if (difference === 'return' || difference === 'client') tests.push(`result${x} == result${y}`);
  const loop = (bound: string, conditions: readonly string[]) =>
    conditions.length === 0 ? '' : someVectorTo(bound, conditions.join(' || '));
  const vectors = loop(
    'V',
    fields.map((name) => `vdev${x}.${name}[v] != vdev${y}.${name}[v]`),
  );
  const eventfds = loop('EVENTFDS + 1', difference === 'client' ? [`signals${x}[v] != signals${y}[v]`] : []);
  if (vectors !== '' || eventfds !== '') tests.push('!differs');
  const text = `
/* the two kernels of ${facts.kernels.map(({ generation }) => generation).join(' and ')}: ${difference} */
SCRATCH byte differs;
inline answer() {
  differs = false;${vectors}${eventfds}
  assert(${tests.join(' && ')})
}`;
  return { text, scratch: ['differs'] };
}

function someVectorTo(bound: string, condition: string): string {
  return `
  v = 0;
  do
  :: v < ${bound} -> differs = differs || (${condition}); v++
  :: else -> break
  od;`;
}

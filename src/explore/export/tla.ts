// A problem as a TLA+ module with its configuration, for TLC: the kernel's functions as operators on a record, one action
// for each kind of line, and the question as an invariant. It has the same states as the Promela model.

import { ok, type Result } from '../../base/result.ts';
import { atomUses, type Predicate } from '../predicate.ts';
import type { Problem } from '../problem.ts';
import {
  type ExportedFile,
  type ExportFacts,
  type ExportKernel,
  type ExportOp,
  exportFacts,
  exportName,
  type PrintLine,
} from './facts.ts';
import { type Asked, askedOf, COMPARED, sayAtom } from './promelaQuestion.ts';
import { headLines } from './running.ts';
import { tlaGeneration } from './tlaGenerations.ts';
import { tlaServices } from './tlaServices.ts';

/**
 * Returns the problem as a module, whose variable `line` names the lines with `print`, and its configuration; problems name
 * everything that the module lacks.
 */
export function tla(problem: Problem, print: PrintLine): Result<readonly [ExportedFile, ExportedFile]> {
  const asked = askedOf(problem);
  if (!asked.ok) return asked;
  const facts = exportFacts(problem, asked.value.noted, print);
  if (!facts.ok) return facts;
  const name = exportName(problem);
  return ok([
    { name: `${name}.tla`, text: module(name, facts.value, asked.value, problem) },
    {
      name: `${name}.cfg`,
      text: 'SPECIFICATION Spec\nVIEW View\nINVARIANT TypeOK\nINVARIANT NotFound\nCHECK_DEADLOCK FALSE\n',
    },
  ]);
}

function module(name: string, facts: ExportFacts, asked: Asked, problem: Problem): string {
  const kernels = facts.kernels.map((kernel) => {
    const text = [
      constants(kernel),
      tlaServices(facts, kernel),
      tlaGeneration(facts, kernel),
      taking(facts, kernel),
    ];
    return suffixed(text.join('\n'), kernel.suffix);
  });
  const state = [...facts.kernels.map(({ suffix }) => `vdev${suffix}`), 'found'];
  return `---------------------------- MODULE ${name} ----------------------------
${headLines('tla', facts, problem)
  .map((line) => `\\* ${line}`.trimEnd())
  .join('\n')}
EXTENDS Integers, Sequences, FiniteSets

V == ${facts.vectors}
Vectors == 0 .. V - 1
NO_EVENTFD == 0
Eventfds == 0 .. ${facts.eventfds}
EIO == 5
EBADF == 9
ENOMEM == 12
EINVAL == 22
ENOSPC == 28
ERANGE == 34
EOPNOTSUPP == 95

VARIABLES ${[...state, 'line'].join(', ')}
vars == <<${[...state, 'line'].join(', ')}>>
\\* a state is counted without the line that led to it
View == <<${state.join(', ')}>>
${kernels.join('\n')}
${alphabet(facts)}

\\* the question, about the step of a line
Asked(l, ${facts.kernels.map(({ suffix }) => `before${suffix}, t${suffix}`).join(', ')}) ==
  ${answer(facts, asked)}

Take(l) ==
${facts.kernels.map(({ suffix }, at) => `  ${at === 0 ? 'LET' : '   '} t${suffix} == Ran${suffix}(Begun${suffix}(vdev${suffix}, l))`).join('\n')}
  IN
${facts.kernels.map(({ suffix }) => `  /\\ vdev${suffix}' = Rest${suffix}(t${suffix})`).join('\n')}
  /\\ found' = Asked(l, ${facts.kernels.map(({ suffix }) => `vdev${suffix}, t${suffix}`).join(', ')})
  /\\ line' = l.text

Init ==
${facts.kernels.map(({ suffix }) => `  /\\ vdev${suffix} = Opened${suffix}`).join('\n')}
  /\\ found = FALSE
  /\\ line = "opened"

Next ==
${groups(facts)
  .map(([group]) => `  \\/ \\E l \\in ${group} : Take(l)`)
  .join('\n')}

Spec == Init /\\ [][Next]_vars

TypeOK ==
${facts.kernels.map(({ suffix }) => `  /\\ Typed${suffix}(vdev${suffix})`).join('\n')}
  /\\ found \\in BOOLEAN

NotFound == ~found
=============================================================================
`;
}

/** Returns the text with the suffix of the kernel on its operators, and not on parameters and fields. */
function suffixed(text: string, suffix: string): string {
  const names = new Set([...text.matchAll(/^(\w+)(?:\([^)]*\))? ==/gm)].map((match) => match[1] ?? ''));
  return text.replaceAll(/(?<![.!\w"]|!\.)\w+/g, (word) => (names.has(word) ? word + suffix : word));
}

function constants({ generation, canAllocDyn, irqPool, cpuVectors }: ExportKernel): string {
  return `
\\* ---- ${generation} ----
has_dyn_msix == ${canAllocDyn ? 'TRUE' : 'FALSE'}
IRQ_POOL == ${irqPool ?? 30000}
CPU_VECTORS == ${cpuVectors}`;
}

/** Fields of the state: name, first value, type. They are the variables of the Promela model without those that follow from others. */
function fields(
  facts: ExportFacts,
  { generation, parts }: ExportKernel,
): readonly (readonly [string, string, string])[] {
  const bit = (name: string) => [name, '[v \\in Vectors |-> FALSE]', '[Vectors -> BOOLEAN]'] as const;
  const eventfd = (name: string) =>
    [name, '[v \\in Vectors |-> NO_EVENTFD]', '[Vectors -> Eventfds]'] as const;
  const flag = (name: string) => [name, 'FALSE', 'BOOLEAN'] as const;
  const count = (name: string) => [name, '0', '0 .. V'] as const;
  const closable = facts.fds.filter((fd) => fd.closable !== null).length;
  const closed = `0 .. ${closable - 1}`;
  return [
    flag('msix'),
    ...(generation === 'static' ? [count('num_ctx')] : []),
    ...(generation === 'v2' ? [bit('ctx')] : []),
    eventfd('trigger'),
    bit('producer'),
    ['registered', '[e \\in Eventfds |-> FALSE]', '[Eventfds -> BOOLEAN]'],
    bit('allocated'),
    eventfd('handler'),
    ...(parts.originals ? [bit('original'), count('initialRange')] : []),
    ...(parts.messages || parts.reservations ? [bit('fixed')] : []),
    ...(parts.reservations ? [count('cpuVectorsUsed')] : []),
    ...(parts.messages ? [bit('message'), bit('programmed')] : []),
    bit('unmasked'),
    bit('pending'),
    flag('pinAsserted'),
    ...(facts.kinds.has('reset') ? [flag('intxDisabled')] : []),
    ...(closable > 0 ? [['closed', `[c \\in ${closed} |-> FALSE]`, `[${closed} -> BOOLEAN]`] as const] : []),
  ];
}

/** Beginning and end of a line. The facts that operators record in between are not part of a state. */
function taking(facts: ExportFacts, kernel: ExportKernel): string {
  const all = fields(facts, kernel);
  const flags = [
    ...[
      'signalled',
      'lost',
      'delivered',
      'pended',
      'coalesced',
      'teardown',
      'freedOriginal',
      'freedAlone',
      'added',
    ],
  ].map((name) => `${name} |-> FALSE`);
  const sets = ['attachedNow', 'detachedNow', 'allocatedNow'].map((name) => `${name} |-> {}`);
  const runs = {
    set_irqs: 'm.line.op = "set_irqs" -> vfio_pci_set_msi_trigger(m)',
    raise: 'm.line.op = "raise" -> raise(m, m.line.which)',
    clobber: 'm.line.op = "clobber" -> clobber(m, m.line.which)',
    close: 'm.line.op = "close" -> close_fd(m, m.line.which)',
    reset: 'm.line.op = "reset" -> pci_try_reset_function(m)',
    lower: 'm.line.op = "lower" -> lower(m)',
    refused: 'm.line.op = "refused" -> [m EXCEPT !.ret = m.line.which]',
  };
  return `
Opened ==
  [${all.map(([name, first]) => `${name} |-> ${first}`).join(',\n   ')}]

Typed(s) ==
${all.map(([name, , type]) => `  /\\ s.${name} \\in ${type}`).join('\n')}

Begun(s, l) ==
  [${all.map(([name]) => `${name} |-> s.${name}`).join(', ')},
   line |-> l, ret |-> 0, irq |-> 0, found |-> NO_EVENTFD, failedVector |-> -1,
   calls |-> [site \\in Sites |-> 0], signals |-> [e \\in Eventfds |-> 0],
   ${flags.join(', ')},
   ${sets.join(', ')}]

Ran(m) ==
  CASE ${[...facts.kinds].map((kind) => runs[kind]).join('\n    [] ')}

Rest(m) ==
  [${all.map(([name]) => `${name} |-> m.${name}`).join(', ')}]`;
}

const GROUPS: Readonly<Record<Exclude<ExportOp['kind'], 'set_irqs'>, string>> = {
  raise: 'Raises',
  clobber: 'Clobbers',
  close: 'Closes',
  reset: 'Resets',
  lower: 'Lowers',
  refused: 'Refusals',
};

/** The lines by operation, each group a set of the module. */
function groups(facts: ExportFacts): readonly (readonly [string, readonly string[]])[] {
  const made = new Map<string, Set<string>>();
  for (const op of facts.ops) {
    const group = op.kind === 'set_irqs' ? setIrqsGroup(op.flags, op.count) : GROUPS[op.kind];
    const set = made.get(group) ?? new Set<string>();
    made.set(group, set.add(lineText(op)));
  }
  return [...made].map(([group, lines]) => [group, [...lines]]);
}

function setIrqsGroup(flags: number, count: number): string {
  if ((flags & 4) !== 0) return 'Assignments';
  return count === 0 ? 'Disables' : 'Loopbacks';
}

function alphabet(facts: ExportFacts): string {
  const sets = groups(facts).map(([group, lines]) => `${group} == {\n  ${lines.join(',\n  ')}}`);
  return `
\\* the alphabet
set_irqs(type, start, count, data, faults, text) ==
  [op |-> "set_irqs", type |-> type, start |-> start, count |-> count, data |-> data, faults |-> faults,
   text |-> text]
other(op, which, text) == [op |-> op, which |-> which, faults |-> {}, text |-> text]

${sets.join('\n\n')}`;
}

function lineText(op: ExportOp): string {
  if (op.kind === 'set_irqs') {
    const type = (op.flags & 4) !== 0 ? 'DATA_EVENTFD' : (op.flags & 2) !== 0 ? 'DATA_BOOL' : 'DATA_NONE';
    const faults = op.faults.map(
      ({ site, nth, errno, had }) =>
        `[site |-> "${site}", nth |-> ${nth}, errno |-> ${errno}, had |-> ${had ?? -1}]`,
    );
    return `set_irqs("${type}", ${op.start}, ${op.count}, <<${op.data.join(', ')}>>, {${faults.join(', ')}}, ${quoted(op.text)})`;
  }
  const which = op.kind === 'refused' ? op.ret : 'which' in op ? op.which : 0;
  return `other("${op.kind}", ${which}, ${quoted(op.text)})`;
}

/** Returns a text as a string of TLA+. */
function quoted(text: string): string {
  return `"${text.replaceAll(/["\\\\]/g, "'")}"`;
}

function answer(facts: ExportFacts, { question }: Asked): string {
  if (question === null) return 'FALSE';
  const [a, b] = facts.kernels;
  if (a === undefined) throw new Error('a problem needs a kernel');
  if (typeof question !== 'string') return said(question, a);
  if (b === undefined) throw new Error('a comparison needs two kernels');
  const differ = (field: string) => `t${a.suffix}.${field} # t${b.suffix}.${field}`;
  const whole = {
    state: ['msix', 'pinAsserted', ...(facts.kinds.has('reset') ? ['intxDisabled'] : [])],
    attached: [],
    client: ['ret', 'signals'],
    return: ['ret'],
  }[question];
  return [...whole, ...COMPARED[question]].map(differ).join(' \\/ ');
}

function said(part: Predicate, kernel: ExportKernel): string {
  if ('not' in part) return `~(${said(part.not, kernel)})`;
  if ('all' in part) return `(${part.all.map((one) => said(one, kernel)).join(' /\\ ')})`;
  if ('any' in part) return `(${part.any.map((one) => said(one, kernel)).join(' \\/ ')})`;
  const [use] = atomUses(part);
  const words = use === undefined ? null : sayAtom(use, kernel.generation);
  if (words === null) throw new Error(`the models lack ${part.is}`);
  const text = translated(words.text);
  if (words.each === undefined) return `(${text})`;
  return words.each === 'pair' ? `(\\E v, u \\in Vectors : ${text})` : `(\\E v \\in Vectors : ${text})`;
}

/** Returns an expression of promelaQuestion.ts in TLA+: `t` is the machine after the step, `before` the state, `l` the line. */
function translated(promela: string): string {
  return promela
    .replaceAll('(flags & VFIO_IRQ_SET_DATA_EVENTFD)', 'l.type = "DATA_EVENTFD"')
    .replaceAll('op == SET_IRQS', 'l.op = "set_irqs"')
    .replaceAll('wasMsix', 'before.msix')
    .replaceAll('wasAllocated[v]', 'before.allocated[v]')
    .replaceAll('wasAttached[v]', '(before.handler[v] # NO_EVENTFD)')
    .replaceAll('vdev.numbers', 'Numbers(t)')
    .replaceAll(/\b(attachedNow|detachedNow|allocatedNow)\[v\]/g, '(v \\in t.$1)')
    .replaceAll(
      /\b(signalled|lost|delivered|pended|coalesced|teardown|freedOriginal|freedAlone|added|ret|failedVector)\b/g,
      't.$1',
    )
    .replaceAll('vdev.', 't.')
    .replaceAll('!=', '#')
    .replaceAll('==', '=')
    .replaceAll('!', '~')
    .replaceAll('&&', '/\\')
    .replaceAll('||', '\\/');
}

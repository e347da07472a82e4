// A program that tells kernels apart: it sends calls on which the kernels differ, compares each answer with that of every
// kernel, and prints the kernels that agree with all of them. `apartKernels` finds the shortest such part of a script, and what
// a program has to read besides the results.

import { isProposal } from '../../kernel/generations/generation.ts';
import { generation } from '../../kernel/generations/index.ts';
import type { Host } from '../../machine/host.ts';
import type { Session } from '../../session/session.ts';
import type { Kernel as OnHost, Seen, View, Visible } from '../../session/visible.ts';
import {
  callsOf,
  differsAt,
  mistakable,
  shortestCalls,
  visible,
  withCalls,
  withReads,
} from '../../session/visible.ts';
import type { Observed } from './answers.ts';
import { noneOf } from './answers.ts';
import { type CCall, callOf, type Expected } from './calls.ts';
import { noKernelHas } from './frame.ts';
import { type CallOp, type Plan, planOf } from './plan.ts';
import { type Check, type Presumed, presumedBy } from './presumed.ts';
import { presumedAbout } from './presumedText.ts';
import { errnoText, literal } from './text.ts';

/** A kernel that a program can name. */
export interface ApartKernel extends OnHost {
  readonly name: string;
}

/** One call with the answers of every kernel, in the order of the kernels. */
export interface ApartStep {
  /** Counted from 1. */
  readonly step: number;
  readonly op: CallOp;
  readonly calls: readonly CCall[];
  readonly seen: readonly Seen[];
  /** Where the kernels differ after the call and a program has to look; `results` is always compared. */
  readonly reads: readonly View[];
}

/** Everything about a program that tells kernels apart. */
export interface Apart {
  readonly kernels: readonly ApartKernel[];
  /** The calls on the first kernel. */
  readonly session: Session;
  readonly plan: Plan;
  readonly steps: readonly ApartStep[];
  readonly visible: Visible;
  readonly presumed: Presumed;
  /** For each kernel what else gives the same answers, empty without anything. */
  readonly also: readonly string[];
  readonly observed: Observed;
  /** The number of calls before they were made fewer. */
  readonly callsBefore: number;
  /** Actions of the device and injected faults that the script has and no program can do. */
  readonly leftOut: number;
}

/**
 * Returns the program's parts for a script and two or more kernels; each kernel runs the script of `session`. `whole` keeps every
 * call of the script.
 */
export function apartKernels(
  session: Session,
  kernels: readonly ApartKernel[],
  whole: 'shortest' | 'whole' = 'shortest',
): Apart {
  const all = callsOf(session);
  const calls = whole === 'whole' ? all : shortestCalls(kernels, withReads(kernels, all));
  const found = visible(kernels, calls);
  const own = kernels.map(({ setup, generation: id }) => {
    const there = withCalls({ ...session, setup, generation: id }, calls);
    const plan = planOf(there);
    return { there, plan, presumed: presumedBy(there, plan, 'host') };
  });
  const [first] = own;
  if (first === undefined) throw new Error('no kernel to tell apart');
  const steps = first.plan.lines.flatMap((planned, at): readonly ApartStep[] => {
    if (planned.kind !== 'call') return [];
    const seen = found.seen.flatMap((one) => one[at] ?? []);
    const reads = found.views.filter((view) => view !== 'results' && differsAt(found.seen, at, view));
    const { op, line: step } = planned;
    return [{ step, op, calls: seen.map(({ run }) => callOf(op, run)), seen, reads }];
  });
  return {
    kernels,
    session: first.there,
    plan: first.plan,
    steps,
    visible: found,
    presumed: together(
      own.map(({ presumed }) => presumed),
      kernels,
    ),
    also: alsoOf(kernels, calls),
    observed: observedBy(steps),
    callsBefore: all.length,
    leftOut: session.script.reduce(
      (sum, { line, disabled }) => (disabled ? sum : sum + line.faults.length + (line.raises?.length ?? 0)),
      session.script.filter(
        ({ line, disabled }) => !disabled && ['raise', 'lower', 'clobber'].includes(line.op.op),
      ).length,
    ),
  };
}

function observedBy(steps: readonly ApartStep[]): Observed {
  const values = steps.flatMap((step) => valuesOf(step));
  const reads = (view: View) => steps.some((step) => step.reads.includes(view));
  return {
    equalResults: steps.some((step) => hasEqualResults(step)),
    results: steps.some((step) => !hasEqualResults(step)),
    equalValues: values.some(({ wants }) => isEqual(wants)),
    values: values.some(({ wants }) => !isEqual(wants)),
    msiIrqs: reads('msi_irqs'),
    handlers: reads('interrupts'),
  };
}

const isEqual = <T>(values: readonly T[]) => values.every((value) => value === values[0]);

const hasEqualResults = ({ seen }: ApartStep) =>
  isEqual(seen.map(({ run }) => `${run.ret} ${run.errno ?? ''}`));

interface Values extends Omit<Expected, 'want'> {
  readonly wants: readonly string[];
}

/** The values that a call returns in the kernels in which it succeeds; in the others its result has differed before. */
function valuesOf({ calls }: ApartStep): readonly Values[] {
  const full = calls.find(({ values }) => values.length > 0);
  return (full?.values ?? []).map(({ name, seen, want }, at) => ({
    name,
    seen,
    wants: calls.map(({ values }) => values[at]?.want ?? want),
  }));
}

/** Returns the statements of a step: the call, its values, and what to read after it. `indent` is that of every line. */
export function stepText(step: ApartStep, call: CCall, spelled: (text: string) => string): readonly string[] {
  const { step: number, seen, reads } = step;
  const label = literal(call.label);
  const [one] = seen;
  const results = seen.map(({ run: { ret, errno } }) => `{ ${ret}, ${errnoText(errno)} }`).join(', ');
  return [
    ...call.before.map((text) => `\t${spelled(text)}`),
    hasEqualResults(step)
      ? `\tcheck(${number}, ${label},\n\t      ${spelled(call.call)}, ${one?.run.ret ?? 0}, ${errnoText(one?.run.errno ?? null)});`
      : `\ttell(${number}, ${label},\n\t     ${spelled(call.call)},\n\t     (const struct answer[KERNELS]){ ${results} });`,
    ...valuesOf(step).map(({ name, seen: expression, wants }) => {
      const about = literal(`${name} of ${call.label}`);
      return isEqual(wants)
        ? `\tcheck_value(${number}, ${about},\n\t\t    ${expression}, ${wants[0]});`
        : `\ttell_value(${number}, ${about},\n\t\t   ${expression}, (const uint64_t[KERNELS]){ ${wants.join(', ')} });`;
    }),
    ...call.after.map((text) => `\t${spelled(text)}`),
    ...(reads.includes('msi_irqs')
      ? [
          `\ttell_msi_irqs(${number}, (const int[KERNELS]){ ${seen.map(({ msiIrqs }) => msiIrqs).join(', ')} });`,
        ]
      : []),
    ...(reads.includes('interrupts')
      ? [
          `\ttell_handlers(${number}, (const char *const[KERNELS]){ ${seen.map(({ handlers }) => literal(handlers.join(' '))).join(', ')} });`,
        ]
      : []),
  ];
}

/** Returns the comment at the top, one text per paragraph. */
export function apartAbout(apart: Apart): readonly string[] {
  const { kernels, steps, visible: found, session, presumed, also, leftOut, callsBefore } = apart;
  const { device } = session.setup;
  const calls = `${steps.length} system ${steps.length === 1 ? 'call' : 'calls'}`;
  const pairs = alike(apart);
  return [
    `Tells apart: ${kernels.map(({ name }) => name).join(' | ')}, by ${calls} to a device bound to vfio-pci.`,
    ...(found.line === null
      ? [
          `No program can tell them apart with this script: the results of all calls, the number of files in msi_irqs and the handlers in /proc/interrupts are the same on all of them.`,
        ]
      : [differenceText(apart)]),
    ...(found.line !== null && pairs.length > 0
      ? pairs.map(
          (names) => `No program can tell ${names.join(' from ')} with this script: both show the same.`,
        )
      : []),
    ...(callsBefore > steps.length
      ? [`The calls are the shortest part found of a script of ${callsBefore} calls.`]
      : []),
    ...(leftOut === 0
      ? []
      : [
          `Left out: ${leftOut === 1 ? 'one action of the device or injected fault' : `${leftOut} actions of the device and injected faults`}, which no program can do. A difference that needs them does not show here.`,
        ]),
    `Answers: those of the irqscope model, for ${device.model} (${device.id}). ${kernels
      .map(({ name, generation: id }) => `${name}: ${generation(id).policy}`)
      .join(' ')}`,
    ...kernels
      .filter(({ generation: id }) => isProposal(id))
      .map(({ name, generation: id }) => `${noKernelHas(name, id)}.`),
    ...kernels.flatMap(({ name }, at) =>
      also[at] === undefined || also[at] === '' ? [] : [`The answers of ${name} are${also[at]}.`],
    ),
    '',
    ...presumedAbout(presumed),
  ];
}

/** Returns the last paragraph: use and exit status. */
export function apartUsage(file: string, kernels: number): readonly string[] {
  return [
    `Build: cc -Wall -Wextra -o ${file} ${file}.c`,
    `Run:   ./${file} 0000:00:04.0`,
    '',
    `No other program may use the device. DMA is not set up. Prints each answer, and at the end the kernels that give all of them, or "${noneOf(kernels)}" at the first step with another answer. Exits with 0 if a kernel gives every answer, 1 if none does, 2 if the device cannot be opened, 3 if a presumption does not hold.`,
  ];
}

function differenceText({ visible: { views, line }, steps }: Apart): string {
  const step = steps.find((one) => one.step === line);
  const what = views.map((view) => WHERE[view]).join(' and ');
  const who = views.every((view) => view === 'results')
    ? 'Every user of the device sees the difference'
    : views.includes('results')
      ? 'Users of the device see a part of the difference, and the host sees all of it'
      : 'No result of these calls differs, so they show the difference only to the host';
  return `${who}: ${what}, first after step ${line ?? 0}${step === undefined ? '' : ` (${step.calls[0]?.label ?? ''})`}.`;
}

const WHERE: Readonly<Record<View, string>> = {
  results: 'the results of calls',
  msi_irqs: 'the number of files in /sys/bus/pci/devices/ADDRESS/msi_irqs',
  interrupts: 'the handlers in /proc/interrupts',
};

/** Returns the names of kernels that show the same, in groups of two or more. */
function alike({ kernels, visible: { groups } }: Apart): readonly (readonly string[])[] {
  return [...new Set(groups)]
    .map((group) => kernels.filter((_, at) => groups[at] === group).map(({ name }) => name))
    .filter((names) => names.length > 1);
}

function alsoOf(kernels: readonly ApartKernel[], calls: ReturnType<typeof callsOf>): readonly string[] {
  const doubles = mistakable(kernels, calls);
  return kernels.map((_, at) => {
    const own = doubles.filter(({ like }) => like === at);
    return own
      .map(
        ({ kernel, change }) =>
          ` also those of ${kernels[kernel]?.name ?? ''} on a host ${hostWords(change)}`,
      )
      .join(' and');
  });
}

function hostWords({ canAllocDyn }: Partial<Host>): string {
  return canAllocDyn === false
    ? 'that cannot allocate MSI-X vectors dynamically'
    : 'that does not remap interrupts';
}

/**
 * Returns the presumptions for all kernels: a check is made if every kernel presumes the same, and of the same index the highest
 * number of interrupts; what only some kernels presume cannot be checked before the kernel is known.
 */
function together(all: readonly Presumed[], kernels: readonly ApartKernel[]): Presumed {
  const checks = new Map<string, Check>();
  /** Who presumes what no program can check. */
  const unchecked = new Map<string, readonly string[]>();
  all.forEach((presumed, at) => {
    const leave = (holds: string) =>
      unchecked.set(holds, [...(unchecked.get(holds) ?? []), kernels[at]?.name ?? '']);
    presumed.unchecked.forEach(leave);
    for (const check of presumed.checks) {
      const same = all.map((one) => one.checks.find((other) => sameCheck(check, other)));
      const [strictest] = same.flatMap((one) => one ?? []).toSorted((a, b) => countOf(b) - countOf(a));
      const key = check.kind === 'count' ? `count ${check.index}` : JSON.stringify(check);
      if (same.includes(undefined) || strictest === undefined) leave(check.holds);
      else if (!checks.has(key)) checks.set(key, strictest);
    }
  });
  return {
    checks: [...checks.values()],
    unchecked: [...unchecked].map(([holds, names]) =>
      names.length === kernels.length ? holds : `${holds} (for ${names.join(' and ')})`,
    ),
  };
}

function sameCheck(check: Check, other: Check): boolean {
  if (check.kind === 'count' && other.kind === 'count' && check.index === other.index)
    return (
      (check.atLeast && other.atLeast) || (check.count === other.count && check.atLeast === other.atLeast)
    );
  return JSON.stringify(check) === JSON.stringify(other);
}

const countOf = (check: Check) => (check.kind === 'count' ? check.count : 0);

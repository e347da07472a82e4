// The same search in its simplest form: machines in an array, keys as text, a run of the model for every transition. Its key is
// independent of src/explore/state.ts.

import { holdsIn } from '../../src/explore/predicate.ts';
import type { Problem } from '../../src/explore/problem.ts';
import type { Difference, Question } from '../../src/explore/questions.ts';
import type { Run } from '../../src/kernel/frame.ts';
import type { Line } from '../../src/kernel/line.ts';
import { run } from '../../src/kernel/run.ts';
import type { Machine } from '../../src/machine/machine.ts';

/** The parts left out of the key of a machine because no later step depends on them. */
export interface Dropped {
  readonly originals: boolean;
  readonly messages: boolean;
  readonly fixed: boolean;
  readonly numbers: boolean;
  readonly descriptors: boolean;
  /** The exact values of counters: kept is only whether one is above zero. */
  readonly amounts: boolean;
}

/** Returns a machine as text, with irqs identified by their vectors. */
function naiveKey(machine: Machine, drop: Dropped): string {
  const { host, device, domain, vdev, pci, ...rest } = machine;
  const { descs, numbers, lowestFree, reserved, cpuVectorsUsed, initialRange, ...scalars } = domain;
  const programmed = ({ addressLow, data }: { addressLow: number; data: number }) =>
    addressLow !== 0 || data !== 0;
  const vectors = descs.entries().map(([vector, { irq, name, message, original, fixed, ...desc }]) => ({
    ...{
      vector,
      ...desc,
      ...(drop.originals ? {} : { original }),
      ...(drop.fixed ? {} : { fixed }),
      ...(drop.numbers ? {} : { irq }),
    },
    ...(drop.messages ? {} : { programmed: programmed(message), low: message.data === 0xef }),
  }));
  const entries = pci.entries.entries().flatMap(([vector, { masked, pending, ...message }]) => {
    const shown = { vector, masked, pending, ...(drop.messages ? {} : { programmed: programmed(message) }) };
    return masked && !pending && (drop.messages || !programmed(message)) ? [] : [shown];
  });
  const eventfds = rest.eventfds
    .entries()
    .map(([ev, { count, ...one }]) => [ev, { ...one, count: drop.amounts ? count > 0n : count }]);
  const files = { ...rest, eventfds, fds: rest.fds.entries() };
  const key = {
    vectors,
    entries,
    scalars,
    ...(drop.originals ? {} : { initialRange }),
    pci: { ...pci, entries: null },
    vdev: { ...vdev, ctx: vdev.ctx.entries() },
    files: drop.descriptors ? null : { ...files, producers: null },
    producers: machine.producers.keys(),
  };
  return JSON.stringify(key, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

interface Found {
  readonly machines: readonly Machine[];
  readonly script: readonly Line[];
}

/** Returns verdict, states, transitions and length of the shortest script. */
export function naiveSearch({ sides, alphabet, question, bounds }: Problem, drop: Dropped) {
  const keyOf = (machines: readonly Machine[]) => machines.map((one) => naiveKey(one, drop)).join('\n');
  const start = sides.map((side) => side.start);
  const seen = new Set([keyOf(start)]);
  const queue: Found[] = [{ machines: start, script: [] }];
  let transitions = 0;
  let cut = false;
  for (const { machines, script } of queue) {
    if (bounds.maxDepth !== null && script.length >= bounds.maxDepth) {
      cut = true;
      break;
    }
    for (const line of alphabet) {
      const runs = sides.map(({ generation }, at) => run(generation, machines[at] as Machine, line));
      transitions++;
      const [a, b] = runs as [Run, Run | undefined];
      const hit = isFind(question, line, a, b ?? null);
      if (hit) return { verdict: 'found', states: seen.size, transitions, length: script.length + 1 };
      const after = runs.map((made) => made.after);
      const key = keyOf(after);
      if (seen.has(key)) continue;
      if (seen.size >= bounds.maxStates)
        return { verdict: 'bounded', states: seen.size, transitions, length: null };
      seen.add(key);
      queue.push({ machines: after, script: [...script, line] });
    }
  }
  return { verdict: cut ? 'bounded' : 'exhausted', states: seen.size, transitions, length: null };
}

function isFind(question: Question, line: Line, a: Run, b: Run | null): boolean {
  if (question.sides === 1) return question.where !== null && holdsIn(question.where, { line, run: a });
  if (b === null) return false;
  return question.differ === null
    ? holdsIn(question.where, { line, run: a }, { line, run: b })
    : differs(question.differ, a, b);
}

/** What root reads in msi_irqs and /proc/interrupts, with irqs named by their vectors. */
function toRoot(happenings: Run['happenings'], { domain, vdev }: Machine) {
  const files = domain.descs.entries().map(([vector]) => `${vector} ${domain.mode}`);
  const rows = domain.descs
    .entries()
    .flatMap(([vector, { name }]) => (name === null ? [] : [`${vector} ${name}`]));
  const growing = happenings.flatMap((event) => (event.kind === 'delivered' ? [event.vector] : [])).sort();
  const again = happenings.flatMap((event) =>
    event.kind === 'freed' && domain.descs.has(event.vector) ? [event.vector] : [],
  );
  return [files, rows, growing, [...new Set(again)].sort(), vdev.intx?.requested === true];
}

function differs(difference: Difference, a: Run, b: Run): boolean {
  const shown = ({ ret, errno, out, happenings, after }: Run) => {
    const result = [ret, errno];
    const signals = happenings.flatMap((event) => (event.kind === 'signal' ? [event.ev] : [])).sort();
    const attached = after.vdev.ctx.entries().filter(([, { trigger }]) => trigger !== null);
    const triggers = attached.map(([vector, { trigger }]) => [vector, trigger]);
    const others = [after.vdev.intx?.trigger, after.vdev.err_trigger, after.vdev.req_trigger];
    if (difference === 'return') return result;
    if (difference === 'client') return [result, out, signals];
    if (difference === 'attached') return [triggers, others];
    if (difference === 'host') return toRoot(happenings, after);
    const irqs = after.domain.descs
      .entries()
      .map(([vector, { handler, resend }]) => [vector, handler, resend]);
    const table = after.pci.entries.entries().filter(([, { masked, pending }]) => !masked || pending);
    const bits = table.map(([vector, { masked, pending }]) => [vector, masked, pending]);
    const { irq_type, virq_disabled, intx } = after.vdev;
    const { entries, msi, ...pci } = after.pci;
    const { enabled, mask, pending } = msi;
    const mode = [after.openCount, after.domain.mode, irq_type, virq_disabled, intx?.unmask, intx?.masked];
    return [triggers, others, irqs, bits, pci, enabled, mask, pending, mode];
  };
  const text = (made: Run) =>
    JSON.stringify(shown(made), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return text(a) !== text(b);
}

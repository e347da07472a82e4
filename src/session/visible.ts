// What a script shows outside the kernel, and the shortest part of it by which kernels can be told apart. A user of the device
// sees the results of its calls; root of the host also sees the directory msi_irqs of sysfs and the handlers in
// /proc/interrupts. Numbers of irqs belong to the machine and are not compared.

import type { Run } from '../kernel/frame.ts';
import { generation } from '../kernel/generations/index.ts';
import { line, type Op } from '../kernel/line.ts';
import { run } from '../kernel/run.ts';
import type { Machine } from '../machine/machine.ts';
import { differ } from './differences.ts';
import { type Session, type Setup, scriptLine, startingMachine } from './session.ts';
import { counterKey } from './stateDifferences.ts';

/** Where something shows, from what every user of the device sees to what only the host sees. */
export const VIEWS = ['results', 'msi_irqs', 'interrupts'] as const;
/** One of these places. */
export type View = (typeof VIEWS)[number];

/** One operation of a kernel, as it shows. */
export interface Seen {
  readonly run: Run;
  /** The number of files in msi_irqs. */
  readonly msiIrqs: number;
  /** The vectors of MSI or MSI-X with a handler in /proc/interrupts, in ascending order. */
  readonly handlers: readonly number[];
}

/** A kernel on a device and a host. */
export type Kernel = Pick<Session, 'setup' | 'generation'>;

/** Returns the calls of a session's script: without actions of the device, injected faults and left out lines. */
export function callsOf({ script }: Pick<Session, 'script'>): readonly Op[] {
  return script.flatMap(({ line: { op }, disabled }) => (disabled || isDeviceOp(op) ? [] : [op]));
}

function isDeviceOp({ op }: Op): boolean {
  return op === 'raise' || op === 'lower' || op === 'clobber';
}

/** Returns a session with these calls and nothing else. */
export function withCalls(session: Session, calls: readonly Op[]): Session {
  const script = calls.map((op) => scriptLine(line(op)));
  return { ...session, script, cursor: { line: script.length, step: null } };
}

/** Returns what the calls show on a kernel, one element for each call. */
export function seenOn({ setup, generation: id }: Kernel, calls: readonly Op[]): readonly Seen[] {
  const made = generation(id);
  const seen: Seen[] = [];
  let machine = startingMachine(setup);
  for (const op of calls) {
    const result = run(made, machine, line(op));
    machine = result.after;
    seen.push({ run: result, msiIrqs: machine.domain.descs.keys().length, handlers: handlersOf(machine) });
  }
  return seen;
}

function handlersOf({ domain }: Machine): readonly number[] {
  return domain.descs.entries().flatMap(([vector, { handler }]) => (handler === null ? [] : [vector]));
}

/** Returns a key of what one call shows in a place. */
function seenKey({ run: { ret, errno, out }, msiIrqs, handlers }: Seen, view: View): string {
  switch (view) {
    case 'results': {
      const { value, flags, count, regions, irqs } = out ?? {};
      return [ret, errno, value, flags, count, regions, irqs].map((one) => one ?? '').join(' ');
    }
    case 'msi_irqs':
      return String(msiIrqs);
    case 'interrupts':
      return handlers.join(' ');
  }
}

/** Kernels by what calls show. */
export interface Visible {
  /** The places that tell the kernels apart: results if they differ, and of the others as few as possible; empty if nothing does. */
  readonly views: readonly View[];
  /** For each kernel the index of the first kernel that shows the same in every place. */
  readonly groups: readonly number[];
  /** The first call (from 1) at which some of `views` differs, or null. */
  readonly line: number | null;
  /** What each kernel shows, call by call. */
  readonly seen: readonly (readonly Seen[])[];
}

/** Returns how calls tell kernels apart. */
export function visible(kernels: readonly Kernel[], calls: readonly Op[]): Visible {
  const seen = kernels.map((kernel) => seenOn(kernel, calls));
  const { groups, views } = apart(seen);
  const at = calls.findIndex((_, call) => views.some((view) => differsAt(seen, call, view)));
  return { views, groups, line: at < 0 ? null : at + 1, seen };
}

/** Returns which kernels show the same, and the places that are needed to see that. */
function apart(seen: readonly (readonly Seen[])[]): Pick<Visible, 'groups' | 'views'> {
  const groups = groupsBy(seen, VIEWS);
  const whole = groups.join(' ');
  const separate = VIEWS.filter((view) => groupsBy(seen, [view]).some((group) => group !== 0));
  // a place is needed if the others do not separate the same kernels; results are known anyway
  const views = separate.reduceRight<readonly View[]>((kept, view) => {
    if (view === 'results') return kept;
    const others = kept.filter((one) => one !== view);
    return groupsBy(seen, others).join(' ') === whole ? others : kept;
  }, separate);
  return { groups, views };
}

/** True when kernels show different things in a place after one call (from 0). */
export function differsAt(seen: readonly (readonly Seen[])[], call: number, view: View): boolean {
  return differ(seen.map((own) => (own[call] === undefined ? '' : seenKey(own[call], view))));
}

function groupsBy(seen: readonly (readonly Seen[])[], views: readonly View[]): readonly number[] {
  return groupsOf(
    seen.map((own) => own.map((one) => views.map((view) => seenKey(one, view)).join('|')).join('\n')),
  );
}

/** Returns for each key the index of the first equal one. */
function groupsOf(keys: readonly string[]): readonly number[] {
  return keys.map((key) => keys.indexOf(key));
}

/**
 * Returns the calls with a read of each eventfd behind the call after which its counter first differs between kernels, if no result
 * differs and the reads change that: a page shows counters, a program has to read them.
 */
export function withReads(kernels: readonly Kernel[], calls: readonly Op[]): readonly Op[] {
  const { seen, views } = visible(kernels, calls);
  if (views.includes('results')) return calls;
  const fds = [...new Set(calls.flatMap((op) => (op.op === 'eventfd' ? [op.fd] : [])))];
  const at = calls.findIndex((_, call) => fds.some((fd) => countersDiffer(seen, call, fd)));
  if (at < 0) return calls;
  const reads = fds.filter((fd) => countersDiffer(seen, at, fd)).map((fd): Op => ({ op: 'read', fd }));
  const more = calls.toSpliced(at + 1, 0, ...reads);
  return visible(kernels, more).views.includes('results') ? more : calls;
}

function countersDiffer(seen: readonly (readonly Seen[])[], call: number, fd: number): boolean {
  return differ(seen.map((own) => (own[call] === undefined ? null : counterKey(own[call].run.after, fd))));
}

/** The cost of the runs that a search for a shorter script may make, about a second on a common machine. */
const MOST_COST = 20_000;
/** A call costs one more for so many handlers. */
const HANDLERS_A_CALL = 16;

function costOf(seen: readonly (readonly Seen[])[]): number {
  return seen.reduce(
    (sum, own) => own.reduce((cost, { handlers }) => cost + 1 + handlers.length / HANDLERS_A_CALL, sum),
    0,
  );
}

/**
 * Returns the shortest part of the calls that was found to tell the same kernels apart in places as public: it removes calls,
 * then vectors of a SET_IRQS, as long as the kernels stay apart. Returns all calls if nothing tells the kernels apart.
 */
export function shortestCalls(kernels: readonly Kernel[], calls: readonly Op[]): readonly Op[] {
  const all = visible(kernels, calls);
  if (all.views.length === 0) return calls;
  const wanted = all.groups.join(' ');
  let left = MOST_COST;
  /** Returns the beginning of a script that is enough, or null. */
  const enough = (tried: readonly Op[]): readonly Op[] | null => {
    if (left < 0) return null;
    const seen = kernels.map((kernel) => seenOn(kernel, tried));
    left -= costOf(seen);
    // the same kernels apart, by no other place: without some calls another place can begin to differ
    const isEnough = (end: number) => {
      const { groups, views } = apart(seen.map((own) => own.slice(0, end)));
      return groups.join(' ') === wanted && views.every((view) => all.views.includes(view));
    };
    if (!isEnough(tried.length)) return null;
    // a longer beginning tells at least the same kernels apart
    let from = 1;
    let to = tried.length;
    while (from < to) {
      const middle = Math.floor((from + to) / 2);
      if (isEnough(middle)) to = middle;
      else from = middle + 1;
    }
    return tried.slice(0, to);
  };
  let now = enough(calls) ?? calls;
  const tryAll = (candidates: Iterable<readonly Op[]>): boolean => {
    for (const candidate of candidates) {
      const found = enough(candidate);
      if (found === null) continue;
      now = found;
      return true;
    }
    return false;
  };
  for (let size = Math.ceil(now.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    while (tryAll(withoutPart(now, size)));
  while (tryAll(withFewerVectors(now)) || tryAll(withoutPart(now, 1)));
  return now;
}

function* withoutPart(calls: readonly Op[], size: number): Iterable<readonly Op[]> {
  for (let from = calls.length - size; from > -size; from -= size) {
    const start = Math.max(0, from);
    const rest = calls.toSpliced(start, from + size - start);
    if (rest.length > 0) yield rest;
  }
}

/** Yields the calls with one vector less in one SET_IRQS whose fields agree with its data. */
function* withFewerVectors(calls: readonly Op[]): Iterable<readonly Op[]> {
  for (let at = calls.length - 1; at >= 0; at--) {
    const op = calls[at];
    if (op?.op !== 'set_irqs' || op.data.kind !== 'i32' || op.data.values.length < 2) continue;
    const { data, count } = op;
    if (count !== data.values.length || op.argsz !== 20 + 4 * count) continue;
    for (const [values, start] of [
      [data.values.slice(0, -1), op.start],
      [data.values.slice(1), op.start + 1],
    ] as const) {
      const fewer = { ...op, argsz: op.argsz - 4, count: count - 1, start, data: { ...data, values } };
      yield calls.with(at, fewer);
    }
  }
}

/** A change of a host that user space does not see. */
export interface Unseen {
  /** The kernel that acts like another one there. */
  readonly kernel: number;
  /** The kernel like which it acts. */
  readonly like: number;
  readonly change: Partial<Setup['host']>;
}

/**
 * Returns the kernels that show exactly what another of them shows if their host cannot allocate dynamically or does not remap:
 * every result, and the places that tell the kernels apart where they differ.
 */
export function mistakable(kernels: readonly Kernel[], calls: readonly Op[]): readonly Unseen[] {
  const { groups, views, seen } = visible(kernels, calls);
  const read = calls.map((_, call) => [
    'results' as const,
    ...views.filter((view) => view !== 'results' && differsAt(seen, call, view)),
  ]);
  const keyOf = (own: readonly Seen[]) =>
    own.map((one, call) => read[call]?.map((view) => seenKey(one, view)).join('|')).join('\n');
  const keys = seen.map(keyOf);
  return kernels.flatMap((kernel, at): readonly Unseen[] => {
    const { host } = kernel.setup;
    const changes: readonly Partial<Setup['host']>[] = [
      ...(host.canAllocDyn ? [{ canAllocDyn: false }] : []),
      ...(host.irqRemapping ? [{ irqRemapping: false }] : []),
    ];
    return changes.flatMap((change): readonly Unseen[] => {
      const setup = { ...kernel.setup, host: { ...host, ...change } };
      const like = keys.indexOf(keyOf(seenOn({ ...kernel, setup }, calls)));
      return like < 0 || groups[like] === groups[at] ? [] : [{ kernel: at, like, change }];
    });
  });
}

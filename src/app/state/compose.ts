// What is being composed beside the form's own fields: the raw form, faults, what the command line says, and whether
// the wiring shows the effect.

import { create } from 'zustand';
import type { Run } from '../../kernel/frame.ts';
import type { Generation } from '../../kernel/generations/generation.ts';
import type { Fault, Line, Op, RaiseAt } from '../../kernel/line.ts';
import { run } from '../../kernel/run.ts';
import type { Machine } from '../../machine/machine.ts';
import { currentSession } from '../../session/history.ts';
import { isKnown, machineAfter, type Replay } from '../../session/replay.ts';
import type { IrqSet } from '../../uapi/irqSet.ts';
import { type Draft, draftOf, readDraft } from '../../views/composer/draft.ts';
import { rangeChange } from '../../views/composer/range.ts';
import { type RawDraft, rawOf, readRaw } from '../../views/composer/raw.ts';
import { openDescriptors } from '../../views/wiring/eventfds.ts';
import { replayOf } from './derived.ts';
import { changeDraft, replaceCurrent, runLine, useLab, useSession } from './lab.ts';

/** The composer's own state. */
export interface ComposeState {
  /** The form, or every field as it is typed. */
  readonly mode: 'form' | 'raw';
  /** In the place of both: acting as a client. */
  readonly client: boolean;
  readonly raw: RawDraft;
  /** Injected into the composed ioctl. */
  readonly faults: readonly Fault[];
  /** When the device fires inside the composed ioctl. */
  readonly raises: readonly RaiseAt[];
  /** Somebody is composing: the wiring shows the effect. */
  readonly composing: boolean;
  /** Effects are shown at all. */
  readonly ghost: boolean;
  /** What the command line says while it has the focus, or null. */
  readonly typed: Line | null;
  /** The vector that the device raises, as typed. */
  readonly vector: string;
  /** The descriptor that read, write and close act on, or null for the first. */
  readonly fd: number | null;
  /** Lines that were run from the command line, the newest last. */
  readonly past: readonly string[];
  /** Keys of one letter run commands; a person who dictates wants them off. */
  readonly letters: boolean;
}

const RAW: RawDraft = {
  argsz: '20',
  flags: '0x21',
  index: '2',
  start: '0',
  count: '0',
  kind: 'none',
  bytes: '',
};

/** The composer as it is first seen. */
export function firstCompose(): ComposeState {
  return {
    mode: 'form',
    client: false,
    raw: RAW,
    faults: [],
    raises: [],
    composing: false,
    ghost: true,
    typed: null,
    vector: '0',
    fd: null,
    past: [],
    letters: true,
  };
}

/** The composer's store. */
export const useCompose = create<ComposeState>()(() => firstCompose());

/** Changes the composer's state. */
export function compose(change: Partial<ComposeState>): void {
  useCompose.setState(change);
}

/** Switches something on or off, and says so to who cannot see it. */
export function toggle(what: 'ghost' | 'letters', name: string): void {
  const on = !useCompose.getState()[what];
  compose({ [what]: on });
  useLab.setState({ announcement: `${name}: ${on ? 'on' : 'off'}.` });
}

/** Changes the form, which is composing. */
export function draftChange(change: Partial<Draft>): void {
  changeDraft(change);
  compose({ composing: true });
}

/** Changes the raw form, which is composing. */
export function rawChange(change: Partial<RawDraft>): void {
  useCompose.setState(({ raw }) => ({ raw: { ...raw, ...change }, composing: true }));
}

/** What has been composed: a line with its structure, or what is wrong with it. */
export type Composed = { readonly line: Line; readonly set: IrqSet } | { readonly wrong: string };

function composedOf({ mode, raw, faults, raises }: ComposeState, draft: Draft): Composed {
  const read = mode === 'raw' ? readRaw(raw) : readDraft(draft);
  if ('wrong' in read || faults.length + raises.length === 0) return read;
  const line = { ...read.line, faults };
  return { ...read, line: raises.length === 0 ? line : { ...line, raises } };
}

let last: { readonly state: ComposeState; readonly draft: Draft; readonly composed: Composed } | null = null;

/** What has been composed; the same object as long as nothing of it changes. */
export function composed(): Composed {
  const state = useCompose.getState();
  const { draft } = useLab.getState();
  const same =
    last !== null &&
    last.draft === draft &&
    last.state.mode === state.mode &&
    last.state.raw === state.raw &&
    last.state.faults === state.faults &&
    last.state.raises === state.raises;
  if (last === null || !same) last = { state, draft, composed: composedOf(state, draft) };
  return last.composed;
}

/** What has been composed, for the panes. */
export function useComposed(): Composed {
  useLab((state) => state.draft);
  useCompose((state) => state.mode);
  useCompose((state) => state.raw);
  useCompose((state) => state.faults);
  useCompose((state) => state.raises);
  return composed();
}

/** Between the two ways to write the ioctl down; what one says the other takes over as far as it can. */
export function chooseMode(mode: ComposeState['mode']): void {
  const read = composed();
  if (!('wrong' in read)) {
    const draft = draftOf({ op: 'set_irqs', ...read.set });
    if (mode === 'raw') compose({ raw: rawOf(read.set) });
    else if (draft !== null) changeDraft(draft);
  }
  compose({ mode, client: false });
}

/** Shows the client panel in the place of the form, or the form again. */
export function showClient(client: boolean): void {
  compose({ client, composing: false });
}

/** Runs what has been composed. What happens meanwhile is for one run: the line keeps it. */
export function runComposed(): void {
  const read = composed();
  if ('wrong' in read) return;
  runLine(read.line);
  compose({ composing: false, faults: [], raises: [] });
}

/** Puts what has been composed in the place of the line that is looked at. */
export function replaceByComposed(): void {
  const read = composed();
  if ('wrong' in read) return;
  replaceCurrent(read.line);
  compose({ composing: false, faults: [], raises: [] });
}

/** The SET_IRQS of the line that is looked at, or null. */
export function editableLine(): (Line & { readonly op: Op & { readonly op: 'set_irqs' } }) | null {
  const { script, cursor } = now();
  const line = script[cursor.line - 1]?.line;
  return line?.op.op === 'set_irqs' ? { ...line, op: line.op } : null;
}

/** Takes the line that is looked at into the form, or into the raw one where the form cannot say it. */
export function editCurrent(): void {
  const line = editableLine();
  if (line === null) return;
  const draft = draftOf(line.op);
  if (draft !== null) changeDraft(draft);
  compose({
    mode: draft === null ? 'raw' : 'form',
    raw: rawOf(line.op),
    faults: line.faults,
    raises: line.raises ?? [],
    client: false,
    composing: true,
  });
}

/** Chooses a range of vectors, in the form or in the raw one. */
export function chooseRange(from: number, to: number): void {
  const { mode } = useCompose.getState();
  if (mode === 'raw') {
    rawChange({ start: String(Math.min(from, to)), count: String(Math.abs(to - from) + 1) });
    return;
  }
  // those that nothing is bound to come first
  const fds = openDescriptors(currentMachine())
    .filter(({ count }) => count !== null)
    .sort((a, b) => Number(a.bound) - Number(b.bound))
    .map(({ fd }) => fd);
  draftChange(rangeChange(useLab.getState().draft, from, to, fds));
}

const now = () => currentSession(useLab.getState().history);

/** The machine on which the next line would run. */
export function currentMachine(): Machine {
  return machineAfter(replayOf(now()), now().cursor.line);
}

let tried: { readonly generation: Generation; readonly line: Line; readonly run: Run } | null = null;

/** The run of a line on a copy: nothing of the session changes. */
export function tryLine({ generation }: Replay, machine: Machine, line: Line): Run {
  if (tried?.line !== line || tried.generation !== generation || tried.run.before !== machine) {
    tried = { generation, line, run: run(generation, machine, line) };
  }
  return tried.run;
}

/** The kernel functions that a line calls on a copy, each with how often, in the order of their first call. */
export function callsOf({ generation }: Replay, machine: Machine, line: Line): ReadonlyMap<string, number> {
  const calls = new Map<string, number>();
  for (const { fn, fired } of run(generation, machine, line, { frames: true }).frames)
    if (fired === undefined) calls.set(fn, (calls.get(fn) ?? 0) + 1);
  return calls;
}

/** A line with its run on a copy. */
export interface Tried {
  readonly line: Line;
  readonly run: Run;
}

/** The line whose effect the wiring is to show, or null. */
export function useTried(): Tried | null {
  const session = useSession();
  const { composing, ghost, typed } = useCompose();
  const read = useComposed();
  const line = typed ?? (composing && !('wrong' in read) ? read.line : null);
  const { cursor } = session;
  if (line === null || !ghost || cursor.step !== null) return null;
  const replayed = replayOf(session);
  if (!isKnown(replayed, cursor.line)) return null;
  return { line, run: tryLine(replayed, machineAfter(replayed, cursor.line), line) };
}

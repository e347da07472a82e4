// The state of the composer beside the form's own fields: the raw form, faults, the typed line, and the preview in the wiring.

import type { Run } from '../../kernel/frame.ts';
import type { Generation } from '../../kernel/generations/generation.ts';
import type { Fault, Line, Op, RaiseAt } from '../../kernel/line.ts';
import { run } from '../../kernel/run.ts';
import type { Machine } from '../../machine/machine.ts';
import { currentSession } from '../../session/history.ts';
import { isKnown, machineAfter, type Replay } from '../../session/replay.ts';
import { openDescriptors } from '../../text/eventfds.ts';
import type { IrqSet } from '../../uapi/irqSet.ts';
import { type Draft, draftOf, FIRST_DRAFT, readDraft } from '../../views/composer/draft.ts';
import { rangeChange } from '../../views/composer/range.ts';
import { type RawDraft, rawOf, readRaw } from '../../views/composer/raw.ts';
import { suggestDraft } from '../../views/composer/suggest.ts';
import { type App, local, slice } from './app.ts';
import { useApp, useSlice } from './appContext.ts';
import { replayOf } from './derived.ts';
import { changeDraft, labSlice, replaceCurrent, runLine, useSession } from './lab.ts';
import { lessonSlice } from './lesson.ts';

/** A part of the composer that a command shows and focuses; all but the fields of the raw form are under `More operations`. */
export type MorePart = 'raw' | 'bytes' | 'faults' | 'raises' | 'eventfds' | 'device' | 'client';

/** The composer's own state. */
export interface ComposeState {
  /** The form, or every field as typed. */
  readonly mode: 'form' | 'raw';
  /** The operations beside the usual ones are shown. */
  readonly more: boolean;
  /** The part that gets the focus when it is drawn, or null. */
  readonly wanted: MorePart | null;
  /** The client panel is open, among the other operations. */
  readonly client: boolean;
  readonly raw: RawDraft;
  /** Injected into the composed ioctl. */
  readonly faults: readonly Fault[];
  /** When the device raises interrupts inside the composed ioctl. */
  readonly raises: readonly RaiseAt[];
  /** A person is composing: the wiring previews the effect. */
  readonly composing: boolean;
  /** The preview is on. */
  readonly ghost: boolean;
  /** The line of the focused command line, or null. */
  readonly typed: Line | null;
  /** The vector that the device raises, as typed. */
  readonly vector: string;
  /** The descriptor for read, write and close, or null for the first. */
  readonly fd: number | null;
  /** Lines run from the command line, the newest last. */
  readonly past: readonly string[];
  /** Single-letter keys run commands; off for a person who dictates. */
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

/** Returns the composer's first state. */
export function firstCompose(): ComposeState {
  return {
    mode: 'form',
    more: false,
    wanted: null,
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

/** The key under which the browser keeps that the other operations are shown. */
const MORE = 'irqscope.more';

/** The composer's store. */
export const composeSlice = slice<ComposeState>(({ services }) => ({
  ...firstCompose(),
  more: services.kept.read(MORE) === 'open',
}));

/** Changes the composer's state. */
export function compose(app: App, change: Partial<ComposeState>): void {
  app.set(composeSlice, change);
}

/** Shows or hides the operations beside the usual ones; the browser keeps the choice. */
export function setMore(app: App, more: boolean): void {
  compose(app, { more });
  if (more) app.services.kept.write(MORE, 'open');
  else app.services.kept.remove(MORE);
}

/** Shows a part of the composer that may be hidden, and gives it the focus. */
export function reveal(app: App, part: MorePart): void {
  setMore(app, true);
  compose(app, { wanted: part, ...(part === 'client' ? { client: true, composing: false } : {}) });
}

/** Switches an option on or off, and announces it. */
export function toggle(app: App, what: 'ghost' | 'letters', name: string): void {
  const on = !app.get(composeSlice)[what];
  compose(app, { [what]: on });
  app.set(labSlice, { announcement: `${name}: ${on ? 'on' : 'off'}.` });
}

/** Changes the form; the wiring previews the effect. */
export function draftChange(app: App, change: Partial<Draft>): void {
  changeDraft(app, change);
  compose(app, { composing: true });
}

/** Changes the raw form; the wiring previews the effect. */
export function rawChange(app: App, change: Partial<RawDraft>): void {
  app.set(composeSlice, ({ raw }) => ({ raw: { ...raw, ...change }, composing: true }));
}

/** The composed line with its structure, or an error sentence. */
export type Composed = { readonly line: Line; readonly set: IrqSet } | { readonly wrong: string };

function composedOf({ mode, raw, faults, raises }: ComposeState, draft: Draft): Composed {
  const read = mode === 'raw' ? readRaw(raw) : readDraft(draft);
  if ('wrong' in read || faults.length + raises.length === 0) return read;
  const line = { ...read.line, faults };
  return { ...read, line: raises.length === 0 ? line : { ...line, raises } };
}

/** The values of an app that no pane shows. */
interface Held {
  last: { readonly state: ComposeState; readonly draft: Draft; readonly composed: Composed } | null;
  tried: { readonly generation: Generation; readonly line: Line; readonly run: Run } | null;
  /** Forms that the page has suggested: they follow the machine until a person changes the form. */
  readonly suggested: WeakSet<Draft>;
}

const held = local<Held>(() => ({
  last: null,
  tried: null,
  suggested: new WeakSet<Draft>([FIRST_DRAFT]),
}));

/** Returns the composed line; the same object until the composer changes. */
export function composed(app: App): Composed {
  const my = app.local(held);
  const state = app.get(composeSlice);
  const { draft } = app.get(labSlice);
  const same =
    my.last !== null &&
    my.last.draft === draft &&
    my.last.state.mode === state.mode &&
    my.last.state.raw === state.raw &&
    my.last.state.faults === state.faults &&
    my.last.state.raises === state.raises;
  if (my.last === null || !same) my.last = { state, draft, composed: composedOf(state, draft) };
  return my.last.composed;
}

/** The composed line, for the panes. */
export function useComposed(): Composed {
  const app = useApp();
  useSlice(labSlice, (state) => state.draft);
  useSlice(composeSlice, (state) => state.mode);
  useSlice(composeSlice, (state) => state.raw);
  useSlice(composeSlice, (state) => state.faults);
  useSlice(composeSlice, (state) => state.raises);
  return composed(app);
}

/** Switches between the form and the raw form, and carries the ioctl over where the form has a field for it. */
export function chooseMode(app: App, mode: ComposeState['mode']): void {
  const read = composed(app);
  if (!('wrong' in read)) {
    const draft = draftOf({ op: 'set_irqs', ...read.set });
    if (mode === 'raw') compose(app, { raw: rawOf(read.set) });
    else if (draft !== null) changeDraft(app, draft);
  }
  compose(app, { mode });
}

/** Opens or closes the client panel. */
export function showClient(app: App, client: boolean): void {
  compose(app, { client, composing: false });
}

/** Runs the composed line. Its faults and raises belong to this one line. */
export function runComposed(app: App): void {
  const read = composed(app);
  if ('wrong' in read) return;
  // the form stays as it was run
  changeDraft(app, {});
  runLine(app, read.line);
  compose(app, { composing: false, faults: [], raises: [] });
}

/** Replaces the current line with the composed one. */
export function replaceByComposed(app: App): void {
  const read = composed(app);
  if ('wrong' in read) return;
  replaceCurrent(app, read.line);
  compose(app, { composing: false, faults: [], raises: [] });
}

/** Returns the current line if it is a SET_IRQS, else null. */
export function editableLine(app: App): (Line & { readonly op: Op & { readonly op: 'set_irqs' } }) | null {
  const { script, cursor } = now(app);
  const line = script[cursor.line - 1]?.line;
  return line?.op.op === 'set_irqs' ? { ...line, op: line.op } : null;
}

/** Copies the current line into the form, or into the raw form where the form has no field for it. */
export function editCurrent(app: App): void {
  const line = editableLine(app);
  if (line === null) return;
  const draft = draftOf(line.op);
  if (draft !== null) changeDraft(app, draft);
  compose(app, {
    mode: draft === null ? 'raw' : 'form',
    raw: rawOf(line.op),
    faults: line.faults,
    raises: line.raises ?? [],
    composing: true,
  });
}

/** Writes a range of vectors into the form or the raw form. */
export function chooseRange(app: App, from: number, to: number): void {
  const { mode } = app.get(composeSlice);
  if (mode === 'raw') {
    rawChange(app, { start: String(Math.min(from, to)), count: String(Math.abs(to - from) + 1) });
    return;
  }
  // unused eventfds come first
  const fds = openDescriptors(currentMachine(app))
    .filter(({ count }) => count !== null)
    .sort((a, b) => Number(a.bound) - Number(b.bound))
    .map(({ fd }) => fd);
  draftChange(app, rangeChange(app.get(labSlice).draft, from, to, fds));
}

const now = (app: App) => currentSession(app.get(labSlice).history);

/** Returns the machine on which the next line runs. */
export function currentMachine(app: App): Machine {
  return machineAfter(replayOf(app, now(app)), now(app).cursor.line);
}

/** Returns the run of a line on a copy of the machine; the session does not change. */
export function tryLine(app: App, { generation }: Replay, machine: Machine, line: Line): Run {
  const my = app.local(held);
  if (my.tried?.line !== line || my.tried.generation !== generation || my.tried.run.before !== machine) {
    my.tried = { generation, line, run: run(generation, machine, line) };
  }
  return my.tried.run;
}

/** Returns the kernel functions that a line calls on a copy, each with its number of calls, in the order of the first calls. */
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

/** The line that the wiring previews, or null. */
export function useTried(): Tried | null {
  const app = useApp();
  const session = useSession();
  const { composing, ghost, typed } = useSlice(composeSlice);
  const read = useComposed();
  const line = typed ?? (composing && !('wrong' in read) ? read.line : null);
  const { cursor } = session;
  if (line === null || !ghost || cursor.step !== null) return null;
  const replayed = replayOf(app, session);
  if (!isKnown(replayed, cursor.line)) return null;
  return { line, run: tryLine(app, replayed, machineAfter(replayed, cursor.line), line) };
}

/** True once the first question of a lesson is answered: a call that the page suggests may be the answer to a later step. */
function isPastFirstQuestion(app: App): boolean {
  const { open } = app.get(lessonSlice);
  return open !== null && (open.taking.at > 0 || open.taking.marks[0]?.revealed === true);
}

/** Keeps an untouched form at a call that succeeds at the cursor. */
function suggest(app: App): void {
  const my = app.local(held);
  const { draft } = app.get(labSlice);
  if (!my.suggested.has(draft) || now(app).cursor.step !== null || isPastFirstQuestion(app)) return;
  const { generation } = replayOf(app, now(app));
  const machine = currentMachine(app);
  const made = suggestDraft(machine, (line) => run(generation, machine, line).ret < 0);
  if (made.index === draft.index && made.start === draft.start && made.values === draft.values) return;
  my.suggested.add(made);
  app.set(labSlice, { draft: made });
}

/** Keeps an untouched form at a call that succeeds at the cursor. */
export function followCursor(app: App): void {
  suggest(app);
  app.on(labSlice, (state, before) => {
    if (state.history !== before.history || state.draft !== before.draft) suggest(app);
  });
}

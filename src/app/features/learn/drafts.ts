// The drafts of the lesson editor in the local storage, so that closing the editor or the page loses nothing. Every change
// starts from the stored list, because another tab may have changed it.

import {
  type DraftEntry,
  parseDraft,
  parseDrafts,
  printDrafts,
  type ReadDrafts,
} from '../../../formats/lesson/draft.ts';
import type { LessonBody } from '../../../lessons/lesson.ts';
import type { LessonDraft } from '../../../lessons/make.ts';
import { problemText } from '../../../text/problem.ts';
import { type App, slice } from '../../store/app.ts';
import { setAside } from '../../store/setAside.ts';

const KEY = 'irqscope.drafts.lessons';
/** The only draft that earlier versions kept. */
const OLD_KEY = 'irqscope.draft.lesson';

/** A draft in the list. */
export interface ListedDraft {
  readonly key: string;
  /** Milliseconds of the clock. */
  readonly changed: number;
  readonly draft: LessonDraft;
}

/** The state of the lesson editor. */
interface DraftsState {
  /** The latest first; null before the storage is read. */
  readonly drafts: readonly ListedDraft[] | null;
  /** A new draft, which the list does not have before its first change. */
  readonly fresh: ListedDraft | null;
  /** The key of the draft in the editor; null shows the list. */
  readonly shown: string | null;
  /** The lesson that a draft is tried as. */
  readonly preview: { readonly lesson: LessonBody; readonly key: string } | null;
}

/** The slice. */
export const draftsSlice = slice<DraftsState>(() => ({
  drafts: null,
  fresh: null,
  shown: null,
  preview: null,
}));

/** Reads the kept drafts once. Unreadable ones are reported and set aside. */
export function loadDrafts(app: App): void {
  if (app.get(draftsSlice).drafts !== null) return;
  const { kept } = app.services;
  const text = kept.read(KEY);
  const read: ReadDrafts = text === null ? { drafts: [], unreadable: [] } : parseDrafts(text);
  const old = readOld(app);
  const unreadable = [...read.unreadable, ...old.unreadable];
  const drafts = [...old.drafts, ...read.drafts];
  app.set(draftsSlice, { drafts: sorted(drafts) });
  if (unreadable.length > 0) {
    setAside(app, {
      key: KEY,
      text: unreadable.map((one) => one.text).join('\n'),
      title:
        unreadable.length === 1
          ? 'A lesson draft kept in this browser cannot be read.'
          : `${unreadable.length} lesson drafts kept in this browser cannot be read.`,
      details: unreadable.map(({ problem }) => problemText(problem)),
    });
  }
  if (unreadable.length > 0 || old.drafts.length > 0) write(app, drafts);
  if (kept.read(OLD_KEY) !== null) kept.remove(OLD_KEY);
}

function readOld(app: App): ReadDrafts {
  const text = app.services.kept.read(OLD_KEY);
  if (text === null) return { drafts: [], unreadable: [] };
  const read = parseDraft(text);
  return read.ok
    ? { drafts: [{ key: newKey(), changed: Date.now(), draft: read.value }], unreadable: [] }
    : { drafts: [], unreadable: [{ text, problem: read.problems[0] }] };
}

function newKey(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}

function sorted<E extends ListedDraft>(drafts: readonly E[]): readonly E[] {
  return drafts.toSorted((a, b) => b.changed - a.changed);
}

function write({ services }: App, drafts: readonly ListedDraft[]): void {
  const entries = drafts.map(
    ({ key, changed, draft }): DraftEntry => ({
      key,
      changed,
      draft: {
        ...draft,
        requires: [...draft.requires],
        learned: [...draft.learned],
        lines: draft.lines.map((line) => ({ ...line, choices: [...line.choices] })),
      },
    }),
  );
  // without storage the drafts last as long as the page
  services.kept.write(KEY, printDrafts(entries));
}

/** Changes the stored list. */
function update(app: App, change: (drafts: readonly ListedDraft[]) => readonly ListedDraft[]): void {
  const stored = app.services.kept.read(KEY);
  const base = stored === null ? (app.get(draftsSlice).drafts ?? []) : parseDrafts(stored).drafts;
  const drafts = sorted(change(base));
  app.set(draftsSlice, { drafts });
  write(app, drafts);
}

/** Returns the draft with that key, or null. */
export function draftWith(app: App, key: string): ListedDraft | null {
  const { drafts, fresh } = app.get(draftsSlice);
  return drafts?.find((one) => one.key === key) ?? (fresh?.key === key ? fresh : null);
}

/** Opens a new draft in the editor. The list has it after its first change. */
export function openNewDraft(app: App, draft: LessonDraft): void {
  const fresh = { key: newKey(), changed: Date.now(), draft };
  app.set(draftsSlice, { fresh, shown: fresh.key });
}

/** Opens a draft in the editor; null shows the list. */
export function showDraft(app: App, key: string | null): void {
  app.set(draftsSlice, { shown: key });
}

/** Keeps a changed draft. */
export function keepDraft(app: App, key: string, draft: LessonDraft): void {
  putBack(app, { key, changed: Date.now(), draft });
}

/** Puts a draft into the list, also one that was removed. */
export function putBack(app: App, entry: ListedDraft): void {
  update(app, (drafts) => [entry, ...drafts.filter(({ key }) => key !== entry.key)]);
}

/** Adds a copy of a draft to the list. */
export function duplicateDraft(app: App, { draft }: ListedDraft): void {
  const title = draft.title === '' ? '' : `${draft.title} (copy)`;
  putBack(app, { key: newKey(), changed: Date.now(), draft: { ...draft, title } });
}

/** Removes a draft from the list. */
export function removeDraft(app: App, key: string): void {
  update(app, (drafts) => drafts.filter((one) => one.key !== key));
}

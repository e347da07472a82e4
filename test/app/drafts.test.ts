// The kept drafts of the lesson editor.

import { beforeEach, describe, expect, test } from 'vitest';
import {
  draftsSlice,
  draftWith,
  duplicateDraft,
  keepDraft,
  loadDrafts,
  openNewDraft,
  putBack,
  removeDraft,
} from '../../src/app/features/learn/drafts.ts';
import { backToEditor, editCopy, previewDraft } from '../../src/app/features/learn/making.ts';
import { type App, createApp } from '../../src/app/store/app.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { lessonSlice } from '../../src/app/store/lesson.ts';
import { printLesson, readLesson } from '../../src/lessons/file.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { draftOfLesson, lessonOf } from '../../src/lessons/make.ts';
import { fakeServices } from './services.ts';

const KEY = 'irqscope.drafts.lessons';
const [FIRST] = LESSONS;
if (FIRST === undefined) throw new Error('there are no lessons');
const DRAFT = { ...draftOfLesson(FIRST, false), title: 'Mine' };

let services: ReturnType<typeof fakeServices>;
let app: App;
const titles = (of: App) => of.get(draftsSlice).drafts?.map(({ draft }) => draft.title);

beforeEach(() => {
  services = fakeServices();
  app = createApp(services, []);
});

/** Keeps a new draft and returns its key. */
function keep(of: App, title: string): string {
  openNewDraft(of, DRAFT);
  const key = of.get(draftsSlice).shown ?? '';
  keepDraft(of, key, { ...DRAFT, title });
  return key;
}

test('a new draft is in the list after its first change, and outlives the page', () => {
  loadDrafts(app);
  openNewDraft(app, DRAFT);
  const key = app.get(draftsSlice).shown ?? '';
  expect(titles(app)).toEqual([]);
  expect(draftWith(app, key)?.draft).toEqual(DRAFT);
  keepDraft(app, key, { ...DRAFT, title: 'Changed' });
  const later = createApp(services, []);
  loadDrafts(later);
  expect(titles(later)).toEqual(['Changed']);
});

test('a draft is duplicated, removed, and comes back by undo', () => {
  loadDrafts(app);
  const key = keep(app, 'One');
  const entry = draftWith(app, key);
  if (entry === null) throw new Error('the draft is not kept');
  duplicateDraft(app, entry);
  expect(titles(app)?.toSorted()).toEqual(['One', 'One (copy)']);
  removeDraft(app, key);
  expect(titles(app)).toEqual(['One (copy)']);
  putBack(app, entry);
  expect(titles(app)?.toSorted()).toEqual(['One', 'One (copy)']);
});

test('a change keeps the drafts of another tab', () => {
  loadDrafts(app);
  const other = createApp(services, []);
  loadDrafts(other);
  keep(app, 'Here');
  keep(other, 'There');
  expect(titles(other)?.toSorted()).toEqual(['Here', 'There']);
});

test('without storage the drafts last as long as the page', () => {
  const refusing = { ...services, kept: { read: () => null, write: () => false, remove: () => undefined } };
  const page = createApp(refusing, []);
  loadDrafts(page);
  keep(page, 'One');
  keep(page, 'Two');
  expect(titles(page)?.toSorted()).toEqual(['One', 'Two']);
});

describe('at the first look', () => {
  test('the only draft of an earlier version is taken over', () => {
    services.kept.write('irqscope.draft.lesson', JSON.stringify({ ...DRAFT, title: 'Old' }));
    loadDrafts(app);
    expect(titles(app)).toEqual(['Old']);
    expect(services.kept.read('irqscope.draft.lesson')).toBeNull();
    const later = createApp(services, []);
    loadDrafts(later);
    expect(titles(later)).toEqual(['Old']);
  });

  test('an unreadable draft is reported and set aside, and the others stay', async () => {
    keep(app, 'Good');
    const stored = JSON.parse(services.kept.read(KEY) ?? '');
    stored.drafts.push({ key: 'bad', changed: 1, draft: { title: 7 } });
    services.kept.write(KEY, JSON.stringify(stored));
    const later = createApp(services, []);
    loadDrafts(later);
    expect(titles(later)).toEqual(['Good']);
    await Promise.resolve();
    expect(later.get(labSlice).problem?.title).toBe('A lesson draft kept in this browser cannot be read.');
    expect(services.kept.read('irqscope.set-aside.drafts.lessons')).toContain('"bad"');
  });
});

test('a preview opens the lesson of the draft, and leads back to the draft', () => {
  loadDrafts(app);
  const key = keep(app, 'Mine');
  const draft = draftWith(app, key)?.draft ?? DRAFT;
  const read = readLesson(printLesson(lessonOf(draft)));
  if (!read.ok) throw new Error('the draft is no lesson');
  previewDraft(app, key, draft, read.value);
  expect(app.get(lessonSlice)).toMatchObject({
    making: false,
    open: { taking: { lesson: { title: 'Mine' } } },
  });
  backToEditor(app);
  expect(app.get(lessonSlice)).toMatchObject({ making: true, open: null });
  expect(app.get(draftsSlice).shown).toBe(key);
});

test('a copy of a built-in lesson gets an id of its own, and a copy of another lesson keeps it', () => {
  const shown = () => draftWith(app, app.get(draftsSlice).shown ?? '')?.draft.id;
  editCopy(app, FIRST);
  expect(shown()).toBe('');
  editCopy(app, { ...FIRST, id: 'from-a-file' });
  expect(shown()).toBe('from-a-file');
});

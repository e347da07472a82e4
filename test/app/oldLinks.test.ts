// Links that earlier versions printed still open, through the table of everything that the page opens. The texts are fixed:
// never print them anew.

import { beforeEach, expect, test } from 'vitest';
import { EFFECTS } from '../../src/app/shell/effects.ts';
import { openFragment } from '../../src/app/shell/opening/openers.ts';
import { type App, createApp } from '../../src/app/store/app.ts';
import { replayOf } from '../../src/app/store/derived.ts';
import { docsSlice } from '../../src/app/store/docs.ts';
import { labSlice } from '../../src/app/store/lab.ts';
import { lessonSlice } from '../../src/app/store/lesson.ts';
import { overlaySlice } from '../../src/app/store/overlay.ts';
import { glossarySlice } from '../../src/app/store/term.ts';
import { viewSlice } from '../../src/app/store/view.ts';
import { parseSearch } from '../../src/formats/search/fragment.ts';
import { currentSession } from '../../src/session/history.ts';
import { runAt } from '../../src/session/replay.ts';
import { questionIds } from '../../src/views/explore/problem.ts';
import { fakeServices } from './services.ts';

let app: App;

beforeEach(() => {
  app = createApp(fakeServices(), EFFECTS);
});

/** Opens a link as the first of a page. */
function open(fragment: string): string {
  return openFragment(app, `#${fragment}`, { first: true, takeEntry: () => undefined });
}

/** Returns the errno of every line of the open script; '' for a success. */
function errnos(): readonly string[] {
  const session = currentSession(app.get(labSlice).history);
  const replayed = replayOf(app, session);
  return session.script.map((_, at) => runAt(replayed, at + 1)?.errno ?? '');
}

test.each([
  [
    '0.1, first form',
    'v1=IHsiZyI6InYzIiwiZCI6Im52bWUiLCJhdCI6WzcsMl19-wgQAdAQAVMAQSQCBAGpDgHsAFEkAQGDDgoOATcAUSQFAYYOlgBAISUIjZa5r8q4IiWm5vMlUqM0PA',
    { generation: 'v3', deviceName: 'nvme', cursor: { line: 7, step: 2 } },
    ['', '', '', '', 'EBADF', '', '', ''],
  ],
  [
    '0.1, first form, another kernel',
    'v1=JHsiZyI6InN0YXRpYyIsImQiOiJudm1lIiwiYXQiOls1LDJdfcgFEAErAEEkAwIAAn8AQiICAQB8BAJeCGIFjWVUias_IGCqrWdWZA',
    { generation: 'static', deviceName: 'nvme', cursor: { line: 5, step: 2 } },
    ['', '', '', '', ''],
  ],
  [
    '1.0',
    'v2=IHsiZyI6InYzIiwiZCI6Im52bWUiLCJhdCI6WzcsMl19-wgQAdAQAVMAQSQCBAGpDgHsAFEkAQGDDgoOATcAUSQFAYYOlgBAISUIjZa5r8q4IiWm5vMlUqM0PA',
    { generation: 'v3', deviceName: 'nvme', cursor: { line: 7, step: 2 } },
    ['', '', '', '', 'EBADF', '', '', ''],
  ],
  [
    '1.0, another device',
    'v2=KXsiZyI6ImR5bmFtaWMiLCJkIjoibnZtZTIwNDgiLCJhdCI6WzUsMl19vgUQAfEAQSQDAgAC5QBCIgIBAHYEApwI_AWNZVSJqz8gYKqr-sY-',
    { generation: 'dynamic', deviceName: 'nvme2048', cursor: { line: 5, step: 2 } },
    ['', '', '', '', ''],
  ],
])(
  'a session of %s opens with the same results',
  (_, fragment, { generation, deviceName, cursor }, results) => {
    expect(open(fragment)).toBe('opened');
    expect(app.get(labSlice).problem).toBeNull();
    const session = currentSession(app.get(labSlice).history);
    expect(session).toMatchObject({ generation, cursor, setup: { deviceName } });
    expect(errnos()).toEqual(results);
  },
);

test.each([
  'explore=v3,dynamic&vectors=6&fds=3&block=2&ops=unbind,bad,disable,loopback,raise&states=5000000&ask=count-states',
  'explore=dynamic&vectors=2&ops=unbind,bad&ask=invariant:I7',
])('a search of 1.0 opens: %s', (fragment) => {
  expect(open(fragment)).toBe('opened');
  expect(app.get(viewSlice)).toEqual({ view: 'explore', own: fragment });
  expect(parseSearch(fragment, questionIds()).problems).toEqual([]);
});

test.each([
  ['learn=lessons', { view: 'learn', own: 'learn=lessons' }],
  ['learn=scenarios', { view: 'learn', own: 'learn=scenarios' }],
])('a list of 1.0 opens: %s', (fragment, view) => {
  expect(open(fragment)).toBe('opened');
  expect(app.get(viewSlice)).toEqual(view);
});

test('a lesson of 1.0 opens at its step', async () => {
  expect(open('lesson=three-layers&step=2')).toBe('later');
  await expect.poll(() => app.get(lessonSlice).open?.taking.at).toBe(1);
  expect(app.get(lessonSlice).open?.taking.lesson.id).toBe('three-layers');
});

test('sheets of 1.1 open: glossary, documentation, verification', () => {
  expect(open('glossary=EBADF')).toBe('opened');
  expect(app.get(overlaySlice).overlay).toBe('glossary');
  expect(app.get(glossarySlice).query).toBe('EBADF');
  expect(open('docs=driver&section=6.4')).toBe('opened');
  expect(app.get(docsSlice).place).toMatchObject({ doc: 'driver', section: '6.4' });
  expect(open('trust')).toBe('opened');
  expect(app.get(overlaySlice).overlay).toBe('trust');
});

test('an unreadable link keeps the session and lists what opens', () => {
  const before = currentSession(app.get(labSlice).history);
  expect(open('v9=abc')).toBe('refused');
  expect(open('what')).toBe('refused');
  expect(currentSession(app.get(labSlice).history)).toBe(before);
  const details = app.get(labSlice).problem?.details.join(' ') ?? '';
  for (const form of ['#v2=', '#kept=', '#lesson=', '#learn=', '#explore=', '#docs', '#glossary', '#trust'])
    expect(details).toContain(form);
});

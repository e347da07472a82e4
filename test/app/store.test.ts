// The page's one store.

import { expect, test } from 'vitest';
import { note } from '../../src/app/features/learn/progress.ts';
import { EFFECTS } from '../../src/app/shell/effects.ts';
import { type App, createApp, local, slice } from '../../src/app/store/app.ts';
import { labSlice, runLine, undoEdit } from '../../src/app/store/lab.ts';
import { progressSlice } from '../../src/app/store/progress.ts';
import { line } from '../../src/kernel/line.ts';
import { currentSession } from '../../src/session/history.ts';
import { fakeServices } from './services.ts';

const script = (app: App) => currentSession(app.get(labSlice).history).script;

test('makes a page without a browser: runs a line, and undo reverts it', () => {
  const app = createApp(fakeServices(), EFFECTS);
  const before = script(app);
  runLine(app, line({ op: 'reset' }));
  expect(script(app)).toHaveLength(before.length + 1);
  undoEdit(app);
  expect(script(app)).toBe(before);
});

test('two pages share only the texts that the browser keeps', () => {
  const kept = new Map<string, string>();
  const one = createApp(fakeServices(kept), EFFECTS);
  const other = createApp(fakeServices(kept), EFFECTS);
  runLine(one, line({ op: 'reset' }));
  expect(script(other)).toHaveLength(script(one).length - 1);
  note(one, 'three-layers', 0, { done: true });
  expect(createApp(fakeServices(kept), EFFECTS).get(progressSlice).progress['three-layers']).toEqual([
    { done: true },
  ]);
});

test('runs the effects of a change in the order of the list', () => {
  const count = slice<{ readonly now: number }>(() => ({ now: 0 }));
  const told: string[] = [];
  const effect = (name: string) => (app: App) => {
    app.on(count, ({ now }, before) => told.push(`${name} ${before.now}→${now}`));
  };
  const app = createApp(fakeServices(), [effect('first'), effect('second')]);
  app.set(count, ({ now }) => ({ now: now + 1 }));
  app.set(count, (same) => same);
  app.set(count, { now: 1 });
  expect(told).toEqual(['first 0→1', 'second 0→1']);
});

test('makes a local value once for each page; its changes call no listener', () => {
  const held = local<{ value: number }>(() => ({ value: 0 }));
  const [one, other] = [createApp(fakeServices(), []), createApp(fakeServices(), [])];
  let calls = 0;
  one.on(labSlice, () => calls++);
  one.local(held).value = 1;
  expect([one.local(held).value, other.local(held).value, calls]).toEqual([1, 0, 0]);
});

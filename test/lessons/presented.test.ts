// A presentation: the notes beside the screen, their messages, and the table of the kernels.

import { expect, test } from 'vitest';
import { readNotes, readPresentation } from '../../src/formats/lesson/notes.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import type { LessonBody } from '../../src/lessons/lesson.ts';
import { lessonAfter, presentedPart } from '../../src/lessons/presented.ts';
import { begin, ownEnd, reveal, type Taking } from '../../src/lessons/taking.ts';
import { kernelTable } from '../../src/views/compare/kernelTable.ts';

function taking(id: string): Taking {
  const lesson = LESSONS.find((one) => one.id === id);
  if (lesson === undefined) throw new Error(`no lesson ${id}`);
  return begin(lesson);
}

test('the notes have the right answer before it is shown, and name the next step', () => {
  const start = taking('ebadf');
  const hidden = presentedPart(start, false, 5);
  expect(hidden).toMatchObject({
    step: 1,
    steps: 2,
    answer: 'B: It is detached, and its irq is cached',
    next: start.lesson.steps[1]?.ask,
    revealed: false,
    isFirst: true,
    since: 5,
  });
  expect(presentedPart(reveal(start), false, 5)).toMatchObject({ answer: hidden.answer, revealed: true });
});

test('the notes of a step are those of its author', () => {
  const { lesson } = taking('ebadf');
  const noted: LessonBody = {
    ...lesson,
    steps: lesson.steps.map((step) => ({ ...step, notes: 'Ask first.' })),
  };
  expect(presentedPart(begin(noted), false, 0).notes).toBe('Ask first.');
});

test('a message survives the way to the other window, and a message of another form is ignored', () => {
  const shown = presentedPart(taking('ebadf'), false, 5);
  const message = { irqscope: 'presentation', shown };
  expect(readPresentation(structuredClone(message))).toEqual(message);
  expect(readPresentation({ irqscope: 'presentation', shown: null })).toEqual({
    irqscope: 'presentation',
    shown: null,
  });
  expect(readPresentation({ ...message, more: 1 })).toBeNull();
  expect(readPresentation({ irqscope: 'presentation', shown: { ...shown, step: '1' } })).toBeNull();
  expect(readNotes({ irqscope: 'notes', action: 'next' })).toEqual({ irqscope: 'notes', action: 'next' });
  expect(readNotes({ irqscope: 'notes', action: 'purple' })).toBeNull();
  expect(readNotes('next')).toBeNull();
});

test('every built-in lesson but the last leads to another one, and a lesson from a file leads nowhere', () => {
  const last = LESSONS.at(-1);
  expect(LESSONS.filter((lesson) => lessonAfter(lesson) === null)).toEqual([last]);
  expect(lessonAfter({ ...taking('ebadf').lesson })).toBeNull();
});

test('the table of the kernels marks the row in which a failed assignment frees the irq', () => {
  const table = kernelTable(ownEnd(taking('ebadf')), ['static', 'v2', 'v3', 'dynamic']);
  expect(table.kernels).toEqual(['≤ 6.4 static', 'V2 patch', 'V3 patch', '≥ 6.5 dynamic']);
  expect(table.rows.map(({ label, differs }) => [label, differs])).toEqual([
    ['Last line', false],
    ['Vector 0', false],
    ['Vector 1', true],
  ]);
  expect(table.rows[2]?.cells).toEqual([
    ['irq 26 cached'],
    ['irq 26 freed'],
    ['irq 26 freed'],
    ['irq 26 cached'],
  ]);
  expect(table.sentences.join(' ')).toContain('V2 patch and V3 patch have no irq');
});

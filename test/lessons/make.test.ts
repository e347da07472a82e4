// The drafts of the lesson editor: a lesson survives the way into the editor and back, and predicates are judged while the
// author types.

import { describe, expect, test } from 'vitest';
import { parseDraft, parseDrafts, printDrafts } from '../../src/formats/lesson/draft.ts';
import { printLesson, readLesson } from '../../src/lessons/file.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import type { LessonBody } from '../../src/lessons/lesson.ts';
import { judge, liveSteps } from '../../src/lessons/live.ts';
import { blankSketch, draftOfLesson, lessonOf, stepNumbers } from '../../src/lessons/make.ts';

/** Returns the lesson as the editor has it: the lines of a step without blank ones and without spaces at their ends. */
function inLines(lesson: LessonBody): LessonBody {
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join('\n');
  return {
    ...lesson,
    steps: lesson.steps.map((step) =>
      step.kind === 'predict'
        ? { ...step, run: lines(step.run) }
        : { ...step, solution: lines(step.solution) },
    ),
  };
}

test.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))(
  'the editor returns the built-in lesson %s unchanged',
  (_, lesson) => {
    const back = lessonOf(draftOfLesson(lesson, true));
    expect(JSON.parse(printLesson(back))).toEqual(JSON.parse(printLesson(inLines(lesson))));
    expect(readLesson(printLesson(back)).ok).toBe(true);
  },
);

const RICH: LessonBody = {
  id: 'rich',
  title: 'Two steps',
  about: 'A goal.',
  minutes: 5,
  level: 'deep',
  requires: ['ebadf'],
  learned: ['A vector is attached.'],
  generation: 'dynamic',
  script: 'device nvme\neventfd 10',
  steps: [
    {
      kind: 'predict',
      ask: 'What?',
      explain: 'Because.',
      source: '',
      notes: 'Ask the class first.',
      run: 'set_irqs msix trigger eventfd 0 [10]',
      choices: [
        { text: 'attached', holds: 'attached 0' },
        { text: 'fails', holds: 'fails', feedback: 'It returns 0.' },
      ],
    },
    {
      kind: 'do',
      ask: 'Detach it.',
      explain: '',
      source: '',
      release: '6.12',
      goal: 'not attached 0',
      hint: 'A descriptor of −1.',
      solution: 'set_irqs msix trigger none 0 1\nset_irqs msix trigger eventfd 0 [-1]',
    },
  ],
};

test('every optional field survives the way into the editor, the storage and back', () => {
  const draft = draftOfLesson(RICH, true);
  const kept = parseDrafts(
    printDrafts([
      {
        key: 'a',
        changed: 1,
        draft: {
          ...draft,
          requires: [...draft.requires],
          learned: [...draft.learned],
          lines: draft.lines.map((line) => ({ ...line, choices: [...line.choices] })),
        },
      },
    ]),
  );
  expect(kept.unreadable).toEqual([]);
  expect(kept.drafts.map((entry) => lessonOf(entry.draft))).toEqual([RICH]);
});

test('a copy of a lesson gets the id of its title', () => {
  expect(lessonOf({ ...draftOfLesson(RICH, false), title: 'My copy' }).id).toBe('my-copy');
});

test('a line without a question belongs to the step of the next line', () => {
  expect(stepNumbers(draftOfLesson(RICH, true).lines)).toEqual([0, 1, 1]);
});

describe('kept drafts', () => {
  test('a draft of an earlier version is read, with its new fields empty', () => {
    const old = {
      title: 'Old',
      about: '',
      generation: 'v3',
      script: '',
      lines: [
        {
          text: 'eventfd 1',
          use: 'predict',
          ask: 'a',
          choices: [{ text: 'x', holds: 'fails' }],
          goal: '',
          hint: '',
          explain: '',
          source: '',
        },
      ],
    };
    const read = parseDraft(JSON.stringify(old));
    expect(read).toMatchObject({ ok: true, value: { title: 'Old', minutes: null, learned: [] } });
  });

  test('an unreadable draft is told with its field, and the others are read', () => {
    const good = { key: 'b', changed: 2, draft: { ...draftOfLesson(RICH, true) } };
    const bad = { key: 'c', changed: 3, draft: { ...good.draft, title: 7 } };
    const read = parseDrafts(JSON.stringify({ irqscope: 'drafts', version: 1, drafts: [bad, good] }));
    expect(read.drafts.map(({ key }) => key)).toEqual(['b']);
    expect(read.unreadable.map(({ problem }) => problem.at.path)).toEqual(['drafts.0.draft.title']);
    expect(JSON.parse(read.unreadable[0]?.text ?? '')).toEqual(bad);
  });

  test('a text that is no list is told as a whole', () => {
    expect(parseDrafts('{"irqscope":').unreadable).toMatchObject([{ text: '{"irqscope":' }]);
  });
});

describe('the live check', () => {
  const draft = draftOfLesson(RICH, true);

  test('judges predicates after the lines of the step, and before them', () => {
    const [first, second] = liveSteps(draft);
    expect(judge('attached 0', first?.before ?? null)).toEqual({ is: 'false' });
    expect(judge('attached 0', first?.after ?? null)).toEqual({ is: 'true' });
    expect(judge('attached 0', second?.before ?? null)).toEqual({ is: 'true' });
    expect(judge('attached 0', second?.after ?? null)).toEqual({ is: 'false' });
  });

  test('names the column of a problem', () => {
    expect(judge('attached 0 and purple', null)).toMatchObject({
      is: 'wrong',
      problem: { at: { column: 16 } },
    });
  });

  test('a draft without a title is judged too, and an unreadable line stops the steps from there', () => {
    const [line, ...rest] = draft.lines;
    expect(line).toBeDefined();
    const lines = [...(line === undefined ? [] : [line]), blankSketch('set_irqs purple', 'predict'), ...rest];
    const live = liveSteps({ ...draft, title: '', lines });
    expect(live.map((step) => step !== null)).toEqual([true, false, false]);
    expect(liveSteps({ ...draft, script: 'purple' }).every((step) => step === null)).toBe(true);
  });
});

// The plans for teaching and the worksheets agree with the lessons.
import { describe, expect, test } from 'vitest';
import { printCourse, readCourse } from '../../src/lessons/courseFile.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { lessonById, PLANS, planCourse, rightIdea, WRONG_IDEAS } from '../../src/lessons/teach.ts';
import { worksheetOf } from '../../src/lessons/worksheet.ts';

describe.each(PLANS.map((plan) => [plan.title, plan] as const))('%s', (_title, plan) => {
  test('has lessons of the page, goals, and steps whose minutes are those of the plan', () => {
    for (const step of plan.steps) if ('lesson' in step) expect(lessonById(step.lesson).id).toBe(step.lesson);
    expect(plan.steps.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(plan.minutes);
    expect(plan.goals.length).toBeGreaterThan(0);
    expect(plan.title.startsWith(`${plan.minutes} minutes`)).toBe(true);
    expect(plan.steps.some(({ kind }) => kind === 'debate')).toBe(true);
    expect(plan.steps.some(({ kind }) => kind === 'present')).toBe(true);
  });

  test('is a course that reads back', () => {
    const course = planCourse(plan);
    expect(readCourse(printCourse(course))).toEqual({ ok: true, value: course });
  });
});

test('there is a plan for 20, 45 and 90 minutes', () => {
  expect(PLANS.map(({ minutes }) => minutes)).toEqual([20, 45, 90]);
});

test.each(WRONG_IDEAS)('$idea is a wrong answer of its lesson, whose right answer has a source', (wrong) => {
  const step = lessonById(wrong.lesson).steps[wrong.step - 1];
  if (step?.kind !== 'predict') throw new Error('no prediction');
  const texts = step.choices.map(({ text }) => text);
  const { right, explain, source } = rightIdea(wrong);
  expect(texts).toContain(wrong.wrong);
  expect(texts).toContain(right);
  expect(right).not.toBe(wrong.wrong);
  expect(explain).not.toBe('');
  expect(source).not.toBe('');
});

describe('worksheets', () => {
  test.each(LESSONS.map((lesson) => [lesson.id, lesson] as const))(
    '%s: each question has a script before it, and an answer',
    (_id, lesson) => {
      const { questions } = worksheetOf(lesson);
      expect(questions.map(({ ask }) => ask)).toEqual(lesson.steps.map(({ ask }) => ask));
      questions.forEach((question, at) => {
        const step = lesson.steps[at];
        expect(question.before[0]?.text).toMatch(/^device /);
        if (step?.kind === 'predict') {
          expect(question.choices.map(({ text }) => text)).toEqual(step.choices.map(({ text }) => text));
          expect(question.choices).toContainEqual(question.answer.choice);
          expect(question.run.length).toBeGreaterThan(0);
          expect(question.answer.solution).toEqual([]);
        } else {
          expect(question.choices).toEqual([]);
          expect(question.answer.solution.length).toBeGreaterThan(0);
          expect(question.room).toBeGreaterThan(question.answer.solution.length);
        }
      });
    },
  );

  test('the lines of an earlier goal are not printed before a later question', () => {
    const { questions } = worksheetOf(lessonById('cached'));
    const goal = questions.find(({ answer }) => answer.solution.length > 0) ?? expect.fail('no goal');
    const next = questions[goal.number] ?? expect.fail('no later question');
    const [line] = goal.answer.solution;
    expect(next.before.filter(({ text }) => text === line).length).toBe(
      goal.before.filter(({ text }) => text === line).length,
    );
    expect(next.before).toContainEqual({ answerTo: goal.number });
  });
});

// The text after `#course=`: a course, or a message for a person; and the addresses of worksheets.
import { describe, expect, test } from 'vitest';
import {
  courseFragment,
  lessonInCourse,
  readCourseFragment,
} from '../../src/app/features/learn/class/courseLink.ts';
import {
  readWorksheetFragment,
  worksheetFragment,
} from '../../src/app/features/learn/class/worksheetLink.ts';
import { viewOfFragment } from '../../src/app/store/view.ts';
import type { Course } from '../../src/lessons/course.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import type { LessonBody } from '../../src/lessons/lesson.ts';

const [first, second] = LESSONS;
if (first === undefined || second === undefined) throw new Error('too few lessons');
const own: LessonBody = { ...second, id: 'my-own' };
const course: Course = {
  id: 'a-course',
  title: 'Grüße – “course”',
  about: 'One sentence.',
  assignment: true,
  lessons: [first, own],
};
const said = async () => (await courseFragment(course)).replace('course=', '');

test('reads back a course with a built-in lesson and an own one', async () => {
  const read = await readCourseFragment(await said());
  expect(read).toMatchObject({ ok: true, value: { ...course, lessons: [first, { id: 'my-own' }] } });
  expect(read.ok && read.value.lessons[0]).toBe(first);
});

test('a course of built-in lessons has an address that fits into a QR code', async () => {
  const fragment = await courseFragment({ ...course, lessons: LESSONS });
  expect(fragment.length).toBeLessThan(900);
});

test('names a lesson that the course does not have', () => {
  expect(lessonInCourse(course, 'my-own')).toEqual({ ok: true, value: own });
  expect(lessonInCourse(course, 'gap')).toEqual({
    ok: false,
    title: 'The course "Grüße – “course”" has no lesson "gap".',
    details: [`Its lessons are ${first.id}, my-own.`],
  });
});

describe('a bad link', () => {
  const damages: [string, (link: string) => string, RegExp][] = [
    ['cut off', (link) => link.slice(0, -9), /unpacked|checksum/],
    ['with a foreign character', (link) => link.replace('v1.', 'v1.!'), /^Character 1 after v1\. is "!"/],
    ['without v1.', (link) => link.slice(1), /^The course begins with "1\..*; it must begin with v1\.$/],
    ['empty', () => '', /^The course begins with ""/],
  ];
  test.each(damages)('%s: the message explains the damage', async (_name, damage, expected) => {
    const read = await readCourseFragment(damage(await said()));
    expect(read).toMatchObject({ ok: false, title: 'This course link is damaged.' });
    expect(read.ok ? '' : read.details.join('\n')).toMatch(expected);
  });

  test('of a newer version: the message names both versions', async () => {
    expect(await readCourseFragment('v2.abc')).toMatchObject({
      title: 'This course link was created by a newer irqscope.',
    });
  });

  test('to a course with errors: the details are those of the file', async () => {
    const broken = (await courseFragment({ ...course, lessons: [] })).replace('course=', '');
    const read = await readCourseFragment(broken);
    expect(read).toMatchObject({ ok: false, title: 'The course of this link has errors.' });
    expect(read.ok ? '' : read.details[0]).toMatch(/^lessons: expected at least one lesson/);
  });
});

describe('the address of a worksheet', () => {
  test.each([true, false])('reads back a lesson and a course, answers %j', async (answers) => {
    const lesson = await readWorksheetFragment(worksheetFragment(`lesson=${first.id}`, answers));
    expect(lesson).toMatchObject({ ok: true, value: { subject: { lesson: first }, answers } });
    const whole = await readWorksheetFragment(worksheetFragment(`course=${await said()}`, answers));
    expect(whole).toMatchObject({ ok: true, value: { subject: { course: { id: 'a-course' } }, answers } });
  });

  test.each(['learn=handout', 'learn=worksheet'])('%s without a lesson asks for one', async (fragment) => {
    expect(await readWorksheetFragment(fragment)).toMatchObject({ ok: true, value: { subject: null } });
  });

  test.each([`learn=handout=${first.id}`, `learn=handout&lesson=${first.id}`])(
    '%s opens',
    async (fragment) => {
      expect(await readWorksheetFragment(fragment)).toMatchObject({ value: { subject: { lesson: first } } });
    },
  );

  test('an unknown lesson is named', async () => {
    expect(await readWorksheetFragment('learn=worksheet&lesson=nix')).toMatchObject({
      ok: false,
      title: 'irqscope has no lesson "nix".',
    });
  });
});

test('a course is a page of the Lessons view, and a lesson of a course is in the lab', () => {
  expect(viewOfFragment('#course=v1.abc')).toEqual({ view: 'learn', own: 'course=v1.abc' });
  expect(viewOfFragment('#course=v1.abc&lesson=gap&step=2')).toBeNull();
});

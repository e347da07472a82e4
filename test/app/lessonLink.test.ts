// The text after `#lesson=`: a lesson, or a message for a person.
import { describe, expect, test } from 'vitest';
import {
  lessonFragment,
  readLessonFragment,
  readLessonStep,
} from '../../src/app/features/learn/lessonLink.ts';
import { LESSONS } from '../../src/lessons/index.ts';

const [lesson] = LESSONS;
if (lesson === undefined) throw new Error('no lesson');
/** A lesson from a file: the link contains all of it. */
const own = { ...lesson, id: 'my-own' };
const linkOf = async () => (await lessonFragment(own)).replace('lesson=', '');

test('reads back a lesson of the page by its id, and another one whole', async () => {
  expect(await readLessonFragment(lesson.id)).toEqual({ ok: true, value: lesson });
  expect(await readLessonFragment(await linkOf())).toMatchObject({ ok: true, value: { id: 'my-own' } });
});

describe('the step of a link', () => {
  const last = lesson.steps.length;

  test('counts from 1', () => {
    expect(readLessonStep(lesson, '1')).toEqual({ ok: true, value: 0 });
    expect(readLessonStep(lesson, `${last}`)).toEqual({ ok: true, value: last - 1 });
  });

  test.each(['0', `${last + 1}`, 'two', '', '-1', '1.5'])(
    '%j: the message names the existing steps',
    (said) => {
      expect(readLessonStep(lesson, said)).toEqual({
        ok: false,
        title: `The lesson "${lesson.title}" has no step "${said}".`,
        details: [`Its steps are 1 to ${last}.`],
      });
    },
  );
});

describe('a bad link', () => {
  test('with an unknown id: the message names it and lists the lessons', async () => {
    expect(await readLessonFragment('ebadff')).toEqual({
      ok: false,
      title: 'irqscope has no lesson "ebadff".',
      details: [expect.stringContaining(`The lessons are ${lesson.id}, `)],
    });
    expect(await readLessonFragment('')).toMatchObject({ title: 'This link names no lesson.' });
  });

  test('of a newer version: the message names both versions', async () => {
    expect(await readLessonFragment('v2.abc')).toEqual({
      ok: false,
      title: 'This lesson link was created by a newer irqscope.',
      details: ['The link has version v2; this page reads v1.'],
    });
  });

  const damages: [string, (link: string) => string, RegExp][] = [
    ['cut off', (link) => link.slice(0, -9), /cannot be unpacked: it is cut off or changed\.|checksum/],
    [
      'with a foreign character',
      (link) => link.replace('v1.', 'v1.!'),
      /^Character 1 after v1\. is "!"; only /,
    ],
    [
      'with a changed checksum',
      (link) => `${link.slice(0, -4)}AAAA`,
      /checksum of the text after v1\. does not match|unpack/,
    ],
    ['without v1.', (link) => link.slice(1), /^The lesson begins with "1\..*; it must begin with v1\.$/],
  ];
  test.each(damages)('%s: the message explains the damage', async (_name, damage, expected) => {
    const read = await readLessonFragment(damage(await linkOf()));
    expect(read).toMatchObject({ ok: false, title: 'This lesson link is damaged.' });
    expect(read.ok ? '' : read.details.join('\n')).toMatch(expected);
  });

  test('to a lesson with errors: the details are those of the lesson file', async () => {
    const broken = { ...own, steps: [] };
    const read = await readLessonFragment((await lessonFragment(broken)).replace('lesson=', ''));
    expect(read).toMatchObject({ ok: false, title: 'The lesson of this link has errors.' });
    expect(read.ok ? '' : read.details.join('\n')).toMatch(/^steps: /);
  });
});

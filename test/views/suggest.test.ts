// The composer's first form works on every device, under every kernel and in every step of every lesson.
import { expect, test } from 'vitest';
import { GENERATIONS, generation } from '../../src/kernel/generations/index.ts';
import { run } from '../../src/kernel/run.ts';
import { LESSONS } from '../../src/lessons/index.ts';
import { beginAt, startOf } from '../../src/lessons/taking.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import { machineAfter, replay } from '../../src/session/replay.ts';
import { emptySession, type Session } from '../../src/session/session.ts';
import { readDraft } from '../../src/views/composer/draft.ts';
import { suggestDraft } from '../../src/views/composer/suggest.ts';

/** Returns the suggested form after the last line, and its result. */
function suggested(session: Session) {
  const machine = machineAfter(replay(session), session.script.length);
  const kernel = generation(session.generation);
  const draft = suggestDraft(machine, (line) => run(kernel, machine, line).ret < 0);
  const read = readDraft(draft);
  if ('wrong' in read) throw new Error(read.wrong);
  const { ret } = run(kernel, machine, read.line);
  const isOpen = draft.values === '-1' || machine.fds.get(Number(draft.values)) !== undefined;
  return { ret, isOpen };
}

const works = { ret: 0, isOpen: true };

test.each(GENERATIONS.map(({ id }) => id))(
  'the suggested ioctl succeeds in an empty script under %s',
  (id) => {
    for (const { name } of DEVICES) expect(suggested(emptySession(id, name)), name).toEqual(works);
  },
);

test('the suggested ioctl succeeds at the start of every step of every lesson', () => {
  for (const lesson of LESSONS)
    for (let step = 0; step < lesson.steps.length; step++)
      expect(suggested(startOf(beginAt(lesson, step))), `${lesson.id} ${step + 1}`).toEqual(works);
});

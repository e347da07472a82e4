// Statements of lessons that earlier texts had wrong, beside the model's own calls and states.
import { describe, expect, test } from 'vitest';
import { LESSONS } from '../../src/lessons/index.ts';
import { ownLines } from '../../src/lessons/play.ts';
import { beginAt, startOf } from '../../src/lessons/taking.ts';
import { BLANK_ENTRY } from '../../src/machine/machine.ts';
import { framesOf, replay } from '../../src/session/replay.ts';

/** Returns a step of a lesson, with the calls of the line that it runs. */
function stepOf(id: string, at: number) {
  const lesson = LESSONS.find((one) => one.id === id) ?? expect.fail(`no lesson ${id}`);
  const step = lesson.steps[at] ?? expect.fail(`no step ${at + 1} of ${id}`);
  const session = startOf(beginAt(lesson, at));
  const script = [...session.script, ...ownLines(step)];
  return { step, frames: framesOf(replay({ ...session, script }), script.length) };
}

describe('Masking by swapping', () => {
  test('both steps describe the mask bit as the calls of the swap set it', () => {
    const { step: swap, frames } = stepOf('mask-by-swap', 0);
    const masked = ['free_irq', 'request_irq'].map((fn) => {
      const after = frames.find((frame) => frame.fn === fn)?.after ?? expect.fail(`no ${fn}`);
      return (after.pci.entries.get(0) ?? BLANK_ENTRY).masked;
    });
    expect(masked).toEqual([true, false]);
    expect(swap.explain).toContain('free_irq() has masked the table entry');
    const { step: raised } = stepOf('mask-by-swap', 1);
    expect(raised.explain).toMatch(/^request_irq\(\) unmasked the physical table entry again/);
    expect(`${swap.explain} ${raised.explain}`).not.toMatch(/never masked/);
  });
});

test('no lesson claims that a driver is not asked: vfio-pci itself calls the shared VFIO check', () => {
  const texts = JSON.stringify(LESSONS);
  expect(texts).not.toMatch(/before (?:any|the) driver is asked/i);
  expect(texts).toContain('EINVAL from the shared VFIO check');
});

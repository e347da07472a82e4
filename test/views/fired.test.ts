// A device that raises an interrupt inside a line: in the calls, in words, on the timeline and in files.
import { expect, test } from 'vitest';
import { meanwhileText, shortLine } from '../../src/formats/shortLine.ts';
import { straceLine } from '../../src/formats/strace.ts';
import { framesOf, lineCount, runAt } from '../../src/session/replay.ts';
import { kernelSteps, machineAt } from '../../src/session/steps.ts';
import { firedSentences } from '../../src/text/fired.ts';
import { TimelineData } from '../../src/views/timeline/data.ts';
import { TimelineWriter } from '../../src/views/timeline/extract.ts';
import { lineMark } from '../../src/views/timeline/lineMarks.ts';
import { lineWords } from '../../src/views/timeline/table.ts';
import { traceLines } from '../../src/views/trace/lines.ts';
import { whyStep } from '../../src/views/trace/whyStep.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

const OPENING = 'eventfd 10\neventfd 11\nset_irqs msix trigger eventfd 0 [10]\n';

/** Returns the last line of a script with its run and its timeline. */
function lastOf(text: string, device = 'nvme') {
  const replayed = replayOf(OPENING + text, 'dynamic', device);
  const line = lineCount(replayed);
  const run = runAt(replayed, line);
  const entry = replayed.script[line - 1];
  if (run === null || entry === undefined) throw new Error('no line');
  const data = new TimelineData();
  const writer = new TimelineWriter(1);
  replayed.script.forEach((one, at) => {
    writer.add(one, runAt(replayed, at + 1));
  });
  data.append(writer.chunk());
  const told = firedSentences(run, entry.line.raises ?? []);
  return { replayed, line, run, entry, data, told, frames: framesOf(replayed, line) };
}

test('shows an interrupt between free_irq and request_irq as pending, then delivered, in every view', () => {
  const swap = lastOf('set_irqs msix trigger eventfd 0 [11] ! raise 0 after free_irq#1');
  const { frames, run, entry, data, line, replayed } = swap;
  expect(swap.told).toEqual(['Vector 0, after free_irq: pending, then delivered to fd 11.']);
  const at = frames.findIndex(({ fired }) => fired !== undefined);
  expect(frames[at - 1]?.fn).toBe('free_irq');
  const rows = traceLines(frames, run);
  expect(rows[at]).toMatchObject({
    fn: 'device raises',
    args: 'vector=0',
    ret: ': pending, then delivered to fd 11',
    device: true,
  });
  const step = kernelSteps(frames).findIndex(({ frame }) => frame === at);
  expect(machineAt(replayed, { line, step }).pci.entries.get(0)?.pending).toBe(true);
  expect(machineAt(replayed, { line, step: step - 1 }).pci.entries.get(0)?.pending).not.toBe(true);
  expect(lineMark(data, line).raises).toBe(1);
  expect(lineWords(data, line)).toMatch(/raised: vector 0; stays pending: vector 0.*delivered: vector 0/);
  expect(shortLine(entry.line.op, run) + meanwhileText(entry.line)).toMatch(/ = 0 ! device raises$/);
  expect(straceLine(entry.line.op, run, entry.line.raises)).toMatch(
    / = 0 \[device raises vector 0 after free_irq#1\]$/,
  );
});

test('shows an interrupt after MSI-X is disabled as lost, on the lane of the pin', () => {
  const off = lastOf('disable msix ! raise 0 after pci_free_irq_vectors#1', 'e1000e');
  expect(off.told[0]).toMatch(/^Vector 0, after pci_free_irq_vectors: lost: /);
  expect(lineWords(off.data, off.line)).toMatch(/lost \(.*\): INTx/);
});

test('names a call that does not occur and a device that cannot raise', () => {
  expect(lastOf('set_irqs msix trigger eventfd 0 [11] ! raise 0 after free_irq#9').told).toEqual([
    'Vector 0, after free_irq #9: not raised, because the call does not occur.',
  ]);
  // NVMe cannot raise while MSI-X is disabled
  expect(lastOf('disable msix ! raise 0 after pci_free_irq_vectors#1').told[0]).toMatch(
    /: not raised, because /,
  );
});

test('attributes the check to the innermost failing call', () => {
  const frames = framesOf(replayOf(FAILED_ASSIGNMENT, 'dynamic'), 5);
  const frame = frames.findIndex(({ fn }) => fn === 'eventfd_ctx_fdget');
  const failed = frames[frame];
  if (failed === undefined) throw new Error('no call');
  expect(frames.flatMap(({ fn, check }) => (check === undefined ? [] : [fn]))).toEqual(['eventfd_ctx_fdget']);
  expect(whyStep(failed, { frame, at: 'call' }).sentences).toContain(
    'The number is not an open file descriptor.',
  );
});

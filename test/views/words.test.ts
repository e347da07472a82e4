import { expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { framesOf, runAt } from '../../src/session/replay.ts';
import { kernelSteps } from '../../src/session/steps.ts';
import { ledgerAt } from '../../src/views/sums.ts';
import { traceLines } from '../../src/views/trace/lines.ts';
import { whyLine } from '../../src/views/trace/why.ts';
import { whyStep } from '../../src/views/trace/whyStep.ts';
import { previewOf, resultSentence } from '../../src/views/words/result.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

function sentence(text: string, line: number, generation: GenerationId = 'dynamic'): string {
  const replayed = replayOf(text, generation);
  const entry = replayed.script[line - 1];
  if (entry === undefined) throw new Error(`no line ${line}`);
  return resultSentence(line, entry, runAt(replayed, line));
}

test('a result is one or a few sentences', () => {
  expect(sentence(FAILED_ASSIGNMENT, 4)).toBe(
    'Line 4: SET_IRQS MSI-X vectors 0–2, fds 100 101 102 returned 0. Vectors 0–2 are attached to irqs 25–27.',
  );
  expect(sentence(FAILED_ASSIGNMENT, 5)).toBe(
    'Line 5: SET_IRQS MSI-X vector 1, fd 999 failed with EBADF. Vector 1 is cached: irq 26 stays allocated.',
  );
  expect(sentence(FAILED_ASSIGNMENT, 5, 'v3')).toBe(
    'Line 5: SET_IRQS MSI-X vector 1, fd 999 failed with EBADF. irq 26 of vector 1, which came with the enabling call, is freed.',
  );
});

test('interrupts are followed to where they end', () => {
  const text = `${FAILED_ASSIGNMENT}\nraise 0\nraise 1\nraise 1\nset_irqs msix trigger none 0 0`;
  expect(sentence(text, 6)).toBe('Line 6: raise 0 returned 0. Vector 0 signals fd 100.');
  expect(sentence(text, 7)).toBe('Line 7: raise 1 returned 0. The interrupt of vector 1 stays pending.');
  expect(sentence(text, 8)).toContain('the interrupts become one');
  expect(sentence(text, 9)).toContain('pci_free_irq_vectors freed 3 irqs.');
  expect(ledgerAt(replayOf(text), 9)).toEqual({
    raised: 3,
    delivered: 1,
    pending: 1,
    coalesced: 1,
    lost: 0,
    allocated: 3,
    freed: 3,
  });
});

test('a preview says what the kernel will answer and why', () => {
  const run = runAt(replayOf(FAILED_ASSIGNMENT), 5);
  if (run === null || run === undefined) throw new Error('no run');
  expect(previewOf(run)).toEqual({
    failed: true,
    answer: 'Will fail with EBADF: the number is not an open file descriptor.',
    effect: 'Vector 1 is cached: irq 26 stays allocated.',
  });
});

test('the call trace reads as the kernel calls', () => {
  const lines = traceLines(framesOf(replayOf(FAILED_ASSIGNMENT), 5)).filter(({ minor }) => !minor);
  expect(
    lines.map(({ depth, fn, args, ret }) => `${'  '.repeat(depth)}${fn}(${args})${ret}`).slice(2),
  ).toEqual([
    '  vfio_pci_set_irqs_ioctl(flags=0x24, index=2, start=1, count=1) = -EBADF',
    '    vfio_pci_set_msi_trigger(index=2, start=1, count=1, flags=0x24) = -EBADF',
    '      vfio_msi_set_block(start=1, count=1) = -EBADF',
    '        vfio_msi_set_vector_signal(vector=1, fd=999) = -EBADF',
    '          irq_bypass_unregister_producer(irq=26, ev=1)',
    '          pci_irq_vector(nr=1) = 26',
    '          free_irq(irq=26, ev=1)',
    '          eventfd_ctx_put(ev=1)',
    '          eventfd_ctx_fdget(fd=999) = -EBADF',
    '        vfio_msi_set_vector_signal(vector=1, fd=-1)',
  ]);
});

test('the why box names the check and its source', () => {
  const replayed = replayOf(FAILED_ASSIGNMENT);
  const [entry, run] = [replayed.script[4], runAt(replayed, 5)];
  if (entry === undefined || run === null || run === undefined) throw new Error('no run');
  const why = whyLine(entry, run, replayed.generation);
  expect(why).toMatchObject({
    title: 'SET_IRQS = -EBADF',
    source: 'Linux 6.12 fs/eventfd.c, eventfd_ctx_fdget; specification §6.4 step 7',
  });
  expect(why.sentences[0]).toBe('The number is not an open file descriptor.');
  const frames = framesOf(replayed, 5);
  const step = kernelSteps(frames).find(({ frame }) => frames[frame]?.fn === 'eventfd_ctx_fdget');
  const frame = step === undefined ? undefined : frames[step.frame];
  if (step === undefined || frame === undefined) throw new Error('no step');
  expect(whyStep(frame, step)).toMatchObject({ title: 'eventfd_ctx_fdget = -EBADF', failed: true });
});

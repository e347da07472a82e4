import { expect, test } from 'vitest';
import { CHECKS, type CheckId } from '../../src/kernel/checks.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { framesOf, runAt } from '../../src/session/replay.ts';
import { kernelSteps } from '../../src/session/steps.ts';
import { reasonClause } from '../../src/text/reason.ts';
import { previewOf, resultSentence } from '../../src/text/result.ts';
import { ledgerAt } from '../../src/views/sums.ts';
import { traceLines } from '../../src/views/trace/lines.ts';
import { type Why, whyLine } from '../../src/views/trace/why.ts';
import { citedSource } from '../../src/views/trace/whySource.ts';
import { whyStep } from '../../src/views/trace/whyStep.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

function sentence(text: string, line: number, generation: GenerationId = 'dynamic'): string {
  const replayed = replayOf(text, generation);
  const entry = replayed.script[line - 1];
  if (entry === undefined) throw new Error(`no line ${line}`);
  return resultSentence(line, entry, runAt(replayed, line));
}

test('describes a result in one or a few sentences', () => {
  expect(sentence(FAILED_ASSIGNMENT, 4)).toBe(
    'Line 4: SET_IRQS MSI-X vectors 0–2, fds 100 101 102 returned 0. Vectors 0–2 are attached to irqs 25–27.',
  );
  expect(sentence(FAILED_ASSIGNMENT, 5)).toBe(
    'Line 5: SET_IRQS MSI-X vector 1, fd 999 failed with EBADF. Vector 1 is cached: irq 26 stays allocated.',
  );
  expect(sentence(FAILED_ASSIGNMENT, 5, 'v3')).toBe(
    'Line 5: SET_IRQS MSI-X vector 1, fd 999 failed with EBADF. irq 26 of vector 1 is freed; the enabling call allocated it.',
  );
});

test('describes whether an interrupt is delivered, pending or coalesced', () => {
  const text = `${FAILED_ASSIGNMENT}\nraise 0\nraise 1\nraise 1\nset_irqs msix trigger none 0 0`;
  expect(sentence(text, 6)).toBe(
    'Line 6: raise 0 returned 0. The interrupt of vector 0 is delivered to fd 100.',
  );
  expect(sentence(text, 7)).toBe('Line 7: raise 1 returned 0. The interrupt of vector 1 stays pending.');
  expect(sentence(text, 8)).toContain('the interrupts are coalesced');
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

test('previews the result of a line and the reason', () => {
  const run = runAt(replayOf(FAILED_ASSIGNMENT), 5);
  if (run === null || run === undefined) throw new Error('no run');
  expect(previewOf(run)).toEqual({
    failed: true,
    answer: 'Will fail with EBADF: the number is not an open file descriptor.',
    effect: 'Vector 1 would be cached: irq 26 would stay allocated.',
  });
});

test('previews a teardown as one that has not happened', () => {
  const run = runAt(replayOf(`${FAILED_ASSIGNMENT}\nset_irqs msix trigger none 0 0`), 6);
  if (run === null || run === undefined) throw new Error('no run');
  expect(previewOf(run).effect).toContain('pci_free_irq_vectors would free 3 irqs.');
});

test('lists the kernel calls of a line with arguments and results', () => {
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

test('names the check and its source in the explanation of a failing line', () => {
  const replayed = replayOf(FAILED_ASSIGNMENT);
  const [entry, run] = [replayed.script[4], runAt(replayed, 5)];
  if (entry === undefined || run === null || run === undefined) throw new Error('no run');
  const why = whyLine(entry, run, replayed.generation);
  expect(why).toMatchObject({
    title: 'SET_IRQS = -EBADF',
  });
  expect(why.source === null ? null : citedSource(why.source)).toEqual({
    fn: 'eventfd_ctx_fdget',
    check: 'eventfd.closed',
    docs: 'docs/driver.md §6.4 step 7',
  });
  expect(why.sentences[0]).toBe('The number is not an open file descriptor.');
  const frames = framesOf(replayed, 5);
  const step = kernelSteps(frames).find(({ frame }) => frames[frame]?.fn === 'eventfd_ctx_fdget');
  const frame = step === undefined ? undefined : frames[step.frame];
  if (step === undefined || frame === undefined) throw new Error('no step');
  expect(whyStep(frame, step)).toMatchObject({ title: 'eventfd_ctx_fdget = -EBADF', failed: true });
});

test('mentions the policy of a kernel for kept and freed irqs only', () => {
  const whyAfter = (text: string) => {
    const replayed = replayOf(text);
    const last = replayed.script.length;
    const [entry, run] = [replayed.script[last - 1], runAt(replayed, last)];
    if (entry === undefined || run === null || run === undefined) throw new Error('no run');
    return whyLine(entry, run, replayed.generation);
  };
  expect(whyAfter(FAILED_ASSIGNMENT).policy).toBe(true);
  const attached = 'eventfd 100\nset_irqs msix trigger eventfd 0 [100 -1]\n';
  expect(whyAfter(`${attached}set_irqs msix trigger eventfd 0 [-1]`).policy).toBe(true);
  // the interrupt of an irq without a handler stays pending
  const raised = whyAfter(`${attached}raise 1`);
  expect(raised.sentences).toContain('The interrupt of vector 1 stays pending.');
  expect(raised.policy).toBe(false);
});

test.each([
  ['set_irqs intx trigger eventfd 0 [999]', 'intx', '§9'],
  ['set_irqs err trigger eventfd 0 [999]', 'err', '§10'],
  ['set_irqs msix trigger eventfd 0 [999]', 'msix', '§6.4 step 7'],
  ['set_irqs intx trigger eventfd 0 [100] ! request_irq=ENOTSUPP', 'an injected errno of intx', '§9, §12.2'],
])('%s: cites the section on its own part of the driver', (text, _, section) => {
  const replayed = replayOf(`eventfd 100\n${text}`, 'dynamic', 'e1000e');
  const [entry, run] = [replayed.script[1], runAt(replayed, 2)];
  if (entry === undefined || run === null || run === undefined) throw new Error('no run');
  expect(run.errno).toBe(text.includes('999') ? 'EBADF' : 'ENOTSUPP');
  const docsOf = ({ source }: Why) => (source === null ? null : citedSource(source).docs);
  expect(docsOf(whyLine(entry, run, replayed.generation))).toBe(`docs/driver.md ${section}`);
  const frames = framesOf(replayed, 2);
  const at = frames.findIndex(({ check }) => check === run.check);
  const frame = frames[at];
  if (frame === undefined) throw new Error('no call');
  expect(docsOf(whyStep(frame, { frame: at, at: 'return' }, run, frames))).toBe(`docs/driver.md ${section}`);
});

test('a reason inside a sentence keeps a capital letter only for a name', () => {
  for (const id of Object.keys(CHECKS).filter(isCheck)) {
    const [first = ''] = CHECKS[id].why.split(/[ ,:]/);
    const isName = /^(PCI|V2|INTx|MASK|UNMASK|Linux|ERR|DATA_BOOL)$/.test(first);
    const capital = /^[A-Z]/.test(reasonClause(id));
    expect([id, capital]).toEqual([id, isName]);
  }
});

function isCheck(name: string): name is CheckId {
  return Object.hasOwn(CHECKS, name);
}

// The values of GET_IRQ_INFO, GET_INFO, read and cfg_read, in every text that shows a result.

import { describe, expect, test } from 'vitest';
import { planOf } from '../../src/formats/c/plan.ts';
import { printProgram } from '../../src/formats/c/program.ts';
import { printSelftest } from '../../src/formats/c/selftest.ts';
import { scriptListing } from '../../src/formats/embed/listing.ts';
import { printMail } from '../../src/formats/review/mail.ts';
import { shortLine } from '../../src/formats/shortLine.ts';
import { straceLine } from '../../src/formats/strace.ts';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { Divergence } from '../../src/session/divergence.ts';
import { modelRuns } from '../../src/session/laneRuns.ts';
import { FIRST_LANES, kernelLane, laneSession } from '../../src/session/lanes.ts';
import { framesOf, replayWhole, runAt } from '../../src/session/replay.ts';
import { answerText } from '../../src/text/answer.ts';
import { outText } from '../../src/text/out.ts';
import { resultSentence } from '../../src/text/result.ts';
import { explain } from '../../src/views/compare/explain.ts';
import { laneLabels } from '../../src/views/compare/labels.ts';
import { statementText } from '../../src/views/compare/statement.ts';
import { mailParts } from '../../src/views/mail/parts.ts';
import { whyLine } from '../../src/views/trace/why.ts';
import { sessionOf } from '../views/sessionOf.ts';

const ENABLE = 'eventfd 100 6\nset_irqs msix trigger eventfd 0 [100]\n';

/** Script line, kernel, values as text, fields of the struct as strace prints it, and the values as a C program checks them. */
const SHOWN: readonly (readonly [string, GenerationId, string, string, readonly string[]])[] = [
  [
    'irq_info msix',
    'static',
    'EVENTFD|NORESIZE, count 8',
    '{argsz=16, flags=VFIO_IRQ_INFO_EVENTFD|VFIO_IRQ_INFO_NORESIZE, index=2, count=8}',
    ['(uint32_t)(VFIO_IRQ_INFO_EVENTFD | VFIO_IRQ_INFO_NORESIZE)', '8u'],
  ],
  [
    'irq_info msix',
    'dynamic',
    'EVENTFD, count 8',
    '{argsz=16, flags=VFIO_IRQ_INFO_EVENTFD, index=2, count=8}',
    ['(uint32_t)(VFIO_IRQ_INFO_EVENTFD)', '8u'],
  ],
  [
    'irq_info intx',
    'dynamic',
    'EVENTFD|MASKABLE|AUTOMASKED, count 1',
    '{argsz=16, flags=VFIO_IRQ_INFO_EVENTFD|VFIO_IRQ_INFO_MASKABLE|VFIO_IRQ_INFO_AUTOMASKED, index=0, count=1}',
    ['(uint32_t)(VFIO_IRQ_INFO_EVENTFD | VFIO_IRQ_INFO_MASKABLE | VFIO_IRQ_INFO_AUTOMASKED)', '1u'],
  ],
  [
    'device_info',
    'dynamic',
    'RESET|PCI, 9 regions, 5 irqs',
    '{argsz=20, flags=VFIO_DEVICE_FLAGS_RESET|VFIO_DEVICE_FLAGS_PCI, num_regions=9, num_irqs=5}',
    ['(uint32_t)(VFIO_DEVICE_FLAGS_RESET | VFIO_DEVICE_FLAGS_PCI)', '9u', '5u'],
  ],
  ['read 100', 'dynamic', '6', 'read(100, 6, 8)', ['6ULL']],
  ['cfg_read off=4 size=2', 'dynamic', '0x107', 'pread64(50, 0x107, 2, CONFIG+0x4)', ['263ULL']],
];

describe.each(SHOWN)('%s of %s', (line, id, values, struct, wanted) => {
  const session = sessionOf(`${ENABLE}${line}`, id);
  const replayed = replayWhole(session);
  const at = session.script.length;
  const entry = session.script[at - 1];
  const run = runAt(replayed, at);
  if (entry === undefined || run === null) throw new Error('the last line has run');
  const { op } = entry.line;

  test('one function prints the values', () => {
    expect(outText(op, run.out)).toBe(values);
  });

  test('script line and embed show the values', () => {
    expect(shortLine(op, run)).toBe(`${line} → ${values}`);
  });

  test('the mark of a changed result shows the values', () => {
    expect(answerText(op, run)).toBe(values);
  });

  test('the explanation of the call pane and the live region show the values', () => {
    expect(framesOf(replayed, at).length).toBeGreaterThanOrEqual(0);
    expect(whyLine(entry, run, replayed.generation).title).toContain(` = ${run.ret}: ${values}`);
    expect(resultSentence(at, entry, run)).toContain(` returned ${run.ret}: ${values}.`);
  });

  test('strace text shows the struct', () => {
    expect(straceLine(op, run)).toContain(struct);
    expect(scriptListing(replayed, 100)).toContain(struct);
  });

  test('the mail shows the values', () => {
    const text = printMail(mailParts([session, session])).replaceAll(/\s+/g, ' ');
    expect(text).toContain(`/* ${run.ret}, ${run.out?.value === undefined ? '' : 'value '}${values} */`);
  });

  test('the C programs check the values', () => {
    expect(planOf(session).lines.at(-1)).toMatchObject({ kind: 'call' });
    for (const want of wanted) {
      expect(printProgram(session)).toContain(`, ${want});`);
      expect(printSelftest(session)).toContain(`EXPECT_EQ(${want}, `);
    }
  });
});

test('unnamed flags stay numbers', () => {
  expect(outText({ op: 'irq_info', index: 2 }, { flags: 0x80000001, count: 0 })).toBe(
    'EVENTFD|0x80000000, count 0',
  );
  expect(outText({ op: 'irq_info', index: 2 }, { flags: 0, count: 0 })).toBe('0, count 0');
});

describe('Compare', () => {
  const compare = (line: string) => {
    const session = sessionOf(`${ENABLE}${line}`);
    const own = FIRST_LANES.flatMap((lane) => laneSession(lane, session) ?? []);
    const divergence = new Divergence(own.map((one) => modelRuns(replayWhole(one))));
    while (divergence.advance(100));
    const labels = laneLabels(FIRST_LANES, null);
    return explain(divergence, 3, labels).map((statement) => [statement.kind, statementText(statement)]);
  };

  test('names the flag that only some kernels return', () => {
    const [v3 = ''] = laneLabels([kernelLane('v3')], null);
    expect(compare('irq_info msix')).toEqual([
      ['return', `GET_IRQ_INFO of MSI-X: ≤ 6.4 static has NORESIZE, ${v3} and ≥ 6.5 dynamic do not.`],
    ]);
  });

  test('finds no difference in INTx, which never has NORESIZE', () => {
    expect(compare('irq_info intx')).toEqual([]);
  });
});

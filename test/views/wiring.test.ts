import { expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { machineAfter } from '../../src/session/replay.ts';
import { capabilityLines, driverLine } from '../../src/views/wiring/capability.ts';
import { interruptLines } from '../../src/views/wiring/interrupts.ts';
import { momentAt } from '../../src/views/wiring/moment.ts';
import { vectorRow, vectorsInUse } from '../../src/views/wiring/rows.ts';
import { rowSentence } from '../../src/views/wiring/sentence.ts';
import { specialRows } from '../../src/views/wiring/specialRows.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

function rowsAt(text: string, line: number, generation: GenerationId = 'dynamic', device = 'nvme') {
  const replayed = replayOf(text, generation, device);
  const moment = momentAt(replayed, { line, step: null });
  return [...vectorsInUse(moment).map((vector) => vectorRow(moment, vector)), ...specialRows(moment)].map(
    rowSentence,
  );
}

test('an attached vector has eventfd, irq and an unmasked entry', () => {
  expect(rowsAt(FAILED_ASSIGNMENT, 4)).toEqual([
    'Vector 0: attached, fd 100 count 0, irq 25, unmasked',
    'Vector 1: attached, fd 101 count 0, irq 26, unmasked',
    'Vector 2: attached, fd 102 count 0, irq 27, unmasked',
  ]);
});

test('≥ 6.5 keeps the irq of a vector whose assignment failed', () => {
  expect(rowsAt(FAILED_ASSIGNMENT, 5)[1]).toBe('Vector 1: cached, fd 999 EBADF, irq 26 allocated, masked');
});

test('V3 frees the irq of a vector whose assignment failed, and the row names it', () => {
  expect(rowsAt(FAILED_ASSIGNMENT, 5, 'v3')[1]).toBe('Vector 1: empty, fd 999 EBADF, irq 26 freed, masked');
});

test('a closed eventfd that is still attached is named "closed fd"', () => {
  expect(rowsAt('eventfd 100\nset_irqs msix trigger eventfd 0 [100]\nclose 100', 3)).toEqual([
    'Vector 0: attached, closed fd count 0, irq 25, unmasked',
  ]);
});

test('a raised attached vector is signalled, a raised cached vector is pending', () => {
  const text = `${FAILED_ASSIGNMENT}\nraise 0\nraise 1`;
  expect(rowsAt(text, 6)[0]).toBe('Vector 0: attached, fd 100 count 1, irq 25, unmasked, just signalled');
  expect(rowsAt(text, 7)[1]).toBe('Vector 1: cached, irq 26 allocated, masked, pending');
});

test('INTx, ERR and REQ have rows while they are in use', () => {
  const text = `eventfd 100
eventfd 101
set_irqs intx trigger eventfd 0 [100]
set_irqs err trigger eventfd 0 [101]
set_irqs req trigger eventfd 0 [101]`;
  expect(rowsAt(text, 5, 'dynamic', 'e1000e')).toEqual([
    'INTx: set, fd 100 count 0, irq 20, unmasked',
    'ERR: set, fd 101 count 0',
    'REQ: set, fd 101 count 0',
  ]);
});

test('the capability reads as lspci prints it', () => {
  const replayed = replayOf(FAILED_ASSIGNMENT);
  const [start, end] = [machineAfter(replayed, 0), machineAfter(replayed, 5)];
  if (start === undefined || end === undefined) throw new Error('no machines');
  expect(capabilityLines(start)).toEqual(['Capabilities: [40] MSI-X: Enable- Count=8 Masked-']);
  expect(capabilityLines(end)).toEqual(['Capabilities: [40] MSI-X: Enable+ Count=8 Masked-']);
  expect(driverLine(end)).toBe('irq_type=MSIX has_dyn_msix=1');
});

test('the host lists name the handlers of requested irqs and show allocated irqs without a name', () => {
  const end = machineAfter(replayOf(FAILED_ASSIGNMENT), 5);
  if (end === undefined) throw new Error('no machine');
  expect(interruptLines(end, 'dynamic').map(({ irq, name }) => `${irq} ${name}`)).toEqual([
    '25 vfio-msix[0](0000:00:04.0)',
    '26 null',
    '27 vfio-msix[2](0000:00:04.0)',
  ]);
});

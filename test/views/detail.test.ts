import { expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { lineCount, machineAfter } from '../../src/session/replay.ts';
import { detailsOf } from '../../src/views/wiring/detail.ts';
import { interruptLines, interruptText, isListed } from '../../src/views/wiring/interrupts.ts';
import { messageMeaning } from '../../src/views/wiring/message.ts';
import { momentAt } from '../../src/views/wiring/moment.ts';
import { deliveries } from '../../src/views/wiring/origin.ts';
import { overviewBlocks } from '../../src/views/wiring/overview.ts';
import { FAILED_ASSIGNMENT, replayOf } from './sessionOf.ts';

function at(text: string, row: number | string, generation: GenerationId = 'dynamic', device = 'nvme') {
  const replayed = replayOf(text, generation, device);
  const machine = machineAfter(replayed, lineCount(replayed));
  if (machine === undefined) throw new Error('no machine');
  return detailsOf(replayed, lineCount(replayed), machine, row).map(
    ({ title, facts }) => `${title}: ${facts.map(({ name, value }) => `${name} ${value}`).join('; ')}`,
  );
}

test('a cached vector: irq with its origin, no eventfd, an empty message', () => {
  expect(at(FAILED_ASSIGNMENT, 1)).toEqual([
    'eventfd: eventfd none',
    'ctx[1]: ctx none',
    'irq 26: allocated since line 4, pci_alloc_irq_vectors; handler not requested: cached; freed by pci_free_irq_vectors, at a mode change or when the device is closed; chip IR-PCI-MSIX-0000:00:04.0 hwirq 1; CPU vector reserved',
    'MSI-X entry 1: address 00000000 00000000; data 00000000; meaning zero: no destination; mask bit 1: masked; pending bit 0',
  ]);
});

test('an eventfd of two vectors lists its references and the refused producer', () => {
  const details = at('eventfd 100\nset_irqs msix trigger eventfd 0 [100 100]\nclose 100', 1);
  expect(details[0]).toBe(
    'eventfd object 0: descriptor closed; the kernel has a reference; counter 0; references 2: ctx[0], ctx[1]',
  );
  expect(details[1]).toContain('EBUSY: irq 25 has the producer of this eventfd');
});

test('the pin and ERR have details of their own', () => {
  const text = 'eventfd 100\nset_irqs intx trigger eventfd 0 [100]\nset_irqs err trigger eventfd 0 [100]';
  expect(at(text, 'INTx', 'dynamic', 'e1000e')[0]).toContain(
    'references 3: open file, intx trigger, err_trigger',
  );
  expect(at(text, 'ERR', 'dynamic', 'e1000e')).toHaveLength(1);
});

test.each([
  [{ addressLow: 0, addressHigh: 0, data: 0 }, /^zero/],
  [{ addressLow: 0xfee00218, addressHigh: 0, data: 0 }, /entry 16 /],
  [{ addressLow: 0xfee0001c, addressHigh: 0, data: 0 }, /entry 32768 /],
  [{ addressLow: 0xfee00000, addressHigh: 0, data: 0xef }, /^placeholder/],
  [{ addressLow: 0xfee01004, addressHigh: 0, data: 0x22 }, /^APIC 1, CPU vector 0x22/],
  [{ addressLow: 0x1000, addressHigh: 0, data: 1 }, /^not an x86 interrupt address/],
])('the message %o reads as %o', (message, meaning) => {
  expect(messageMeaning(message)).toMatch(meaning);
});

test('/proc/interrupts on 6.12 and on 6.1; a counted irq stays listed without a handler', () => {
  const text = FAILED_ASSIGNMENT.replace(
    'set_irqs msix trigger eventfd 1',
    'raise 1\nset_irqs msix trigger eventfd 1',
  );
  const listed = (generation: GenerationId) => {
    const replayed = replayOf(text, generation);
    const machine = machineAfter(replayed, lineCount(replayed));
    if (machine === undefined) throw new Error('no machine');
    const counts = deliveries(replayed, lineCount(replayed));
    return interruptLines(machine, generation, counts).filter(isListed).map(interruptText);
  };
  expect(listed('dynamic')).toEqual([
    '  25:          0  IR-PCI-MSIX-0000:00:04.0    0-edge      vfio-msix[0](0000:00:04.0)',
    '  26:          1  IR-PCI-MSIX-0000:00:04.0    1-edge    ',
    '  27:          0  IR-PCI-MSIX-0000:00:04.0    2-edge      vfio-msix[2](0000:00:04.0)',
  ]);
  expect(listed('static')[0]).toContain('IR-PCI-MSI 65536-edge');
});

test('the overview joins equal neighbours and never hides a failure', () => {
  const minus = Array.from({ length: 2047 }, () => '-1').join(' ');
  const text = `eventfd 100\nset_irqs msix trigger eventfd 0 [100 ${minus}]\nset_irqs msix trigger eventfd 1024 [999]`;
  const moment = momentAt(replayOf(text, 'dynamic', 'nvme2048'), { line: 3, step: null });
  const blocks = overviewBlocks(moment, 2048, 128, (vector) => vector);
  expect(blocks).toEqual([
    { kind: 'cached', from: 0, to: 1024 },
    { kind: 'failed', from: 1024, to: 1040 },
    { kind: 'cached', from: 1040, to: 2048 },
  ]);
  expect(overviewBlocks(moment, 0, 128, () => -1)).toEqual([]);
});

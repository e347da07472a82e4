// A pin whose irq has another driver's handler: the rule of __setup_irq, read in the kernel's source. The first device line is a
// reader's case.

import { describe, expect, it, test } from 'vitest';
import { interruptLines, interruptText } from '../../src/views/wiring/interrupts.ts';
import { runs } from './play.ts';

function enabling(facts: string) {
  const made = runs(`device e1000e ${facts}\nset_irqs intx trigger eventfd 0 [10]`, 'dynamic').at(-1);
  if (made === undefined) throw new Error('no line');
  return made;
}

const log = (facts: string) =>
  enabling(facts).happenings.flatMap((one) => (one.kind === 'log' ? [one.text] : []));

describe('INTx on an irq with another handler', () => {
  test.each([
    ['shared', 'no', 'persistent', 'EBUSY'],
    ['exclusive', 'no', 'persistent', 'EBUSY'],
    ['exclusive', 'yes', 'persistent', 'EBUSY'],
    ['exclusive', 'yes', 'legacy', 'EBUSY'],
    ['shared', 'no', 'legacy', 'EBUSY'],
    ['shared', 'yes', 'persistent', null],
    ['shared', 'yes', 'legacy', null],
    ['alone', 'no', 'persistent', null],
  ])('%s, interrupt disable bit works: %s, %s: %s', (shared, works, intx, errno) => {
    const made = enabling(`device.pci_2_3=${works} host.pinShared=${shared} host.intx=${intx}`);
    expect(made).toMatchObject({ errno, check: errno === null ? null : 'intx.pin-busy' });
    if (errno === null) return;
    // nothing is left behind
    expect(made.after.vdev).toEqual(made.before.vdev);
    expect(made.after.eventfds).toEqual(made.before.eventfds);
    expect(made.frames.find(({ check }) => check === 'intx.pin-busy')?.fn).toBe('request_irq');
  });

  it('fails only for INTx: MSI-X has irqs of its own', () => {
    const made = runs(
      `device e1000e device.pci_2_3=no host.pinShared=exclusive
set_irqs intx trigger eventfd 0 [10]
set_irqs msix trigger eventfd 0 [10]`,
      'dynamic',
    );
    expect(made.map(({ errno }) => errno)).toEqual(['EBUSY', null]);
  });

  it('is logged with the flags of both handlers', () => {
    expect(log('device.pci_2_3=no host.pinShared=shared')).toEqual([
      'genirq: Flags mismatch irq 20. 00000000 (vfio-intx(0000:00:04.0)) vs. 00000080 (other-driver)',
    ]);
    expect(log('host.pinShared=exclusive')).toEqual([
      'genirq: Flags mismatch irq 20. 00000080 (vfio-intx(0000:00:04.0)) vs. 00000000 (other-driver)',
    ]);
    expect(log('host.pinShared=shared')).toEqual([]);
  });

  it('has IRQF_NO_AUTOEN in the log while the guest disables INTx', () => {
    const made = runs(
      `device e1000e device.pci_2_3=no host.pinShared=shared
cfg_write off=4 size=2 value=0x407
set_irqs intx trigger eventfd 0 [10]`,
      'dynamic',
    ).at(-1);
    expect(made?.happenings).toEqual([
      {
        kind: 'log',
        text: 'genirq: Flags mismatch irq 20. 00080000 (vfio-intx(0000:00:04.0)) vs. 00000080 (other-driver)',
      },
    ]);
  });

  it('shows both names in /proc/interrupts, the earlier one first', () => {
    const { before, after } = enabling('host.pinShared=shared');
    const pin = (machine: typeof before) => interruptLines(machine, 'dynamic').map(interruptText);
    expect(pin(before)).toEqual(['  20:          0  IR-IO-APIC   20-fasteoi   other-driver']);
    expect(pin(after)).toEqual([
      '  20:          0  IR-IO-APIC   20-fasteoi   other-driver, vfio-intx(0000:00:04.0)',
    ]);
  });
});

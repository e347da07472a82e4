// VFIO_DEVICE_PCI_HOT_RESET and its info: read in the kernel's source, in no recording, because the recorded devices are on a root
// bus. The first script is a reader's case.

import { describe, expect, it, test } from 'vitest';
import { GENERATION_IDS } from '../../src/kernel/generations/generation.ts';
import { PCI_COMMAND_INTX_DISABLE } from '../../src/uapi/pciRegs.ts';
import { play, runs } from './play.ts';

const POSSIBLE = 'device e1000e device.hotReset=yes';

function last(text: string) {
  const made = runs(text, 'dynamic').at(-1);
  if (made === undefined) throw new Error('no line');
  return made;
}

describe('a hot reset', () => {
  test.each(GENERATION_IDS)(
    'keeps contexts, irqs and eventfds, and interrupts arrive after it (%s)',
    (id) => {
      const script = `${POSSIBLE}
set_irqs msix trigger eventfd 0 [10 11]
hot_reset
raise 0
read 10`;
      const made = runs(script, id);
      const [bound, reset, raised, read] = made;
      expect(made.map(({ errno }) => errno)).toEqual([null, null, null, null]);
      expect(reset?.after.vdev.ctx).toEqual(bound?.after.vdev.ctx);
      expect(reset?.after.domain).toEqual(bound?.after.domain);
      expect(reset?.after.pci.entries.get(0)).toEqual(bound?.after.pci.entries.get(0));
      expect(raised?.happenings).toContainEqual({ kind: 'signal', ev: 0, by: 'interrupt' });
      expect(read?.out?.value).toBe(1n);
    },
  );

  it('names the functions of the kernel', () => {
    const { frames } = last(`${POSSIBLE}\nset_irqs msix trigger eventfd 0 [10]\nhot_reset`);
    expect(frames.map(({ fn, depth }) => `${depth} ${fn}`)).toEqual([
      '0 vfio_pci_ioctl_pci_hot_reset',
      '1 vfio_pci_dev_set_hot_reset',
      '2 pci_reset_bus',
      '3 pci_intx',
    ]);
  });

  it('takes from the device what its function reset keeps', () => {
    const stale = `set_irqs msix trigger eventfd 0 [10 11]
set_irqs msix trigger eventfd 1 [-1]
raise 1
set_irqs msix trigger none 0 0
`;
    const pin = 'set_irqs intx trigger eventfd 0 [10]\nraise 0\n';
    for (const [line, kept] of [
      ['reset', true],
      ['hot_reset', false],
    ] as const) {
      expect(last(`${POSSIBLE}\n${stale}${line}`).after.pci.entries.size > 0).toBe(kept);
      expect(last(`${POSSIBLE}\n${pin}${line}`).after.pci.pinAsserted).toBe(kept);
    }
  });

  it('drops an interrupt that was pending', () => {
    const script = `${POSSIBLE}
set_irqs msix trigger eventfd 0 [10 11]
set_irqs msix trigger eventfd 1 [-1]
raise 1 # look
hot_reset
set_irqs msix trigger eventfd 1 [11]`;
    expect(play(script, 'dynamic')).toEqual([
      '0',
      '0',
      'stays pending: MSI-X irqs {0 1} attached {0:10} pending {1}',
      '0: MSI-X irqs {0 1} attached {0:10 1:11}',
    ]);
  });

  it('restores the command register, with INTx disabled under MSI-X', () => {
    const { before, after } = last(
      `${POSSIBLE}\nset_irqs msix trigger eventfd 0 [10]\ncfg_write off=4 size=2 value=6\nhot_reset`,
    );
    expect(after.pci.command).toBe(before.pci.command | PCI_COMMAND_INTX_DISABLE);
  });

  it('brings the device back to D0', () => {
    const script = `device nvme device.hotReset=yes\ncfg_write off=0x64 size=2 value=3\nhot_reset`;
    const { before, after } = last(script);
    expect([before.pci.d3hot, after.pci.d3hot]).toEqual([true, false]);
  });

  it('restores no table while memory decoding is off on a kernel before the repair', () => {
    const script = (restore: string) => `device nvme device.hotReset=yes host.resetRestore=${restore}
set_irqs msix trigger eventfd 0 [10]
cfg_write off=4 size=2 value=0
hot_reset
cfg_write off=4 size=2 value=6
raise 0`;
    expect(play(script('memory-on'), 'dynamic').at(-1)).toBe('signals 10');
    expect(play(script('memory-as-is'), 'dynamic').at(-1)).toBe('stays pending');
  });

  it('logs two warnings where a function reset does', () => {
    const log = last('device e1000e device.hotReset=yes host.resetWarns=yes\nhot_reset').happenings;
    expect(log).toEqual([
      { kind: 'log', text: 'vfio-pci 0000:00:04.0: resetting' },
      { kind: 'log', text: 'vfio-pci 0000:00:04.0: reset done' },
    ]);
  });

  it('fails with ENODEV where neither slot nor bus can be reset, and changes nothing', () => {
    const made = last('device e1000e\nset_irqs msix trigger eventfd 0 [10]\nhot_reset');
    expect(made).toMatchObject({ ret: -1, errno: 'ENODEV', check: 'hot_reset.none' });
    expect(made.after).toEqual(made.before);
  });

  it('fails with EBADF on a closed device', () => {
    expect(last(`${POSSIBLE}\nrelease\nhot_reset`)).toMatchObject({
      errno: 'EBADF',
      check: 'ioctl.device-closed',
    });
  });

  it('comes with the last close of a device that has no function reset', () => {
    const close = (facts: string) =>
      last(`device edu ${facts}\nset_irqs intx trigger eventfd 0 [10]\nraise 0\nrelease`);
    const calls = (facts: string) => close(facts).frames.map(({ fn }) => fn);
    expect(calls('device.hotReset=yes')).toContain('pci_reset_bus');
    expect(calls('')).not.toContain('pci_reset_bus');
    expect(calls('device.hotReset=yes device.reset=yes')).not.toContain('pci_reset_bus');
    expect(close('device.hotReset=yes').after.pci.pinAsserted).toBe(false);
    expect(close('').after.pci.pinAsserted).toBe(true);
  });
});

describe('the info about a hot reset', () => {
  test.each([
    ['device.hotReset=no', 'hot_reset_info', 'ENODEV', 'hot_reset.none'],
    ['device.hotReset=no', 'hot_reset_info short', 'ENODEV', 'hot_reset.none'],
    ['device.hotReset=yes', 'hot_reset_info short', 'ENOSPC', 'hot_reset.space'],
    ['device.hotReset=yes', 'hot_reset_info', null, null],
  ])('%s: %s gives %s', (facts, line, errno, check) => {
    const made = last(`device e1000e ${facts}\nset_irqs msix trigger eventfd 0 [10]\n${line}`);
    expect(made).toMatchObject({ errno, check });
    expect(made.after).toEqual(made.before);
  });
});

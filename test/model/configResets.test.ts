// Resets and power states that a guest starts through config space. The first script is a reader's case.

import { describe, expect, it, test } from 'vitest';
import { effects } from '../../src/text/effects.ts';
import { play, runs } from './play.ts';

function last(text: string) {
  const made = runs(text, 'dynamic').at(-1);
  if (made === undefined) throw new Error('no line');
  return made;
}

const calls = (text: string) => last(text).frames.map(({ fn }) => fn);

/** FLR by Device Control, then D3hot and D0 by the control word of power management, on the recorded NVMe. */
const CASE = (device: string) => `${device}
set_irqs msix trigger eventfd 0 [10]
cfg_write off=0x88 size=2 value=0x8000
cfg_write off=0x64 size=2 value=0x3
raise 0
cfg_write off=0x64 size=2 value=0x0
raise 0`;

describe('a function level reset and D3hot by config space', () => {
  it('resets the function and restores the vector', () => {
    const [bound, reset] = runs(CASE('device nvme msix=4'), 'dynamic');
    expect(reset?.frames.map(({ fn }) => fn)).toEqual([
      'vfio_pci_config_rw',
      'pci_try_reset_function',
      'pci_intx',
    ]);
    expect(reset?.after.domain).toEqual(bound?.after.domain);
    expect(reset?.after.pci.entries.get(0)).toEqual(bound?.after.pci.entries.get(0));
    expect(reset?.unmodelled).toBeUndefined();
  });

  it('raises in D3hot on the recorded devices, and only in D0 on a silent one', () => {
    expect(play(CASE('device nvme msix=4'), 'dynamic')).toEqual([
      '0: MSI-X irqs {0} attached {0:10}',
      'signals 10',
      'signals 10',
    ]);
    expect(play(CASE('device nvme msix=4 device.power.silent=yes'), 'dynamic')).toEqual([
      '0: MSI-X irqs {0} attached {0:10}',
      'EIO',
      'signals 10',
    ]);
  });

  test.each([
    ['device.afReset=0x54', 'cfg_write off=0x54 size=1 value=1', true],
    ['device.afReset=0x54', 'cfg_write off=0x50 size=4 value=0x1000000', false],
    ['device.afReset=0x54', 'cfg_write off=0x54 size=1 value=2', false],
    ['', 'cfg_write off=0x54 size=1 value=1', false],
    ['device.functionReset=0x78', 'cfg_write off=0x79 size=1 value=0x80', true],
    ['device.functionReset=0x78', 'cfg_write off=0x78 size=2 value=0x2810', false],
  ])('edu with a reset and %s: %s starts one: %s', (facts, line, resets) => {
    expect(calls(`device edu device.reset=yes ${facts}\n${line}`).includes('pci_try_reset_function')).toBe(
      resets,
    );
  });
});

describe('a silent device in D3hot', () => {
  const off = (soft: string) => `device nvme device.power.silent=yes device.power.noSoftReset=${soft}
set_irqs msix trigger eventfd 0 [10 11]
set_irqs msix trigger eventfd 1 [-1]
cfg_write off=0x64 size=2 value=0x3
`;

  it('drops writes to its mask bits', () => {
    const { before, after } = last(`${off('yes')}set_irqs msix trigger eventfd 0 [-1]`);
    expect(after.domain.descs.get(0)?.handler).toBeNull();
    expect(after.pci.entries.get(0)).toEqual(before.pci.entries.get(0));
  });

  it('loses its table on the way to D0 without No_Soft_Reset, and the kernel restores allocated vectors', () => {
    const { before, after, frames } = last(`${off('no')}cfg_write off=0x64 size=2 value=0`);
    expect(frames.map(({ fn }) => fn)).toContain('pci_intx');
    expect(after.pci.entries.get(0)).toEqual(before.pci.entries.get(0));
    expect(after.pci.msixEnabled).toBe(true);
  });

  it('lowers its pin', () => {
    const script = `device e1000e device.power.silent=yes
raise 0
cfg_write off=0xcc size=2 value=0x3`;
    const { before, after } = last(script);
    expect([before.pci.pinAsserted, after.pci.pinAsserted]).toEqual([true, false]);
  });

  it('answers in D0', () => {
    expect(
      play('device nvme device.power.silent=yes\nset_irqs msix trigger eventfd 0 [10]\nraise 0', 'v3'),
    ).toEqual(['0: MSI-X irqs {0} attached {0:10}', 'signals 10']);
  });
});

describe('a write to a register that the model does not have', () => {
  const said = (text: string) => effects(last(text)).join(' ');

  test.each([
    ['device e1000e\ncfg_write off=0xe8 size=2 value=0x8000', true],
    ['device edu\ncfg_write off=0x64 size=2 value=0x3', true],
    ['device nvme\ncfg_write off=0x68 size=2 value=0x3', true],
    ['device nvme\ncfg_write off=0x100 size=4 value=1', true],
    // these are modelled, or cannot act on interrupts
    ['device nvme\ncfg_write off=0x88 size=2 value=0x10', false],
    ['device nvme\ncfg_write off=0x64 size=2 value=0', false],
    ['device nvme\ncfg_write off=0x65 size=1 value=1', false],
    ['device nvme\ncfg_write off=0x42 size=2 value=0x8000', false],
    ['device nvme\ncfg_write off=0x10 size=4 value=0xfebd0000', false],
    ['device nvme\ncfg_write off=4 size=2 value=6', false],
    ['device e1000e\ncfg_write off=0xd2 size=2 value=0x81', false],
  ])('%s is said to have no effect: %s', (text, unknown) => {
    expect(last(text).unmodelled ?? false).toBe(unknown);
    expect(said(text).includes('This register is not modelled')).toBe(unknown);
    expect(last(text).ret).toBeGreaterThan(0);
  });

  it('says nothing of a write that the kernel refuses', () => {
    expect(last('device edu\ncfg_write off=0x100 size=1 value=1').unmodelled).toBeUndefined();
  });
});

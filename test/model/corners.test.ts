// Corners that the kernel's source settles and no recording shows, and which check is named as the reason.

import { describe, expect, it } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { run } from '../../src/kernel/run.ts';
import type { Device } from '../../src/machine/device.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';

/** Runs a script and gives its last run; `device` overrules facts of the device. */
function last(text: string, device: Partial<Device> = {}) {
  const { script, problems } = parseScript(text);
  expect(problems).toEqual([]);
  const start = scriptMachine(script.device, null);
  if (!start.ok) throw new Error(JSON.stringify(start.problems));
  const booted = start.value.machine;
  let machine = { ...booted, device: { ...booted.device, ...device } };
  let made: ReturnType<typeof run> | undefined;
  for (const { line } of script.lines) {
    made = run(start.value.generation, machine, line, { frames: true });
    machine = made.after;
  }
  if (made === undefined) throw new Error('no line');
  return made;
}

describe('an eventfd that is both trigger and unmask eventfd', () => {
  const storm = `device edu
eventfd 100
set_irqs intx trigger eventfd 0 [100]
set_irqs intx unmask eventfd 0 [100]
raise 0
`;

  it.each([true, false])('goes round until the pin is taken back (INTx disable bit works: %s)', (pci_2_3) => {
    expect(last(storm, { pci_2_3 }).after.vdev.intx).toMatchObject({ masked: true, looping: true });
    expect(last(`${storm}lower\n`, { pci_2_3 }).after.vdev.intx).toMatchObject({
      masked: false,
      looping: false,
    });
  });
});

describe('a write of 0 to the unmask eventfd', () => {
  it('unmasks: eventfd_write wakes its waiters whatever was added', () => {
    const { after } = last(`device edu
eventfd 100
eventfd 101
set_irqs intx trigger eventfd 0 [100]
set_irqs intx unmask eventfd 0 [101]
set_irqs intx mask none 0 1
write 101 0
`);
    expect(after.vdev.intx?.masked).toBe(false);
  });
});

describe('config space', () => {
  it('refuses an access that reaches past its end, as vfio_config_do_rw does before it copies anything', () => {
    expect(last('device edu\ncfg_read off=254 size=4\n').errno).toBe('EFAULT');
    expect(last('device nvme\ncfg_read off=4092 size=4\n').errno).toBeNull();
  });

  it('writes the virtual MSI control word to hardware when the two bytes before it are written', () => {
    const { after } = last(`device e1000e
eventfd 100
set_irqs msi trigger eventfd 0 [100]
cfg_write off=0xd0 size=2 value=0
`);
    expect(after.pci.msi.enabled).toBe(false);
  });

  it('keeps the bits of the command register that no device has', () => {
    expect(last('device nvme\ncfg_write off=4 size=2 value=0x147\n').after.pci.command).toBe(0x107);
  });
});

describe('the check that is named as the reason', () => {
  it.each(['static', 'v2', 'v3', 'dynamic'])(
    '%s: a closed fd, not what the undoing met on its way',
    (generation) => {
      const made = last(`device nvme ${generation}
eventfd 100
set_irqs msix trigger eventfd 0 [100 -1]
set_irqs msix trigger eventfd 0 [100 777]
`);
      expect([made.errno, made.check]).toEqual(['EBADF', 'eventfd.closed']);
    },
  );

  it('of a positive return is that there were too few vectors', () => {
    const made = last(`device xhci noremap
eventfd 100
set_irqs msi trigger eventfd 0 [100 100]
`);
    expect([made.ret, made.check]).toEqual([1, 'msi.too-few']);
  });
});

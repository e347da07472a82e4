// Behaviour that follows from the kernel's source without a recording, and the checks named as reasons.

import { describe, expect, it } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { GENERATION_IDS } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { PRESETS } from '../../src/kernel/presets.ts';
import { run } from '../../src/kernel/run.ts';
import { bootMachine } from '../../src/machine/boot.ts';
import type { Device } from '../../src/machine/device.ts';
import { deviceByName } from '../../src/machine/devices.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';

/** Runs a script and returns its last run; `device` replaces facts of the device. */
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

  it.each([true, false])(
    'signals in a loop until the device lowers its pin (INTx disable bit works: %s)',
    (pci_2_3) => {
      expect(last(storm, { pci_2_3 }).after.vdev.intx).toMatchObject({ masked: true, looping: true });
      expect(last(`${storm}lower\n`, { pci_2_3 }).after.vdev.intx).toMatchObject({
        masked: false,
        looping: false,
      });
    },
  );
});

describe('a write of 0 to the unmask eventfd', () => {
  it('unmasks, because eventfd_write wakes its waiters for every value', () => {
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
  it('fails an access past its end before any copy, like vfio_config_do_rw', () => {
    expect(last('device edu\ncfg_read off=254 size=4\n').errno).toBe('EFAULT');
    expect(last('device nvme\ncfg_read off=4092 size=4\n').errno).toBeNull();
  });

  it('writes the virtual MSI control word to hardware after a write to the two bytes before it', () => {
    const { after } = last(`device e1000e
eventfd 100
set_irqs msi trigger eventfd 0 [100]
cfg_write off=0xd0 size=2 value=0
`);
    expect(after.pci.msi.enabled).toBe(false);
  });

  it('ignores command register bits that no device has', () => {
    expect(last('device nvme\ncfg_write off=4 size=2 value=0x147\n').after.pci.command).toBe(0x107);
  });
});

describe('the check that is named as the reason', () => {
  it.each(GENERATION_IDS)('%s: is the closed descriptor and not a check of the unwind', (generation) => {
    const made = last(`device nvme ${generation}
eventfd 100
set_irqs msix trigger eventfd 0 [100 -1]
set_irqs msix trigger eventfd 0 [100 777]
`);
    expect([made.errno, made.check]).toEqual(['EBADF', 'eventfd.closed']);
  });

  it('of a positive return is too few vectors', () => {
    const made = last(`device xhci noremap
eventfd 100
set_irqs msi trigger eventfd 0 [100 100]
`);
    expect([made.ret, made.check]).toEqual([1, 'msi.too-few']);
  });
});

describe('opening a device that is open', () => {
  const attached = `device nvme
eventfd 100
set_irqs msix trigger eventfd 0 [100]
`;

  it('gives one more descriptor and leaves the interrupts alone', () => {
    const { ret, after, before, frames } = last(`${attached}reopen\n`);
    expect([ret, before.openCount, after.openCount]).toEqual([0, 1, 2]);
    expect([after.vdev, after.domain, after.pci]).toEqual([before.vdev, before.domain, before.pci]);
    expect(frames).toEqual([]);
  });

  it('closes the device with the last descriptor only', () => {
    const once = last(`${attached}reopen\nrelease\n`);
    expect([once.ret, once.after.openCount, once.after.domain.descs.size, once.frames]).toEqual([
      0,
      1,
      1,
      [],
    ]);
    const twice = last(`${attached}reopen\nrelease\nrelease\n`);
    expect([twice.after.openCount, twice.after.domain.descs.size]).toEqual([0, 0]);
    expect(twice.frames[0]?.fn).toBe('vfio_pci_core_close_device');
    expect(last(`${attached}reopen\nrelease\nrelease\nrelease\n`).errno).toBe('EBADF');
  });

  it('enables the device again once it was closed', () => {
    const { frames, after } = last(`${attached}reopen\nrelease\nrelease\nreopen\n`);
    expect([frames[0]?.fn, after.openCount]).toEqual(['vfio_pci_core_enable', 1]);
  });
});

describe('a write to the unmask eventfd', () => {
  const calls = (text: string) => last(text).frames.map(({ fn, depth, ret }) => [fn, depth, ret]);
  const masked = `device edu
eventfd 100
eventfd 101
set_irqs intx trigger eventfd 0 [100]
set_irqs intx unmask eventfd 0 [101]
`;

  it('runs virqfd_wakeup and the unmask handler', () => {
    expect(calls(`${masked}set_irqs intx mask none 0 1\nwrite 101 1\n`)).toEqual([
      ['virqfd_wakeup', 0, 0],
      ['vfio_pci_intx_unmask_handler', 1, 0],
    ]);
  });

  it('signals again from a work queue while the pin is asserted', () => {
    expect(calls(`${masked}raise 0\nwrite 101 1\n`)).toEqual([
      ['virqfd_wakeup', 0, 0],
      ['vfio_pci_intx_unmask_handler', 1, 1],
      ['eventfd_signal', 1, undefined],
    ]);
  });

  it('runs no function of vfio-pci for another eventfd', () => {
    expect(calls(`${masked}write 100 1\n`)).toEqual([]);
  });
});

describe('an injected error of irq_bypass_register_producer', () => {
  it.each(['ENOMEM', 'EINVAL', 'EBUSY'])('keeps %s in the call while the ioctl returns 0', (errno) => {
    const { ret, check, frames } = last(`device nvme
eventfd 100
set_irqs msix trigger eventfd 0 [100] ! irq_bypass_register_producer=${errno}
`);
    const producer = frames.find(({ fn }) => fn === 'irq_bypass_register_producer');
    expect([ret, check, producer?.ret, producer?.check]).toEqual([0, null, errno, 'fault.injected']);
  });
});

describe.each(PRESETS.map((preset) => [preset.label, preset] as const))(
  'the warning about reservations on %s',
  (_, { generation, host }) => {
    const nvme = deviceByName('nvme2048') ?? expect.fail('no nvme2048');
    const made = GENERATIONS.find(({ id }) => id === generation) ?? expect.fail('no generation');
    const warnings = (vectors: number) => {
      const { script } = parseScript(
        `eventfd 100\nset_irqs msix trigger eventfd 0 [${'100 '.repeat(vectors)}]`,
      );
      let run_: ReturnType<typeof run> | undefined;
      let machine = bootMachine(nvme, host);
      for (const { line } of script.lines) {
        run_ = run(made, machine, line);
        machine = run_.after;
      }
      return run_?.happenings.filter(({ kind }) => kind === 'log').length;
    };

    it('begins at the 185th vector', () => {
      expect([184, 185, 186].map(warnings)).toEqual([0, 1, 1]);
    });
  },
);

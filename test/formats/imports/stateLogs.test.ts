// Logs and test output: the explanation of each line, the facts of the host, and what the text cannot say.
import { describe, expect, test } from 'vitest';
import { recogniseText } from '../../../src/formats/imports/scan.ts';
import { run } from '../../../src/kernel/run.ts';
import { scriptMachine } from '../../../src/session/scriptMachine.ts';
import { readText } from './read.ts';
import { devicesOf, facts, read, said, whys } from './stateTexts.ts';

describe('kernel log', () => {
  test('wins over a kernel probe when a call trace names the function of SET_IRQS', () => {
    const text = `[  210.1] Call Trace:
[  210.2]  vfio_pci_set_irqs_ioctl+0x88/0xb0 [vfio_pci]
`;
    expect(recogniseText(text).found?.format.id).toBe('kernel-log');
    const probe =
      'qemu-1 [002] 5.1: vfio_set_irqs: (vfio_pci_set_irqs_ioctl+0x0/0x110 [vfio_pci_core]) flags=0x21 index=2 start=0 count=0';
    expect(recogniseText(probe).found?.format.id).toBe('kprobe');
  });

  test('explains a refused bypass producer, the damaged list and the stack', () => {
    const { summary, lines, rows } = read('kernel-log/good');
    expect(lines).toEqual([]);
    expect(summary).toMatchObject({ bad: 0 });
    expect(rows[5]?.what).toMatch(
      /^vfio_msi_set_vector_signal: irq_bypass_register_producer returned EBUSY: .*SET_IRQS returns 0/,
    );
    expect(rows[14]?.what).toBe('irq_bypass_unregister_producer: removing a bypass producer');
    expect(rows[22]?.what).toBe('a message of vfio that irqscope does not know');
    expect(rows[23]?.what).toBe('another message of the kernel');
    expect(summary.device).toMatchObject({ generation: 'static', noRemap: false });
    expect(said('kernel-log/good')).toMatch(
      /second vector of 0000:42:00\.0.*bpftrace vfio-irqs\.bt PID.*before 5\.10.*vfio_pci_set_irqs_ioctl down to irq_bypass_unregister_producer/,
    );
  });

  test('explains a shared pin, and makes a device whose irq is not shared', () => {
    const { summary, rows } = read('kernel-log/shared-pin');
    expect(rows[1]?.what).toBe(
      '__setup_irq: vfio-intx(0000:03:00.0) cannot use irq 16, which i801_smbus holds (not shared by vfio-intx(0000:03:00.0)); request_irq returns EBUSY, and so does SET_IRQS',
    );
    expect(facts(summary.device)).toEqual({
      'device.bdf': '0000:03:00.0',
      'device.pci_2_3': false,
      'host.pinIrq': 16,
      'host.pinShared': 'shared',
    });
    expect(said('kernel-log/shared-pin')).toContain('nointxmask');
    expect(facts(read('kernel-log/shared-pin', '0000:04:00.0').summary.device)).toMatchObject({
      'device.nointx': true,
    });
  });

  test('names the handlers of a disabled irq', () => {
    const what = read('kernel-log/nobody-cared').rows.map((row) => row.what);
    expect(what).toContain('a handler on this irq: vfio_intx_handler of vfio_pci_core');
    expect(what.at(-1)).toMatch(/^note_interrupt: the kernel disables irq 16/);
    expect(read('kernel-log/nobody-cared').summary.device).toMatchObject({ generation: 'dynamic' });
  });

  test('learns whether the host remaps interrupts', () => {
    expect(read('kernel-log/remapping').summary.device).toMatchObject({ noRemap: true });
    const on = readText('[    0.1] DMAR-IR: Enabled IRQ remapping in xapic mode\n').summary;
    expect(on.device).toMatchObject({ noRemap: false });
    expect(on.assumed).toContain('The host remaps interrupts.');
  });

  test.each([
    ['vfio-pci 0000:03:00.0: vfio_bar_restore: reset recovery - restoring BARs', 'vfio_bar_restore: '],
    ['vfio-pci 0000:03:00.0: Relaying device request to user (#0)', 'vfio_pci_core_request: '],
    [
      'vfio-pci: probe of 0000:04:00.0 failed with error -22',
      'call_driver_probe: vfio did not take 0000:04:00.0: EINVAL',
    ],
    ['irq 16: nobody cared (try booting with the "irqpoll" option)', '__report_bad_irq: '],
    ['VFIO - User Level meta-driver version: 0.3', 'vfio_init: '],
    ['__common_interrupt: 2.55 No irq handler for vector', 'common_interrupt: '],
    [
      'DMAR: [INTR-REMAP] Request device [f0:1f.7] fault index 0x0 [fault reason 0x25] Blocked',
      'dmar_fault_do_one: ',
    ],
  ])('explains %s', (message, start) => {
    for (const prefix of ['', '[   10.5] ', '<6>[   10.5][  T77] ', 'Nov 29 10:00:02 host kernel: ']) {
      const { rows, id } = readText(`${prefix}${message}\n`);
      expect(id).toBe('kernel-log');
      expect(rows[0]?.what.startsWith(start)).toBe(true);
    }
  });
});

describe('logs with IRQ info', () => {
  test('become irq_info operations with the observed answer, on a device that gives it', () => {
    const { summary, lines } = read('irq-info/good');
    expect(lines.map(({ traced }) => traced?.out)).toEqual([
      { flags: 7, count: 1 },
      { flags: 9, count: 0 },
      { flags: 9, count: 129 },
      { flags: 9, count: 1 },
    ]);
    const made = scriptMachine(summary.device, null);
    if (!made.ok) return expect.fail('no machine');
    const { generation, machine } = made.value;
    const answers = lines.map(({ line }) => run(generation, machine, line).out);
    expect(answers).toMatchObject([
      { flags: 7, count: 1 },
      { flags: 9, count: 0 },
      { flags: 9, count: 129 },
      { flags: 9, count: 1 },
    ]);
    expect(summary.device).toMatchObject({ noDyn: true });
    expect(facts(summary.device)['device.bdf']).toBe('0000:03:00.0');
  });

  test('without NORESIZE on MSI-X are of the dynamic driver', () => {
    const { summary } = read('irq-info/two-devices');
    expect(summary.device).toMatchObject({ generation: 'dynamic', noDyn: false, msix: 33, msi: 4 });
    expect(devicesOf(summary)).toEqual(['0000:03:00.0', '0000:04:00.0']);
    const other = read('irq-info/two-devices', '0000:04:00.0');
    expect(other.summary.device).toMatchObject({ noDyn: true, msix: 5, intx: false });
    expect(other.lines).toHaveLength(2);
  });

  test('have one sentence for each known error, and a grey line for an unknown one', () => {
    const what = read('irq-info/dpdk').rows.map((row) => row.what);
    expect(what[3]).toMatch(/^DPDK: the SET_IRQS that binds eventfds to MSI-X failed/);
    expect(what[4]).toBe('DPDK: GET_IRQ_INFO of index 3 failed');
    expect(facts(read('irq-info/dpdk').summary.device)).toMatchObject({ 'device.pcie': false });
    expect(whys('EAL: Error enabling MSI interrupts for fd 3\nEAL: interrupts of a new kind\n')[1]).toBe(
      'passed: a line about interrupts in a form that irqscope does not know',
    );
  });
});

describe('kselftest', () => {
  test('names each test with its result, and says that SET_IRQS is not in it', () => {
    const { summary, rows } = read('kselftest/good');
    expect(rows.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'vfio_pci_irq_test.msi.enable_trigger_disable: skipped (MSI: not supported)',
        'vfio_pci_irq_test.msix.enable_trigger_disable: failed',
        'a check failed: read(msi_eventfd, &value, 8) is -1, expected 8',
      ]),
    );
    expect(summary.device).toMatchObject({ msix: 5, msi: 0 });
    expect(summary.assumed[0]).toBe('4 results: 2 passed, 1 failed, 1 skipped.');
    expect(summary.assumed.at(-1)).toContain('TAP names tests and results, not SET_IRQS');
  });

  test('of a fixture of irqscope names the line and the observed result', () => {
    expect(read('kselftest/exported').rows[7]?.what).toBe(
      'line 5 of the exported script, read 100: value is 0, expected 1',
    );
    expect(said('kselftest/exported')).toContain('differs from the exported script first at line 3');
  });

  test('counts the tests inside of programs', () => {
    expect(said('kselftest/run-kselftest')).toMatch(/^1 result: 1 passed/);
    expect(said('kselftest/truncated')).toContain('The plan has 4 tests');
  });
});

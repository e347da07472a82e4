// Texts that show the state of a host or a device: the device, the expected interrupts beside the model, and the chosen device.
import { describe, expect, test } from 'vitest';
import { recogniseText } from '../../../src/formats/imports/scan.ts';
import { parseScript } from '../../../src/formats/notation/parse.ts';
import { printScript } from '../../../src/formats/notation/print.ts';
import { run } from '../../../src/kernel/run.ts';
import { compareExpected } from '../../../src/session/expectedState.ts';
import { scriptMachine } from '../../../src/session/scriptMachine.ts';
import { opsOf, readText } from './read.ts';
import { deviceChoices, devicesOf, deviceText, facts, fixture, read, said, whys } from './stateTexts.ts';

/** Returns the comparison of a text with the machine after the script made from it. */
function comparison(path: string, device?: string) {
  const { lines, summary } = read(path, device);
  const made = scriptMachine(summary.device, null);
  if (!made.ok || summary.expected === undefined) return expect.fail('nothing to compare');
  let { machine } = made.value;
  for (const { line } of lines) {
    const step = run(made.value.generation, machine, line);
    expect(step.ret).toBeGreaterThanOrEqual(0);
    machine = step.after;
  }
  return compareExpected(summary.expected, machine).map(
    ({ kind, vector, irq, modelIrq }) => `${vector} ${irq ?? '-'}/${modelIrq ?? '-'} ${kind}`,
  );
}

describe('lspci', () => {
  test('makes the device that vfio-pci is bound to', () => {
    const { summary, lines } = read('lspci/good');
    expect(lines).toEqual([]);
    expect(summary.device).toMatchObject({ model: 'e1000e', msix: 129, msi: 1, intx: true });
    expect(facts(summary.device)).toMatchObject({
      'device.bdf': '0001:41:00.0',
      'device.model': 'Example Corp 40GbE Adapter',
      'device.msix.offset': 0x70,
      'device.msi.offset': 0x50,
      'device.msi.maskable': true,
      'device.functionReset': 0xa8,
      'device.power': 0x40,
      'host.pinIrq': 24,
    });
    expect(deviceText(summary)).toBe(
      'The text has 2 devices; irqscope uses 0001:41:00.0, because vfio-pci is bound to it.',
    );
  });

  test('offers every device, and uses the chosen one', () => {
    expect(devicesOf(read('lspci/good').summary)).toEqual(['0000:00:1f.4', '0001:41:00.0']);
    const { summary, rows } = read('lspci/good', '00:1f.4');
    expect(summary.device).toMatchObject({ msix: 0, msi: 0, intx: true });
    expect(facts(summary.device)).toMatchObject({ 'device.bdf': '0000:00:1f.4', 'host.pinIrq': 16 });
    expect(rows.at(-1)?.what).toBe('another device: 0001:41:00.0');
  });

  test('without vfio-pci uses the first device with MSI or MSI-X', () => {
    const text = fixture('lspci/good').replace('in use: vfio-pci', 'in use: i40e');
    const { summary } = readText(text);
    expect(summary.device).toMatchObject({ msix: 129 });
    expect(deviceText(summary)).toContain('because it is the first with MSI or MSI-X');
  });

  test('reads ids, a device without a pin, and one vector that is not enabled', () => {
    const { device } = read('lspci/ids-no-pin').summary;
    expect(device).toMatchObject({ msix: 1, msi: 0, intx: false });
    expect(facts(device)).toMatchObject({ 'device.id': '8086:154c', 'device.bdf': '0000:41:10.2' });
  });

  test('reads MSI with mask bits, and a pin without an irq', () => {
    const { device } = read('lspci/msi-unconnected').summary;
    expect(device).toMatchObject({ model: 'edu', msix: 0, msi: 32, intx: true });
    expect(facts(device)).toMatchObject({
      'device.msi.maskable': true,
      'device.power': 0xdc,
      'device.power.noSoftReset': false,
      'host.pin': 'not-connected',
    });
    expect(said('lspci/msi-unconnected')).toContain('ENOTCONN before Linux 6.15');
  });

  test('names the command for capabilities that only root sees', () => {
    const { device, assumed } = read('lspci/denied').summary;
    expect(device).toBeNull();
    expect(assumed).toEqual([
      'lspci shows the capabilities to root only, so the text does not describe the interrupts of 0000:03:00.0: “sudo lspci -vv -s 03:00.0” shows them.',
    ]);
  });

  test('tells which irq lspci shows while MSI is enabled', () => {
    const text = fixture('lspci/msi-unconnected')
      .replace('2147483648', '45')
      .replace('MSI: Enable-', 'MSI: Enable+');
    const { device, assumed } = readText(text).summary;
    expect(facts(device)['host.pinIrq']).toBeUndefined();
    expect(assumed.join(' ')).toContain('With MSI enabled lspci shows the irq of MSI');
  });

  test('names another device on the irq of the pin', () => {
    const text = fixture('lspci/good').replace('routed to IRQ 24', 'routed to IRQ 16');
    expect(readText(text).summary.assumed.at(-1)).toBe(
      'Irq 16 of the pin is also the irq of 0000:00:1f.4 (i801_smbus): INTx fails with EBUSY unless both handlers share it.',
    );
    expect(said('lspci/good')).not.toContain('of the pin is also');
  });

  test('reads an excerpt without the heading of its device', () => {
    const text = '\tCapabilities: [b0] MSI-X: Enable+ Count=33 Masked-\n\tSomething: new\n';
    expect(readText(text).summary.device).toMatchObject({ msix: 33 });
    expect(whys(text)).toEqual([
      'passed: MSI-X at 0xb0: 33 vectors, enabled',
      'passed: not about interrupts: Something',
    ]);
  });
});

describe('/proc/interrupts', () => {
  test('is the expected state, and the script reaches it', () => {
    const { summary } = read('proc-interrupts/good');
    expect(summary.expected).toEqual({
      device: '0000:03:00.0',
      saysHandlers: true,
      listsAll: false,
      irqs: [
        { irq: 127, mode: 'msix', vector: 0, handler: true, count: 4 },
        { irq: 130, mode: 'msix', vector: 3, handler: true, count: 9 },
      ],
    });
    expect(opsOf(fixture('proc-interrupts/good'))).toEqual([
      'eventfd 100',
      'eventfd 103',
      'set_irqs msix trigger eventfd 0 [100 -1 -1 103]',
    ]);
    expect(comparison('proc-interrupts/good')).toEqual([
      '0 127/127 same',
      '3 130/130 same',
      '1 -/128 cached',
      '2 -/129 cached',
    ]);
    expect(said('proc-interrupts/good')).toMatch(
      /number of vectors that the enabling call allocated is unknown.*cached is missing/,
    );
  });

  test('has the device that the person chooses', () => {
    expect(deviceChoices(read('proc-interrupts/good').summary)).toEqual([
      '0000:03:00.0 (2 irqs in the text)',
      '0000:04:00.0 (1 irq in the text)',
    ]);
    expect(comparison('proc-interrupts/good', '0000:04:00.0')).toEqual(['0 140/140 same']);
  });

  test('of Linux 5.10 finds the place of an irq in its number on the chip', () => {
    const { summary } = read('proc-interrupts/linux-5.10');
    expect(summary.device).toMatchObject({ noRemap: true });
    expect(summary.expected?.irqs).toEqual([
      { irq: 127, mode: 'msix', vector: 0, handler: true, count: 4 },
      { irq: 128, mode: 'msix', vector: 1, handler: false, count: 3 },
      { irq: 129, mode: 'msix', vector: 2, handler: true, count: 5 },
    ]);
    expect(comparison('proc-interrupts/linux-5.10')).toEqual([
      '0 127/127 same',
      '1 128/128 same',
      '2 129/129 same',
    ]);
  });

  test('of arm64 has a GIC that allocates no more vectors', () => {
    const { device } = read('proc-interrupts/arm64').summary;
    expect(device).toMatchObject({ noDyn: true, noRemap: false });
    expect(facts(device)['host.msiController']).toBe('gic');
    expect(comparison('proc-interrupts/arm64')).toEqual(['0 47/47 same', '1 48/48 same']);
  });

  test('with MSI makes a device with MSI and without MSI-X', () => {
    expect(read('proc-interrupts/msi').summary.device).toMatchObject({ msix: 0, msi: 4 });
    expect(comparison('proc-interrupts/msi')).toEqual(['0 40/40 same', '1 41/41 same', '2 42/42 same']);
  });

  test('with INTx on a shared pin', () => {
    expect(opsOf(fixture('proc-interrupts/intx-grep'))).toEqual([
      'eventfd 100',
      'set_irqs intx trigger eventfd 0 [100]',
    ]);
    expect(comparison('proc-interrupts/intx-grep')).toEqual(['null 16/16 same']);
    expect(said('proc-interrupts/intx-grep')).toContain('Irq 16 also has i801_smbus, so both handlers');
  });

  test('without counts, and with the counts of 64 CPUs', () => {
    expect(read('proc-interrupts/no-counts').summary.expected?.irqs.map(({ count }) => count)).toEqual([
      null,
      null,
    ]);
    expect(read('proc-interrupts/wide').summary.expected?.irqs.map(({ count }) => count)).toEqual([
      2016, 4294967295,
    ]);
  });

  test('counts the last table, and learns the cached irqs from msi_irqs', () => {
    expect(comparison('proc-interrupts/twice-with-msi-irqs')).toEqual([
      '0 127/127 same',
      '2 129/129 same',
      '1 128/128 same',
    ]);
    expect(said('proc-interrupts/twice-with-msi-irqs')).toContain('Irq 128 is allocated and cached');
  });

  test('says so if vfio has no irq', () => {
    const { summary } = read('proc-interrupts/no-vfio');
    expect(summary.device).toBeNull();
    expect(summary.expected).toBeUndefined();
    expect(summary.assumed[0]).toContain('The text has no irq of vfio-pci');
  });

  test('has the binding after all eventfds, whatever the order of the lines', () => {
    const text = `/sys/bus/pci/devices/0000:03:00.0/msi_irqs/128:msix
 127: 1 IR-PCI-MSIX-0000:03:00.0 0-edge vfio-msix[0](0000:03:00.0)
`;
    expect(opsOf(text)).toEqual(['eventfd 100', 'set_irqs msix trigger eventfd 0 [100 -1]']);
  });
});

describe('msi_irqs', () => {
  test.each([
    ['good', '0000:03:00.0', 'msix', 4],
    ['grep-msi', '0000:05:00.0', 'msi', 2],
    ['columns', '0000:03:00.0', 'msix', 5],
    ['long', '0000:03:00.0', 'msix', 2],
  ])('%s', (name, device, mode, count) => {
    const { expected } = read(`msi-irqs/${name}`).summary;
    expect(expected).toMatchObject({ device, saysHandlers: false, listsAll: true });
    expect(expected?.irqs.map((one) => one.mode)).toEqual(Array.from({ length: count }, () => mode));
    expect(comparison(`msi-irqs/${name}`).every((row) => row.endsWith('same'))).toBe(true);
  });

  test('says what the list cannot say, and the command for it', () => {
    expect(said('msi-irqs/good')).toContain('“grep vfio /proc/interrupts”');
    expect(said('msi-irqs/good')).toContain('“grep . /sys/bus/pci/devices/0000:03:00.0/msi_irqs/*”');
    expect(said('msi-irqs/grep-msi')).not.toContain('does not say MSI or MSI-X');
    expect(said('msi-irqs/wrong-version')).toContain('exists only while MSI or MSI-X is enabled');
  });

  test('has the device that the person chooses', () => {
    expect(read('msi-irqs/columns', '0000:04:00.0').summary.expected?.irqs.map(({ irq }) => irq)).toEqual([
      140, 141,
    ]);
  });
});

describe('a text with several forms', () => {
  test.each([
    [
      'strace',
      'openat(AT_FDCWD, "/sys/bus/pci/devices/0000:03:00.0/msi_irqs", O_RDONLY) = 5\nioctl(20, VFIO_DEVICE_RESET) = 0\n',
    ],
    ['qemu-trace', 'vfio-pci 0000:03:00.0: a message\nvfio_msix_enable  (0000:03:00.0)\n'],
    ['kprobe', 'vfio-pci 0000:03:00.0: a message\n# vfio-irqs 1\n'],
    ['notation', 'device nvme msix=8\n# see msi_irqs and lspci\nraise 0\n'],
    ['lspci', `${fixture('lspci/msi-unconnected')}\n${fixture('proc-interrupts/good')}`],
    ['proc-interrupts', fixture('proc-interrupts/twice-with-msi-irqs')],
  ])('is %s', (id, text) => {
    expect(recogniseText(text).found?.format.id).toBe(id);
  });

  test('says that the other form is read alone', () => {
    const text = `${fixture('lspci/msi-unconnected')}\n${fixture('proc-interrupts/good')}`;
    const { rows } = readText(text);
    const row = rows.find((one) => one.text.includes('vfio-msix[3]'));
    expect(row?.what).toBe('a row of /proc/interrupts; open that part of the text alone');
  });
});

test('reads forms of shells, JSON logs and cut headings', () => {
  const escaped = '$ ls /sys/bus/pci/devices/0000\\:03\\:00.0/msi_irqs/\n127  128\n';
  expect(readText(escaped).summary.expected).toMatchObject({ device: '0000:03:00.0' });
  const json = ['IRQ #2', '\\tflag 0x1', '\\tindex 2', '\\tcount 33'].map(
    (msg) => `{"msg":"${msg}","ts":"1"}\n`,
  );
  expect(opsOf(json.join(''))).toEqual(['irq_info msix']);
  const cut =
    '            CPU0       CPU1       CP\n 127:          0          4  IR-PCI-MSIX-0000:03:00.0    0-edge      vfio-msix[0](0000:03:00.0)\n';
  expect(readText(cut).summary).toMatchObject({ bad: 0 });
  const signed = fixture('lspci/msi-unconnected').replace('2147483648', '-2147483648');
  expect(facts(readText(signed).summary.device)['host.pin']).toBe('not-connected');
});

test.each([
  'lspci/good',
  'lspci/ids-no-pin',
  'lspci/msi-unconnected',
  'proc-interrupts/arm64',
  'irq-info/dpdk',
  'kernel-log/shared-pin',
])('the device of %s survives printing as notation', (path) => {
  const { device } = read(path).summary;
  const { script, problems } = parseScript(printScript({ device, lines: [] }));
  expect(problems).toEqual([]);
  expect(script.device).toEqual(device);
});

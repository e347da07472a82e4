// Texts that people had (test/field) open with the right story. test/field/README.md says what each person needed.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { printBare } from '../../../src/formats/notation/printLine.ts';
import { printTraced } from '../../../src/formats/notation/traced.ts';
import { run } from '../../../src/kernel/run.ts';
import { agreementsOf } from '../../../src/session/agreement.ts';
import { compareExpected } from '../../../src/session/expectedState.ts';
import { scriptMachine, scriptSetup } from '../../../src/session/scriptMachine.ts';
import { searchTraced } from '../../../src/session/traced.ts';
import { agreementSentence } from '../../../src/text/agreement.ts';
import { expectedSentence } from '../../../src/text/expectedState.ts';
import { readText } from './read.ts';
import { traceText } from './truth.ts';

const top = fileURLToPath(new URL('../../field/', import.meta.url));
const textOf = (name: string) => readFileSync(`${top}${name}.txt`, 'utf8');

/** Reads a text; each operation has the traced result behind it. */
function story(name: string, choices: ReadonlyMap<string, string> = new Map()) {
  const read = readText(textOf(name), undefined, 4096, choices);
  const said = [...read.summary.guesses.map(({ text }) => text), ...read.summary.assumed].join(' ');
  const ops = read.lines.map((line) =>
    line.traced === undefined ? printBare(line) : `${printBare(line)} ${printTraced(line.traced)}`,
  );
  return { ...read, said, ops };
}

function agreement(name: string): string {
  const { summary, lines } = readText(textOf(name));
  const made = scriptSetup(summary.device, null);
  return made.ok ? agreementSentence(agreementsOf(made.value.setup, lines)) : '';
}

describe('QEMU traces', () => {
  test('MSI through the main loop binds the main loop’s eventfd, on a device with MSI alone', () => {
    const { ops, summary, said } = story('msi-main-loop');
    expect(ops).toEqual([
      'eventfd 5000',
      'set_irqs msi trigger eventfd 0 [5000] => 0',
      'raise 0',
      'read 5000',
      'raise 0',
      'read 5000',
    ]);
    expect(summary).toMatchObject({ bad: 0, device: { msix: 0 } });
    expect(said).toContain('The text leaves lines out in line 5');
    const made = scriptMachine(summary.device, null);
    if (!made.ok) return expect.fail('no machine');
    let { machine } = made.value;
    const values = readText(textOf('msi-main-loop')).lines.map(({ line }) => {
      const result = run(made.value.generation, machine, line);
      machine = result.after;
      return result.out?.value;
    });
    expect(values.filter((value) => value !== undefined)).toEqual([1n, 1n]);
  });

  test('a hot reset of two functions opens for either, with what was on before', () => {
    const { ops, said, summary } = story('hot-reset-two-functions');
    expect(summary.bad).toBe(0);
    expect(said).toContain(
      'The trace has 2 devices; irqscope uses 0000:41:00.1, because its events come first.',
    );
    expect(said).toContain('Before the trace begins, INTx was on, and KVM unmasked it by an eventfd');
    expect(ops).toContain('hot_reset => 0');
    const other = story('hot-reset-two-functions', new Map([['device', '0000:41:00.0']]));
    expect(other.ops.filter((op) => op.startsWith('hot_reset'))).toEqual(['hot_reset => 0']);
    expect(other.said).toContain('irqscope uses 0000:41:00.0, because you chose it.');
    expect(agreement('hot-reset-two-functions')).toContain('every release');
  });

  test('an excerpt begins with the operations that lead to its first line', () => {
    const { ops, said, summary } = story('excerpt-msix');
    expect(summary.bad).toBe(0);
    expect(said).toContain('Before the trace begins, MSI-X was on');
    expect(ops).toEqual([
      'set_irqs msix trigger eventfd 0 [-1]',
      'eventfd 5000',
      'eventfd 1000',
      'set_irqs msix trigger eventfd 0 [1000]',
      'set_irqs msix trigger eventfd 0 [5000]',
      'set_irqs msix trigger none 0 0',
      'close 1000',
      'close 5000',
    ]);
    const none = story('excerpt-msix', new Map([['before', 'none']]));
    expect(none.summary.bad).toBeGreaterThan(0);
  });

  test('events of QEMU 10.1 have their new names', () => {
    const { ops, summary } = story('qemu-10-names-put');
    expect(summary).toMatchObject({ bad: 0, passed: 0 });
    expect(ops).toContain('irq_info err => -1 EINVAL');
    expect(ops.at(-1)).toBe('release');
  });

  test('a message of QEMU becomes the call that failed', () => {
    const { ops } = story('msi-retry');
    const sets = ops.filter((op) => op.startsWith('set_irqs'));
    expect(sets).toEqual([
      'set_irqs msi trigger eventfd 0 [1000 1001 1002 1003 1004 1005 1006 1007] => 1',
      'set_irqs msi trigger eventfd 0 [1000] => 0',
    ]);
    expect(agreement('msi-retry')).toContain('every release without interrupt remapping');
  });

  test('a message alone is the call that failed, and another driver on the pin explains it', () => {
    const { id, lines, summary } = readText(
      '2024-03-01T10:20:30.123456Z qemu-system-x86_64: vfio 0000:01:00.0: Failed to set up TRIGGER eventfd signaling for interrupt INTX-0: VFIO_DEVICE_SET_IRQS failure: Device or resource busy\n',
    );
    expect(id).toBe('qemu-trace');
    expect(lines.map(printBare)).toEqual(['eventfd 10', 'set_irqs intx trigger eventfd 0 [10]', 'close 10']);
    expect(lines[1]?.traced).toEqual({ ret: -1, errno: 'EBUSY', out: null });
    const made = scriptSetup(summary.device, null);
    if (!made.ok) return expect.fail('no device');
    expect(agreementSentence(agreementsOf(made.value.setup, lines))).toContain(
      'every release on a host where another driver holds the pin’s irq alone',
    );
  });

  test.each(['mail-wrapped', 'mail-quoted-printable'])('%s opens as it was before the mail', (name) => {
    const { summary, said } = story(name);
    expect(summary.bad).toBe(0);
    expect(said).toMatch(/irqscope (?:removes|decodes) /);
  });

  test('an unknown event about interrupts is a problem, and any other one is passed with a reason', () => {
    const { rows } = readText(
      'vfio_msix_enable  (0000:01:00.0)\nvfio_msix_quux  (0000:01:00.0)\nvfio_quux  (0000:01:00.0)\n',
    );
    expect(rows.map(({ kind }) => kind)).toEqual(['read', 'bad', 'passed']);
  });
});

describe('states of a host', () => {
  test('/proc/interrupts is compared with the replay, and names a cached irq', () => {
    const { summary, lines } = story('proc-interrupts');
    const made = scriptMachine(summary.device, null);
    const { expected } = summary;
    if (!made.ok || expected === undefined) return expect.fail('no machine');
    let { machine } = made.value;
    for (const { line } of lines) machine = run(made.value.generation, machine, line).after;
    const sentences = compareExpected(expected, machine).map(expectedSentence);
    expect(sentences[0]).toMatch(/^Irq 127 \(MSI-X vector 0\) has a handler in the text and in the model/);
    expect(sentences.filter((one) => one.includes('therefore missing here'))).toHaveLength(2);
  });

  test('lspci makes the device', () => {
    const { summary, ops } = story('lspci');
    expect(ops).toEqual([]);
    expect(summary.device).toMatchObject({ msix: 33, msi: 4 });
  });

  test('IRQ info of a VMM makes the device, with the answers as results', () => {
    const { ops, summary } = story('irq-info-log');
    expect(ops).toEqual(['irq_info intx => 0 flags=0x7 count=1', 'irq_info msix => 0 flags=0x1 count=16']);
    expect(summary.device).toMatchObject({ msix: 16 });
    expect(agreement('irq-info-log')).toBe('The traced results agree with ≥ 6.5.');
  });

  test('a kernel log is a kernel log, with its lines explained', () => {
    const { id, rows } = story('dmesg-bypass');
    expect(id).toBe('kernel-log');
    expect(rows[0]?.what).toMatch(/irq_bypass_register_producer returned EBUSY/);
  });
});

test.each([
  'recorder-6.12-bad-block-third',
  'recorder-6.12-dynamic-block',
  'recorder-6.12-intx-mask@e1000e',
  'recorder-6.12-release-attached@e1000e',
])('the recording %s keeps the result of every step, and the model gives them', (name) => {
  const { id, lines, summary } = readText(traceText(`${name}.jsonl`));
  expect(id).toBe('recording');
  expect(lines.every(({ traced }) => traced !== undefined)).toBe(true);
  const made = scriptSetup(summary.device, null);
  if (!made.ok) return expect.fail('no device');
  const { setup, generation } = made.value;
  const searching = searchTraced({ setup, generation: generation.id }, lines);
  let step = searching.next();
  while (step.done !== true) step = searching.next();
  expect(step.value).toEqual({ observed: lines.length, differ: [] });
});

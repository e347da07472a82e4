// The comparison of a text's irqs with the model, on machines that real ioctls made, and its sentences.
import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { run } from '../../src/kernel/run.ts';
import { compareExpected, type ExpectedIrq, type ExpectedState } from '../../src/session/expectedState.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';
import { expectedSentence } from '../../src/text/expectedState.ts';

/** Returns the machine after a script in notation. */
function machineAfter(text: string) {
  const { script, problems } = parseScript(text);
  expect(problems).toEqual([]);
  const made = scriptMachine(script.device, null);
  if (!made.ok) return expect.fail('no machine');
  let { machine } = made.value;
  for (const { line } of script.lines) machine = run(made.value.generation, machine, line).after;
  return machine;
}

const irq = (number: number, vector: number | null, more: Partial<ExpectedIrq> = {}): ExpectedIrq => ({
  irq: number,
  mode: 'msix',
  vector,
  handler: true,
  count: null,
  ...more,
});

const state = (irqs: readonly ExpectedIrq[], more: Partial<ExpectedState> = {}): ExpectedState => ({
  device: '0000:03:00.0',
  saysHandlers: true,
  listsAll: false,
  irqs,
  ...more,
});

const DEVICE = 'device nvme msix=8 host.firstIrq=127';
const BOUND = `${DEVICE}
eventfd 100
eventfd 101
set_irqs msix trigger eventfd 0 [100 101 -1]`;

const kinds = (expected: ExpectedState, text = BOUND) =>
  compareExpected(expected, machineAfter(text)).map(({ kind, vector }) => `${vector} ${kind}`);
const sentences = (expected: ExpectedState, text = BOUND) =>
  compareExpected(expected, machineAfter(text)).map(expectedSentence);

describe('/proc/interrupts beside the model', () => {
  test('an allocated irq without a handler is cached, so /proc/interrupts does not show it', () => {
    const expected = state([irq(127, 0), irq(128, 1)]);
    expect(kinds(expected)).toEqual(['0 same', '1 same', '2 cached']);
    expect(sentences(expected)).toEqual([
      'Irq 127 (MSI-X vector 0) has a handler in the text and in the model.',
      'Irq 128 (MSI-X vector 1) has a handler in the text and in the model.',
      'Irq 129 (MSI-X vector 2) is allocated and cached, therefore missing here: /proc/interrupts shows an irq only with a handler or with a count.',
    ]);
  });

  test('a detached vector is cached on the dynamic driver', () => {
    const detached = `${BOUND}\nset_irqs msix trigger eventfd 0 [-1]`;
    expect(kinds(state([irq(128, 1)]), detached)).toEqual(['1 same', '0 cached', '2 cached']);
    expect(sentences(state([irq(127, 0)]), detached)[0]).toBe(
      'Irq 127 (MSI-X vector 0) has a handler in the text; the model keeps it without a handler (cached).',
    );
  });

  test('a row without a handler agrees with a cached irq', () => {
    expect(sentences(state([irq(129, 2, { handler: false, count: 3 })]))[0]).toBe(
      'Irq 129 (MSI-X vector 2) is allocated without a handler in the text and in the model (cached).',
    );
    expect(kinds(state([irq(127, 0, { handler: false, count: 3 })]))[0]).toBe('0 handler-only-in-model');
  });

  test('names the irqs that only one side has', () => {
    const expected = state([irq(127, 0), irq(140, 5)]);
    expect(kinds(expected)).toEqual(['0 same', '5 missing-in-model', '1 missing-in-text', '2 cached']);
    expect(sentences(expected).slice(1, 3)).toEqual([
      'Irq 140 (MSI-X vector 5) is in the text, and the model has not allocated it.',
      'Irq 128 (MSI-X vector 1) has a handler in the model, and the text does not show it.',
    ]);
  });

  test('tells another number of the same irq', () => {
    expect(sentences(state([irq(55, 0)]))[0]).toBe(
      'Irq 55 (MSI-X vector 0) has a handler in the text and in the model. The model numbers it 127.',
    );
  });

  test('an irq of another mode is missing in the model', () => {
    expect(kinds(state([irq(127, 0, { mode: 'msi' })]))).toEqual([
      '0 missing-in-model',
      '0 missing-in-text',
      '1 missing-in-text',
      '2 cached',
    ]);
  });

  test('INTx has the irq of the pin', () => {
    const on = 'device e1000e host.pinIrq=16\neventfd 100\nset_irqs intx trigger eventfd 0 [100]';
    const expected = state([irq(16, null, { mode: 'intx' })]);
    expect(sentences(expected, on)).toEqual(['Irq 16 (INTx) has a handler in the text and in the model.']);
    expect(kinds(expected, 'device e1000e')).toEqual(['null missing-in-model']);
    expect(kinds(state([]), on)).toEqual(['null missing-in-text']);
  });
});

describe('msi_irqs beside the model', () => {
  const list = (numbers: readonly number[], more: Partial<ExpectedState> = {}) =>
    state(
      numbers.map((number) => irq(number, null, { handler: false })),
      { saysHandlers: false, listsAll: true, ...more },
    );

  test('a cached irq is listed, so nothing is missing', () => {
    expect(kinds(list([127, 128, 129]))).toEqual(['0 same', '1 same', '2 same']);
    expect(sentences(list([127, 128, 129]))[2]).toBe(
      'Irq 129 (MSI-X vector 2) is allocated in the text and in the model; the model keeps it without a handler (cached).',
    );
  });

  test('an irq that the list lacks is missing in the text, also if it is cached', () => {
    expect(kinds(list([127]))).toEqual(['0 same', '1 missing-in-text', '2 missing-in-text']);
  });

  test('numbers with gaps are paired in their order', () => {
    expect(kinds(list([200, 205, 300, 301]))).toEqual([
      '0 same',
      '1 same',
      '2 same',
      'null missing-in-model',
    ]);
  });
});

test('compares 2,048 vectors', () => {
  const fds = Array.from({ length: 2048 }, () => '-1').join(' ');
  const machine = machineAfter(`device nvme2048\nset_irqs msix trigger eventfd 0 [${fds}]`);
  const irqs = Array.from({ length: 2048 }, (_, at) => irq(5000 - at, at, { handler: false }));
  const rows = compareExpected(state(irqs), machine);
  expect(rows).toHaveLength(2048);
  expect(rows.every(({ kind }) => kind === 'same')).toBe(true);
});

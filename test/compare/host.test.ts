// The host's view of the lanes, and who sees a difference.

import { describe, expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { kernelLane, type Lane } from '../../src/session/lanes.ts';
import { Comparing } from '../../src/views/compare/comparing.ts';
import { explain } from '../../src/views/compare/explain.ts';
import { hostView } from '../../src/views/compare/host.ts';
import { seenBy, seenText } from '../../src/views/compare/visible.ts';
import { interruptText } from '../../src/views/wiring/interrupts.ts';
import { BEFORE, sessionOf } from './lanes.ts';

const E = (start: number, ...fds: readonly number[]) =>
  `set_irqs msix trigger eventfd ${start} [${fds.join(' ')}]`;

/** The host's view after a line of a script, and the sentences with who sees each one. */
function hosts(script: readonly string[], line: number, ...lanes: readonly (GenerationId | Lane)[]) {
  const made = new Comparing(
    lanes.map((lane) => (typeof lane === 'string' ? kernelLane(lane) : lane)),
    sessionOf(script.join('\n')),
    null,
    null,
  );
  while (made.advance(16));
  const { divergence, deliveries } = made;
  const at = BEFORE + line;
  const host = hostView(
    divergence.lanes,
    divergence.lanes.map((lane) => lane.machineAfter(at)),
    deliveries.map((counter) => counter.after(at)),
  );
  const seen = explain(
    divergence,
    at,
    lanes.map((_, index) => `lane ${index}`),
  ).flatMap((statement) => seenBy(statement, host) ?? []);
  return { host, seen, texts: seen.map(seenText) };
}

const marked = ({ host }: ReturnType<typeof hosts>) =>
  host.rows
    .filter(({ differs }) => differs.length > 0)
    .map(({ vector, differs }) => `${vector} ${differs.join(' ')}`);
const own = ({ host }: ReturnType<typeof hosts>) =>
  host.msiIrqs.map((irqs) => irqs.map(({ irq, differs }) => `${differs ? '≠' : ''}${irq}`).join(' '));

describe('the host’s view', () => {
  test('shows an irq that V3 freed in msi_irqs only, because neither kernel lists it in /proc/interrupts', () => {
    const after = hosts([E(0, 10, 11), E(1, 99)], 2, 'v3', 'dynamic');
    expect(own(after)).toEqual(['25', '25 ≠26']);
    expect(marked(after)).toEqual([]);
    expect(after.texts).toEqual(['Root sees it (msi_irqs); the client does not.']);
  });

  test('marks the irq, the count and the missing row of /proc/interrupts', () => {
    const script = [E(0, 10, 11), E(1, 99), E(4, 14), E(1, 12), 'raise 1', 'raise 1'];
    const after = hosts(script, 6, 'static', 'v3', 'dynamic');
    expect(marked(after)).toEqual(['1 irq', '4 listed irq']);
    const [first] = after.host.rows.filter(({ vector }) => vector === 4);
    expect(first?.lanes.map((line) => line?.irq ?? null)).toEqual([null, 26, 27]);
    // the same set of numbers in V3 and 6.12, and not in 6.1
    expect(own(after)).toEqual(['25 26', '25 26 ≠27', '25 26 ≠27']);
    expect(after.host.rows.find(({ vector }) => vector === 1)?.lanes.map((line) => line?.count)).toEqual([
      2, 2, 2,
    ]);
  });

  test('marks no chip name, which depends on the release, and says that the names differ', () => {
    const after = hosts([E(0, 10)], 1, 'static', 'dynamic');
    expect(marked(after)).toEqual([]);
    expect(after.host.chips).toEqual(['IR-PCI-MSI', 'IR-PCI-MSIX-0000:00:04.0']);
    const texts = after.host.rows[0]?.lanes.map((line) => (line === null ? '' : interruptText(line)));
    expect(new Set(texts).size).toBe(2);
  });

  test('marks a count: a freed irq begins again at 0', () => {
    const script = [E(0, 10), 'raise 0', 'raise 0', E(0, 11)];
    const after = hosts(script, 4, 'v2', 'dynamic');
    expect(marked(after)).toEqual(['0 count']);
    expect(after.host.rows[0]?.lanes.map((line) => line?.count)).toEqual([0, 2]);
    expect(after.texts).toEqual(['Root sees it (/proc/interrupts); the client does not.']);
  });
});

describe('who sees a difference', () => {
  test('the client sees results and counters', () => {
    const refused = hosts([E(0, 10, 11), E(4, 14)], 2, 'static', 'dynamic');
    expect(refused.texts).toEqual([
      'The client sees it (the result of the call); root does not.',
      'Root sees it (msi_irqs and /proc/interrupts); the client does not.',
    ]);
    const raised = hosts([E(0, 10), E(4, 14), 'raise 4'], 3, 'static', 'dynamic');
    expect(raised.texts).toContain(
      'The client sees it (the counter of the eventfd), and root does (/proc/interrupts).',
    );
  });

  test('nobody sees which irq was renewed while its count is 0 and its number equal', () => {
    const after = hosts([E(0, 10), E(0, 11)], 2, 'v2', 'dynamic');
    expect(after.seen).toEqual([{ client: null, root: null }]);
  });

  test('root sees registers in the file config', () => {
    const lanes = [kernelLane('dynamic'), kernelLane('dynamic', { irqPool: 0 })];
    const after = hosts([E(0, 10)], 1, ...lanes);
    expect(after.host.config).toBe(true);
    expect(after.texts).toContain('Root sees it (config); the client does not.');
  });

  test('nobody sees different calls with one result', () => {
    const after = hosts([E(0, 10)], 1, 'static', 'dynamic');
    expect(after.texts).toEqual(['Neither the client nor root sees it.']);
  });
});

// Search over the scenarios: the model computes the filter values and results, and each scenario opens at its line.

import { describe, expect, test } from 'vitest';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import {
  ANYTHING,
  comparison,
  facetsOf,
  outcomes,
  returnedBy,
  type Sought,
  sought,
  telling,
} from '../../src/lessons/library.ts';
import { scenarios } from '../../src/lessons/scenarios/index.ts';
import { modelRuns } from '../../src/session/laneRuns.ts';
import { laneSession } from '../../src/session/lanes.ts';
import { framesOf, replay } from '../../src/session/replay.ts';
import { alignedSteps, alignTraces } from '../../src/views/compare/align.ts';
import { partingStep } from '../../src/views/compare/seek.ts';

const all = scenarios();
const ids = (what: Partial<Sought>) => sought(all, { ...ANYTHING, ...what }).map(({ id }) => id);
function one(id: string) {
  const found = all.find((scenario) => scenario.id === id);
  if (found === undefined) throw new Error(`no scenario ${id}`);
  return found;
}

describe('the search of the library', () => {
  test('finds words in any order and place', () => {
    expect(ids({})).toHaveLength(all.length);
    expect(ids({ text: 'losT grow' })).toContain('T1');
    expect(ids({ text: 's14' })).toEqual(['S14']);
    expect(ids({ text: 'no such words at all' })).toEqual([]);
  });

  test('finds every version of a client under one name, also a client named second', () => {
    const { clients } = facetsOf(all, null);
    expect(clients).toContain('QEMU');
    expect(clients.filter((name) => name.startsWith('QEMU'))).toEqual(['QEMU']);
    expect(ids({ client: 'QEMU' })).toEqual(expect.arrayContaining(['S5', 'S6']));
    expect(ids({ client: 'libvfio-user' })).toEqual(expect.arrayContaining(['T5', 'T7']));
  });

  test('finds only scenarios with the chosen errno or function, and at least one', () => {
    for (const generation of [null, ...GENERATIONS.map(({ id }) => id)]) {
      const { errnos, functions } = facetsOf(all, generation);
      const judged = (id: string) =>
        outcomes(one(id)).filter((own) => generation === null || own.generation === generation);
      for (const errno of errnos) {
        const found = ids({ errno, generation });
        expect(found).not.toEqual([]);
        for (const id of found) expect(judged(id).some((own) => own.errnos.has(errno))).toBe(true);
      }
      for (const fn of functions) expect(ids({ fn, generation })).not.toEqual([]);
    }
  });

  test('offers functions only for the generations that call them', () => {
    expect(facetsOf(all, 'static').functions).not.toContain('pci_msix_alloc_irq_at');
    expect(facetsOf(all, 'dynamic').functions).toContain('pci_msix_alloc_irq_at');
    expect(ids({ fn: 'pci_msix_free_irq', generation: 'dynamic' })).toEqual([]);
    expect(ids({ fn: 'pci_msix_free_irq', generation: 'v3' })).toContain('S15');
  });

  test('finds the scenarios in which generations differ', () => {
    const differing = ids({ differing: true });
    expect(differing).toEqual(expect.arrayContaining(['S14', 'S15']));
    expect(differing).not.toContain('S18');
  });
});

describe('results', () => {
  test('groups generations with equal results', () => {
    expect(returnedBy(one('S18'))).toEqual([{ generations: GENERATIONS.map(({ id }) => id), text: 'EBADF' }]);
    const failed = returnedBy(one('S14'));
    expect(failed.find(({ generations }) => generations.includes('static'))?.text).toBe('0 EINVAL EINVAL');
    expect(failed.find(({ generations }) => generations.includes('dynamic'))?.text).toBe('0 EBADF 0');
  });

  test('opens S15 under V3, which differs most', () => {
    expect(telling(one('S15'))).toBe('v3');
  });
});

describe.each(all.map((scenario) => [scenario.id, scenario] as const))('%s', (_id, scenario) => {
  test('opens in Compare at a differing line if there is one', () => {
    const { lanes, session } = comparison(scenario);
    expect(lanes.length).toBeGreaterThan(1);
    const keys = outcomes(scenario).filter(({ generation }) =>
      lanes.some((lane) => lane.kind === 'kernel' && lane.generation === generation),
    );
    const lineKeys = keys.map(({ key }) => key.split('\n'));
    const line = session.cursor.line - 1;
    const anywhere = new Set(keys.map(({ key }) => key)).size > 1;
    if (anywhere) expect(new Set(lineKeys.map((lines) => lines[line])).size).toBeGreaterThan(1);
    else expect(session.cursor.line).toBe(scenario.at);
  });
});

test('V3 and the merged driver first differ at pci_msix_free_irq in S15', () => {
  const { session } = comparison(one('S15'));
  const lanes = (['v3', 'dynamic'] as const).map((generation) =>
    modelRuns(replay(laneSession({ kind: 'kernel', generation, host: {} }, session) ?? session)),
  );
  const { line } = session.cursor;
  const traces = lanes.map((lane) => lane.framesOf(line));
  const rows = alignTraces(lanes, traces);
  const steps = alignedSteps(rows);
  const before = lanes.map((lane) => lane.machineAfter(line - 1));
  const at = partingStep({ rows, steps, traces, before });
  const [frame] = rows[steps[at ?? -1]?.row ?? -1]?.frames ?? [];
  expect(traces[0]?.[frame ?? -1]).toMatchObject({ fn: 'pci_msix_free_irq', args: expect.anything() });
  expect(framesOf(replay(session), line).some(({ fn }) => fn === 'pci_msix_free_irq')).toBe(true);
});

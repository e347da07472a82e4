import { describe, expect, test } from 'vitest';
import { alphabetOf, USUAL_ALPHABET } from '../../src/explore/alphabet.ts';
import { type AtlasEntry, atlas } from '../../src/explore/atlas.ts';
import { atlasSources } from '../../src/explore/atlasSources.ts';
import { stateGraph } from '../../src/explore/graph.ts';
import { questionById } from '../../src/explore/questions.ts';
import { CHECK_IDS } from '../../src/kernel/checks.ts';
import type { Run } from '../../src/kernel/frame.ts';
import { GENERATIONS, generation } from '../../src/kernel/generations/index.ts';
import { run } from '../../src/kernel/run.ts';
import { answerOf, sideOf } from './problems.ts';

function lastOf<T>(search: Generator<unknown, T, void>): T {
  for (;;) {
    const { done, value } = search.next();
    if (done === true) return value;
  }
}

const made = GENERATIONS.map((one) => {
  const sources = atlasSources(one);
  return { generation: one, sources, ...lastOf(atlas(sources)) };
});

describe('the atlas', () => {
  test.each(made)('$generation.id: each script leads to its outcome', ({ sources, entries }) => {
    expect(entries.length).toBeGreaterThan(150);
    for (const { fn, check, result, script, source } of entries) {
      const side = sources[source]?.side;
      if (side === undefined) throw new Error('no source');
      let machine = side.start;
      let last: Run | null = null;
      for (const line of script) {
        last = run(side.generation, machine, line, { frames: true });
        machine = last.after;
      }
      const calls = last?.frames.filter((frame) => frame.fn === fn) ?? [];
      const returned = calls.some(({ ret = null }) => ret === result);
      const decided = last?.check === check && (last.errno ?? last.ret) === result;
      expect({ fn, check, result, found: decided || returned }).toMatchObject({ found: true });
    }
  });

  test.each(made)('$generation.id: prefers scripts without injected faults', ({ sources, entries }) => {
    const plain = sources.map((source) => ({
      ...source,
      alphabet: source.alphabet.filter(({ faults }) => faults.length === 0),
    }));
    const name = ({ fn, check, result }: AtlasEntry) => `${fn} ${check} ${result}`;
    const reachable = new Map(lastOf(atlas(plain)).entries.map((one) => [name(one), one.script.length]));
    const injected = entries.filter(({ script }) => script.some(({ faults }) => faults.length > 0));
    expect(injected.length).toBeGreaterThan(20);
    expect(injected.filter((entry) => reachable.has(name(entry))).map(name)).toEqual([]);
    for (const entry of entries) {
      const length = reachable.get(name(entry));
      if (length !== undefined) expect([name(entry), entry.script.length]).toEqual([name(entry), length]);
    }
  });

  test.each(made)('$generation.id: opening an open device never fails', ({ entries }) => {
    const failed = entries.filter(
      ({ script, result }) => script.at(-1)?.op.op === 'reopen' && typeof result === 'string',
    );
    expect(failed).toEqual([]);
  });

  test.each(made)('$generation.id: a positive return is a number with its deciding check', ({ entries }) => {
    const tooFew = entries.filter(({ check }) => check === 'msi.too-few');
    expect(tooFew.map(({ result }) => result)).toEqual(tooFew.map(() => 1));
    expect(tooFew.map(({ fn }) => fn)).toContain('vfio_pci_ioctl_set_irqs');
    // the PCI core grants one vector and two: two outcomes
    const granted = entries.filter(({ fn, check }) => fn === 'pci_alloc_irq_vectors' && check === null);
    expect(granted.map(({ result }) => result)).toEqual(expect.arrayContaining([1, 2]));
    const nothing = entries.filter(({ fn }) => fn === 'free_irq');
    expect(nothing.map(({ result }) => result)).toEqual([null]);
  });

  test('reaches every check in some generation, except those behind another check', () => {
    const nowhere = CHECK_IDS.filter((id) =>
      made.every(({ unreached }) => unreached[0]?.checks.includes(id)),
    );
    expect(nowhere).toEqual([
      // vfio_msi_set_block rejects these vectors first
      'msi.vector-range',
      // the kernels request only allocated irqs without a handler
      'irq.request',
      // validation rejects these first: ERR and REQ have one interrupt
      'single.range',
    ]);
  });

  test('calls vfio_msi_free_irq in V3 and track only, and pci_msix_alloc_irq_at in all but static', () => {
    const has = (id: string, fn: string) =>
      made.find((one) => one.generation.id === id)?.entries.some((entry) => entry.fn === fn);
    const having = (fn: string) => GENERATIONS.map(({ id }) => id).filter((id) => has(id, fn));
    expect(having('vfio_msi_free_irq')).toEqual(['v3', 'track']);
    expect(having('pci_msix_alloc_irq_at')).toEqual(['v2', 'v3', 'dynamic', 'track', 'hold']);
    expect(having('irq_update_devid')).toEqual(['hold']);
  });
});

describe('the state graph', () => {
  const spec = { ...USUAL_ALPHABET, disable: true, raise: true };
  const { setUp, lines } = alphabetOf(spec);
  const side = sideOf(generation('dynamic'), spec, {}, setUp);

  test('has as many states and transitions as the search counts', () => {
    const question = questionById('count-states');
    if (!question.ok) throw new Error('no question');
    const bounds = { maxDepth: null, maxStates: 10_000 };
    const counted = answerOf({ sides: [side], alphabet: lines, question: question.value, bounds });
    const graph = lastOf(stateGraph(side, lines, 10_000));
    expect([graph.complete, graph.nodes.length, graph.edges.length]).toEqual([
      true,
      counted.states,
      counted.transitions,
    ]);
  });

  test('reports that it was cut, and describes each state', () => {
    const { complete, nodes, edges } = lastOf(stateGraph(side, lines, 5));
    expect([complete, nodes.length]).toEqual([false, 5]);
    expect(edges.every(({ from, to }) => from < 5 && to < 5)).toBe(true);
    const [start, first] = nodes;
    expect(start).toMatchObject({ id: 0, script: [], enabled: null, attached: [], cached: [], pending: [] });
    expect(first).toMatchObject({ id: 1, enabled: 'msix', attached: [], cached: [0] });
  });
});

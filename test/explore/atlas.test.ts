import { describe, expect, test } from 'vitest';
import { alphabetOf, USUAL_ALPHABET } from '../../src/explore/alphabet.ts';
import { atlas } from '../../src/explore/atlas.ts';
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
  test.each(made)('$generation.id: each script comes to its outcome', ({ sources, entries }) => {
    expect(entries.length).toBeGreaterThan(150);
    for (const { fn, check, errno, script, source } of entries) {
      const side = sources[source]?.side;
      if (side === undefined) throw new Error('no source');
      let machine = side.start;
      let last: Run | null = null;
      for (const line of script) {
        last = run(side.generation, machine, line, { frames: true });
        machine = last.after;
      }
      const calls = last?.frames.filter((frame) => frame.fn === fn) ?? [];
      const failed = calls.some(({ ret }) => ret === errno);
      const went = calls.some(({ ret }) => typeof ret !== 'string');
      const decided = last?.check === check && last.errno === errno;
      expect({ fn, check, errno, comes: decided || (errno === null ? went : failed) }).toMatchObject({
        comes: true,
      });
    }
  });

  test('every check decides something in some generation, or is known to stand behind another', () => {
    const nowhere = CHECK_IDS.filter((id) =>
      made.every(({ unreached }) => unreached[0]?.checks.includes(id)),
    );
    expect(nowhere).toEqual([
      // vfio_msi_set_block refuses the same vectors before
      'msi.vector-range',
      // the kernels only request an irq that they have and that is free
      'irq.request',
      // INTx of a device without a pin has no interrupts, ERR and REQ have one: validation refuses before
      'intx.no-pin',
      'single.range',
    ]);
  });

  test('what only one policy comes to', () => {
    const has = (id: string, fn: string) =>
      made.find((one) => one.generation.id === id)?.entries.some((entry) => entry.fn === fn);
    expect(GENERATIONS.map(({ id }) => has(id, 'vfio_msi_free_irq'))).toEqual([false, false, true, false]);
    expect(GENERATIONS.map(({ id }) => has(id, 'pci_msix_alloc_irq_at'))).toEqual([false, true, true, true]);
  });
});

describe('the state graph', () => {
  const spec = { ...USUAL_ALPHABET, disable: true, raise: true };
  const { setUp, lines } = alphabetOf(spec);
  const side = sideOf(generation('dynamic'), spec, {}, setUp);

  test('has the states and the transitions that the search counts', () => {
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

  test('says where it was cut, and what each state holds', () => {
    const { complete, nodes, edges } = lastOf(stateGraph(side, lines, 5));
    expect([complete, nodes.length]).toEqual([false, 5]);
    expect(edges.every(({ from, to }) => from < 5 && to < 5)).toBe(true);
    const [start, first] = nodes;
    expect(start).toMatchObject({ id: 0, script: [], enabled: null, attached: [], cached: [], pending: [] });
    expect(first).toMatchObject({ id: 1, enabled: 'msix', attached: [], cached: [0] });
  });
});

// Compares the results of the scenarios with a table by generation. test/model/scenarios*.test.ts checks the states.

import { describe, expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { run } from '../../src/kernel/run.ts';
import { outcomes } from '../../src/lessons/library.ts';
import { scenarios } from '../../src/lessons/scenarios/index.ts';
import type { Scenario } from '../../src/lessons/scenarios/scenario.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';

/** Results of the SET_IRQS calls: static / V3 / dynamic / track / hold. A missing list is that of static, or of dynamic for a proposal. */
const TABLE: Readonly<Record<string, string>> = {
  S1: '0,0,0',
  S2: '0,0',
  S3: '0',
  S4: '0,EINVAL,EINVAL / 0,0,0 / 0,0,0',
  S5: '0,0,0',
  S6: '0,0,0,0',
  S7: '0,EINVAL,EINVAL,EINVAL / 0,0,0,0 / 0,0,0,0',
  S8: '0,EINVAL',
  S9: '0,0,0',
  S10: '0,EINVAL / 0,0 / 0,0',
  S11: '0,0,0,0',
  S12: '0,0,0',
  S13: '0,EINVAL / 0,0 / 0,0',
  S14: '0,EINVAL,EINVAL / 0,EBADF,0 / 0,EBADF,0',
  S15: '0,EBADF,0',
  S16: '0,EINVAL / 0,EBADF / 0,EBADF',
  S16b: '0,EINVAL / 0,EBADF / 0,EBADF',
  S17: '0,EBADF',
  S18: 'EBADF',
  S19: '0,EINVAL',
  S20: '0,EINVAL / 0,0 / 0,0',
  S21: '0,EINVAL / 0,0 / 0,0',
  S22: '0,EINVAL / 0,0 / 0,0',
  S23: 'EINVAL,0,0,EINVAL',
  S24: '0,0',
  S25: '0,ENOTTY,0',
  S26: '0,ENOTTY,ENOTTY',
  S27: '0,EINVAL',
  S28: '+3',
  S29: '0,EINVAL,EINVAL / 0,0,ENOSPC / 0,0,ENOSPC',
  S30: 'EINVAL',
  S31: '0,0,0,0,EINVAL / 0,EINVAL,0,0,EINVAL / 0,EINVAL,0,0,EINVAL',
  S32: 'ERANGE,EINVAL / ERANGE,0 / ERANGE,0',
  S33: 'EINVAL,ENOTTY,ENOTTY,EINVAL,EINVAL,EINVAL',
  S34: '0,0',
  S35: '0,EBADF,EINVAL,0 / 0,EBADF,0,ENOSPC / 0,EBADF,ENOSPC,0',
  S36: '0,0,0',
  S37: '0,0',
  S38: '0,EBADF,0,0',
  S39: '0,EBADF,EINVAL / 0,EBADF,EBADF / 0,EBADF,EBADF',
  S40: '0,EBADF,EINVAL,EINVAL,EINVAL / 0,EBADF,EBADF,0,0 / 0,EBADF,EBADF,ENOSPC,0 / 0,EBADF,EBADF,0,ENOSPC',
  S41: '0,ENOSPC / 0,ENOSPC / 0,ENOSPC / 0,ENOSPC / 0,0',
  T1: '0,0,0',
  T2: '0,0,0',
  T3: '0,0,0,0,0',
  T4: '0',
  T5: '0,0',
  T6: '0',
  T7: '0,EINVAL,EINVAL / 0,0,0 / 0,0,0',
  T8: '0,0',
  T9: '0,0',
};

/** Returns the results of the SET_IRQS calls of a scenario. */
function returns({ script }: Scenario, kernel: GenerationId): string {
  const made = scriptMachine(script.device, generation(kernel));
  if (!made.ok) throw new Error(JSON.stringify(made.problems));
  let { machine } = made.value;
  const said: string[] = [];
  for (const { line } of script.lines) {
    const { ret, errno, after } = run(made.value.generation, machine, line);
    machine = after;
    if (line.op.op === 'set_irqs') said.push(errno ?? (ret > 0 ? `+${ret}` : String(ret)));
  }
  return said.join(',');
}

test('the library contains S1 to S41, S16b and T1 to T9, in this order', () => {
  const numbers = (letter: string, last: number) =>
    Array.from({ length: last }, (_, at) => `${letter}${at + 1}`).flatMap((id) =>
      id === 'S16' ? ['S16', 'S16b'] : [id],
    );
  expect(scenarios().map(({ id }) => id)).toEqual([...numbers('S', 41), ...numbers('T', 9)]);
  expect(Object.keys(TABLE).sort()).toEqual(
    scenarios()
      .map(({ id }) => id)
      .sort(),
  );
});

test.each([
  ['track', ['S39', 'S40']],
  ['hold', ['S41', 'T8', 'T9']],
] as const)('sets %s apart from V2, V3 and the merged driver in %o', (proposal, ids) => {
  for (const one of scenarios().filter(({ id }) => ids.some((own) => own === id))) {
    const all = outcomes(one);
    const key = (id: GenerationId) => all.find(({ generation: of }) => of === id)?.key;
    expect(key(proposal)).toBeDefined();
    for (const other of ['v2', 'v3', 'dynamic'] as const)
      expect([one.id, key(other)]).not.toEqual([one.id, key(proposal)]);
    expect(one.compare).toEqual(['v2', 'v3', 'dynamic', proposal]);
    expect(one.look).toMatch(/no kernel has/i);
  }
});

describe.each(scenarios().map((one) => [one.id, one] as const))('%s', (id, one) => {
  const [old = '', v3 = old, merged = old, track = merged, hold = merged] = (TABLE[id] ?? '').split(' / ');

  test('returns the results of the table', () => {
    expect(returns(one, 'static')).toBe(old);
    expect(returns(one, 'v3')).toBe(v3);
    expect(returns(one, 'dynamic')).toBe(merged);
    expect(returns(one, 'track')).toBe(track);
    expect(returns(one, 'hold')).toBe(hold);
  });

  test('has the same results in the library', () => {
    const table: Partial<Record<string, string>> = { static: old, v3, dynamic: merged, track, hold };
    for (const { generation: id, returned } of outcomes(one))
      if (table[id] !== undefined) expect([id, returned.join(',')]).toEqual([id, table[id]]);
  });

  test('opens at a SET_IRQS or raise line', () => {
    const { line } = one.script.lines[one.at - 1] ?? {};
    expect(line?.op.op).toMatch(/^(set_irqs|raise)$/);
  });

  test('compares a single generation only if all results are equal', () => {
    if (one.compare.length === 1) expect(new Set([old, v3, merged]).size).toBe(1);
  });
});

// The library of scenarios against the specification's table: what each call returns, by generation (scenarios.md,
// section 1; the states after each call are tested in test/model/scenarios*.test.ts).

import { describe, expect, test } from 'vitest';
import type { GenerationId } from '../../src/kernel/generations/generation.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import { run } from '../../src/kernel/run.ts';
import { outcomes } from '../../src/lessons/library.ts';
import { scenarios } from '../../src/lessons/scenarios/index.ts';
import type { Scenario } from '../../src/lessons/scenarios/scenario.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';

/** Returns of the SET_IRQS calls as the table has them: old / V3 / merged, or one for all. */
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
  T1: '0,0,0',
  T2: '0,0,0',
  T3: '0,0,0,0,0',
  T4: '0',
  T5: '0,0',
  T6: '0',
  T7: '0,EINVAL,EINVAL / 0,0,0 / 0,0,0',
};

/** What the SET_IRQS calls of a scenario return. */
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

test('the library holds S1 to S38, S16b and T1 to T7, in this order', () => {
  const numbers = (letter: string, last: number) =>
    Array.from({ length: last }, (_, at) => `${letter}${at + 1}`).flatMap((id) =>
      id === 'S16' ? ['S16', 'S16b'] : [id],
    );
  expect(scenarios().map(({ id }) => id)).toEqual([...numbers('S', 38), ...numbers('T', 7)]);
  expect(Object.keys(TABLE).sort()).toEqual(
    scenarios()
      .map(({ id }) => id)
      .sort(),
  );
});

describe.each(scenarios().map((one) => [one.id, one] as const))('%s', (id, one) => {
  const [old = '', v3 = old, merged = old] = (TABLE[id] ?? '').split(' / ');

  test('returns what the table says', () => {
    expect(returns(one, 'static')).toBe(old);
    expect(returns(one, 'v3')).toBe(v3);
    expect(returns(one, 'dynamic')).toBe(merged);
  });

  test('the library says the same', () => {
    for (const { generation: id, returned } of outcomes(one))
      if (id !== 'v2')
        expect([id, returned.join(',')]).toEqual([id, { static: old, v3, dynamic: merged }[id]]);
  });

  test('opens at one of its calls', () => {
    const { line } = one.script.lines[one.at - 1] ?? {};
    expect(line?.op.op).toMatch(/^(set_irqs|raise)$/);
  });

  test('one generation is compared only where all return alike', () => {
    if (one.compare.length === 1) expect(new Set([old, v3, merged]).size).toBe(1);
  });
});

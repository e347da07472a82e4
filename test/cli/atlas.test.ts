// The atlas agrees with the model: a replay of every script leads to its outcome.
import { expect, test } from 'vitest';
import { makeAtlas } from '../../src/cli/atlas.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { parseAtlas, printAtlas } from '../../src/formats/search/atlas.ts';
import { CHECKS } from '../../src/kernel/checks.ts';
import { run } from '../../src/kernel/run.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';

const atlas = makeAtlas();

test('is deterministic and reads back from its file', () => {
  expect(printAtlas(makeAtlas())).toBe(printAtlas(atlas));
  expect(parseAtlas(printAtlas(atlas))).toEqual({ ok: true, value: atlas });
});

test('every script leads to its outcome in its last line', () => {
  expect(atlas.entries.length).toBeGreaterThan(500);
  for (const entry of atlas.entries) {
    const { script, problems } = parseScript(entry.script);
    expect(problems).toEqual([]);
    const begin = scriptMachine(script.device, null);
    if (!begin.ok) throw new Error(JSON.stringify(begin.problems));
    const { generation, machine } = begin.value;
    expect(generation.id).toBe(entry.generation);
    let now = machine;
    for (const { line } of script.lines.slice(0, -1)) now = run(generation, now, line).after;
    const last = script.lines.at(-1);
    if (last === undefined) throw new Error('an empty script');
    const made = run(generation, now, last.line, { frames: true });
    const byCall = made.frames.some(({ fn, ret = null }) => fn === entry.fn && ret === entry.result);
    const ofLine = made.errno ?? made.ret;
    const byCheck = made.check !== null && CHECKS[made.check].fn === entry.fn && ofLine === entry.result;
    expect(byCall || byCheck, entry.script).toBe(true);
    if (entry.check !== null) expect(made.check, entry.script).toBe(entry.check);
  }
});

test('lists each check either as reached or as unreached', () => {
  for (const { generation, checks } of atlas.unreached) {
    const reached = atlas.entries
      .filter((entry) => entry.generation === generation)
      .map(({ check }) => check);
    expect(checks.filter((check) => reached.includes(check))).toEqual([]);
    expect([...checks, ...reached].filter((check) => check !== null).length).toBeGreaterThan(0);
    expect(new Set([...checks, ...reached.flatMap((check) => check ?? [])])).toEqual(
      new Set(Object.keys(CHECKS)),
    );
  }
});

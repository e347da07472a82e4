// The answers to a dozen exported searches. The search always gives them here; TLC gives them too where the variable TLA2TOOLS names
// tla2tools.jar, because TLC is in no package registry. It finds as many states, and its script is as long.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { AlphabetSpec } from '../../src/explore/alphabet.ts';
import { exported, exportName } from '../../src/explore/export/index.ts';
import { running } from '../../src/explore/export/running.ts';
import type { Problem } from '../../src/explore/problem.ts';
import type { Host } from '../../src/machine/host.ts';
import { inNotation, problemOf } from './exported.ts';
import { answerOf } from './problems.ts';

const jar = process.env['TLA2TOOLS'];
const ALL = {
  vectors: 2,
  goodFds: 2,
  raise: true,
  disable: true,
  loopback: true,
  reset: true,
  countZero: true,
};

/** Kernels, alphabet, host, question, and the answer: the number of states, or the length of the shortest script. */
const KNOWN: readonly (readonly [
  Parameters<typeof problemOf>[0],
  Partial<AlphabetSpec>,
  Partial<Host>,
  string,
  { readonly states: number } | { readonly lines: number },
])[] = [
  ['static', ALL, {}, 'count-states', { states: 180 }],
  ['v2', ALL, {}, 'count-states', { states: 220 }],
  ['v3', ALL, {}, 'count-states', { states: 508 }],
  ['dynamic', ALL, { irqPool: 2 }, 'count-states', { states: 180 }],
  ['track', ALL, { cpuVectors: 2 }, 'count-states', { states: 180 }],
  ['hold', ALL, { canAllocDyn: false }, 'count-states', { states: 180 }],
  [['v3', 'dynamic'], {}, {}, 'differ-client', { states: 85 }],
  [['v3', 'dynamic'], {}, {}, 'differ-state', { lines: 2 }],
  [['v3', 'dynamic'], {}, { irqPool: 2 }, 'differ-client', { lines: 3 }],
  [['v2', 'v3'], {}, {}, 'differ-return', { states: 182 }],
  [['hold', 'dynamic'], { goodFds: 2 }, {}, 'differ-state', { states: 133 }],
  ['v3', {}, {}, 'original-irq-freed', { lines: 1 }],
  ['dynamic', {}, {}, 'invariant:I7', { states: 36 }],
];

function runTlc(problem: Problem): string {
  const made = exported('tla', problem, inNotation);
  const [command] = running('tla', exportName(problem)).commands;
  if (!made.ok || command === undefined) throw new Error('no export');
  const folder = mkdtempSync(join(tmpdir(), 'irqscope-tlc-'));
  try {
    for (const { name, text } of made.value) writeFileSync(join(folder, name), text);
    const line = command.lines.join('\n').replace('tla2tools.jar', jar ?? '');
    return spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each(KNOWN)('the search answers %o %o %o %s with %o', (ids, alphabet, host, question, known) => {
  const { verdict, states, script } = answerOf(problemOf(ids, alphabet, host, question));
  expect(verdict === 'found' ? { lines: script?.length } : { states }).toEqual(known);
});

describe.skipIf(jar === undefined)('TLC', () => {
  test.each(KNOWN)(
    'answers %o %o %o %s with %o',
    (ids, alphabet, host, question, known) => {
      const text = runTlc(problemOf(ids, alphabet, host, question));
      const violated = text.includes('Invariant NotFound is violated');
      // the first state of a trace is the start
      const lines = [...text.matchAll(/^State \d+:/gm)].length - 1;
      const states = Number(/(\d+) distinct states found/.exec(text)?.[1]);
      expect(violated ? { lines } : { states }, text).toEqual(known);
    },
    600_000,
  );
});

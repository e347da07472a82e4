// The counts of `irqscope coverage` follow from the recordings, and its copy of the model agrees with them like the model.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { withBranches } from '../../src/cli/branches.ts';
import { coverageCommand, coverageText, makeCoverage } from '../../src/cli/coverage.ts';
import { makeSeen } from '../../src/cli/seen.ts';
import { UNREACHED_BRANCHES, UNREACHED_CHECKS, unreachedBranch } from '../../src/cli/unreached.ts';
import { parseSeen, printSeen } from '../../src/formats/trust/seen.ts';
import { checkSeenText, outcomeMarks } from '../../src/views/trust/seen.ts';

const RECORDINGS = join(import.meta.dirname, '../recordings');
const folder = mkdtempSync(join(tmpdir(), 'irqscope-coverage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const textOf = (name: string) => gunzipSync(readFileSync(join(RECORDINGS, name))).toString('utf8');

/** Returns the path of a copy of a recording with changed text. */
function changed(name: string, change: (text: string) => string): string {
  const before = textOf(name);
  const after = change(before);
  expect(after).not.toBe(before);
  const path = join(folder, name.replaceAll('/', '-').replace('.gz', ''));
  writeFileSync(path, after);
  return path;
}

const sum = (steps: readonly number[]) => steps.reduce((all, count) => all + count, 0);

describe('makeCoverage', () => {
  test('agrees with every step of some recordings of each kernel', async () => {
    const files = ['static', 'v2', 'v3', 'dynamic'].flatMap((kernel) =>
      readdirSync(join(RECORDINGS, kernel))
        .filter((name) => name.startsWith('bad-'))
        .map((name) => join(RECORDINGS, kernel, name)),
    );
    const { kernels, unreadable } = await makeCoverage(files);
    expect(unreadable).toEqual([]);
    expect(kernels.map(({ generation }) => generation)).toEqual(['static', 'dynamic', 'v2', 'v3']);
    for (const { steps, agreeing } of kernels) expect(agreeing).toBe(steps);
    expect(kernels.reduce((all, { recordings }) => all + recordings, 0)).toBe(files.length);
  });

  test('counts the steps of a check and of its branches by kernel', async () => {
    const name = 'dynamic/bad-attached-single.jsonl.gz';
    const failed = textOf(name)
      .split('\n')
      .filter((line) => line.includes('"op":"set_irqs"') && line.includes('"errno":"EBADF"')).length;
    expect(failed).toBeGreaterThan(0);
    const { checks, branches } = await makeCoverage([join(RECORDINGS, name)]);
    expect(checks.find(({ id }) => id === 'eventfd.closed')?.steps).toEqual([failed]);
    const outcomes = (condition: string) =>
      branches
        .filter((branch) => branch.file.endsWith('/dynamic.ts') && branch.condition === condition)
        .map(({ outcome, steps }) => [outcome, sum(steps) > 0]);
    expect(outcomes('fdget < 0')).toEqual([
      ['true', true],
      ['false', true],
    ]);
    expect(outcomes('name === null')).toEqual([
      ['true', false],
      ['false', true],
    ]);
    const other = branches.filter(({ file }) => file.endsWith('/static.ts'));
    expect(other.every(({ steps }) => sum(steps) === 0)).toBe(true);
  });

  test('leaves out a step that differs from the model', async () => {
    const path = changed('dynamic/bad-attached-single.jsonl.gz', (text) =>
      text.replace('"errno":"EBADF"', '"errno":"EPERM"'),
    );
    const [before] = (await makeCoverage([join(RECORDINGS, 'dynamic/bad-attached-single.jsonl.gz')])).kernels;
    const { kernels, checks } = await makeCoverage([path]);
    expect(kernels[0]).toMatchObject({ steps: before?.steps, agreeing: (before?.agreeing ?? 0) - 1 });
    expect(sum(checks.find(({ id }) => id === 'eventfd.closed')?.steps ?? [])).toBe(0);
  });

  test('counts an injected fault only if the step reaches it', async () => {
    const withFault = (nth: number) =>
      changed('dynamic/bad-attached-single.jsonl.gz', (text) =>
        text
          .split('\n')
          .map((line) =>
            line.includes('"op":"set_irqs"') && line.includes('"errno":"EBADF"')
              ? line.replace(
                  '"ret":-1',
                  `"faults":[{"site":"eventfd_ctx_fdget","nth":${nth},"result":"EBADF"}],"ret":-1`,
                )
              : line,
          )
          .join('\n'),
      );
    const counted = async (nth: number) => {
      const { faults } = await makeCoverage([withFault(nth)]);
      return faults.filter(({ steps }) => sum(steps) > 0).map(({ site, result }) => [site, result]);
    };
    expect(await counted(1)).toEqual([
      ['eventfd_ctx_fdget', null],
      ['eventfd_ctx_fdget', 'EBADF'],
    ]);
    expect(await counted(5)).toEqual([]);
  });

  test('names an unreadable recording', async () => {
    const path = join(folder, 'cut.jsonl');
    writeFileSync(path, textOf('dynamic/info.jsonl.gz').slice(0, 900));
    expect((await makeCoverage([path])).unreadable.map((one) => one.path)).toEqual([path]);
  });
});

describe('the reasons', () => {
  test('name existing branches, each once', async () => {
    const { branches, checks } = await makeCoverage([]);
    const known = branches.map(({ file, condition, outcome }) => `${file}: ${condition}: ${outcome}`);
    const named = UNREACHED_BRANCHES.map(([file, condition, outcome]) => {
      expect(unreachedBranch(`src/kernel/${file}`, condition, outcome)).not.toBeNull();
      return `src/kernel/${file}: ${condition}: ${outcome}`;
    });
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
    expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(UNREACHED_CHECKS)));
  });
});

describe('coverageText', () => {
  test('prints the counts and the list of what no step reaches, with reasons', async () => {
    const text = coverageText(await makeCoverage([join(RECORDINGS, 'dynamic/bad-cached.jsonl.gz')]));
    expect(text).toContain('[1] 6.12.117+deb12-amd64, dynamic: 1 recordings,');
    expect(text).toMatch(/^ +\d+ {2}eventfd\.closed \(eventfd_ctx_fdget\)$/m);
    expect(text).toMatch(/^ +– {2}generations\/dynamic\.ts:\d+ !is_irq_none\(k\): true$/m);
    expect(text).toMatch(
      /not reached: generations\/dynamic\.ts:\d+ !is_irq_none\(k\): true\n {6}The caller has tested this already/,
    );
    expect(text).toMatch(/^0 of 11 fault sites reached on a real kernel$/m);
    // a driver without recordings is one line
    expect(text).toMatch(/^no recording of src\/kernel\/generations\/v2\.ts: \d+ branches$/m);
    expect(text).not.toContain('not reached: generations/v2.ts');
  });

  test('the command rejects unknown options', async () => {
    const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(await coverageCommand(['--generation', 'v3'])).toBe(2);
    expect(await coverageCommand(['--all'])).toBe(2);
    written.mockRestore();
  });
});

describe('withBranches', () => {
  test('reports conditions, operands, loops and cases, and leaves out assertions and defaults', () => {
    const code = [
      'export function f(a: number | null, b: number[]): number {',
      "  if (b === undefined) throw new Error('x');",
      '  for (const one of b) if (one > 0 && a !== null) return b[one] ?? -1;',
      '  switch (a) {',
      '    case 1:',
      '    case 2:',
      '      return a > 1 ? 1 : 0;',
      '    default:',
      '      return 0;',
      '  }',
      '}',
    ].join('\n');
    const out = withBranches(code, 'src/kernel/x.ts');
    const listed = /\$takerOf\("src\/kernel\/x\.ts", (\[.*?\]\])\); /.exec(out)?.[1] ?? '[]';
    expect(JSON.parse(listed)).toEqual([
      [3, 'for (const one of b)', 'entered'],
      [3, 'for (const one of b)', 'no pass'],
      [3, 'one > 0 && a !== null', 'true'],
      [3, 'one > 0 && a !== null', 'false'],
      [3, 'one > 0', 'true'],
      [3, 'one > 0', 'false'],
      [4, 'a', '1, 2'],
      [4, 'a', 'default'],
      [7, 'a > 1', 'true'],
      [7, 'a > 1', 'false'],
    ]);
  });
});

describe('makeSeen', () => {
  const seen = makeSeen(join(RECORDINGS, 'v3'));

  test('reads back from its file', () => {
    expect(parseSeen(printSeen(seen))).toEqual({ ok: true, value: seen });
    const wrong = parseSeen('{"version":2}');
    expect(wrong.ok ? null : wrong.problems[0].at.path).toBe('version');
  });

  test('names each version once, with the architecture where it is not amd64', () => {
    const releases = ['6.1.0-56-amd64', '7.3.4+deb13-amd64', '7.3.4+deb14-amd64', '7.2.12+deb13-arm64'];
    const several = {
      kernels: releases.map((release) => ({ generation: 'dynamic' as const, release })),
      checks: [{ check: 'eventfd.closed', kernels: [0, 1, 2, 3] }],
      outcomes: [],
    };
    expect(checkSeenText(several, 'eventfd.closed')).toBe(
      'Seen on a real kernel: 6.1.192, 7.3.4, 7.2.12 (arm64).',
    );
  });

  test('contains recorded checks only, and marks outcomes by kernel', () => {
    expect(checkSeenText(seen, 'eventfd.closed')).toBe('Seen on a real kernel: V3 on 6.12.117.');
    expect(checkSeenText(seen, 'msi.block-range')).toBe(
      'By source: no recording of a real kernel reaches this check.',
    );
    const mark = outcomeMarks(seen);
    const outcome = { fn: 'eventfd_ctx_fdget', check: 'eventfd.closed', result: 'EBADF' } as const;
    expect(mark({ ...outcome, generation: 'v3' })).toEqual({
      seen: true,
      text: 'seen on a real kernel',
      title: 'Recorded on V3 on 6.12.117.',
    });
    expect(mark({ ...outcome, generation: 'static' }).text).toBe('by source');
    // an irq number differs between machines
    const irq = { fn: 'pci_msix_alloc_irq_at', check: null, generation: 'v3', result: 1000 } as const;
    expect(mark(irq).text).toBe('seen on a real kernel');
    expect(mark({ ...irq, fn: 'kasprintf', result: 0 })).toEqual({
      seen: false,
      text: 'by source',
      title: 'Recordings do not contain the calls of this function.',
    });
  });
});

// `irqscope replay`: each step as strace prints it, the state after it, and the broken invariants that the kernel claims.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { replayCommand } from '../../src/cli/replay.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { brokenClaims, INVARIANTS } from '../../src/kernel/invariants/index.ts';
import { replayWhole, runAt } from '../../src/session/replay.ts';
import { sessionOf } from '../views/sessionOf.ts';

const folder = mkdtempSync(join(tmpdir(), 'irqscope-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

const FAILED_SWAP = `eventfd 100
eventfd 101
set_irqs msix trigger eventfd 0 [100 101]
set_irqs msix trigger eventfd 1 [999]
`;

function replayed(
  script: string,
  ...args: readonly string[]
): { readonly status: number; readonly text: string } {
  const path = join(folder, 'script.txt');
  writeFileSync(path, script);
  let text = '';
  const keep = (chunk: unknown) => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  return { status: replayCommand([...args, path]), text };
}

describe('replay', () => {
  test.each(GENERATIONS.map(({ id }) => id))(
    '%s: reports no broken invariant that the kernel does not claim',
    (id) => {
      expect(replayed(FAILED_SWAP, '--generation', id)).toMatchObject({
        status: 0,
        text: expect.not.stringContaining('breaks'),
      });
    },
  );

  test('names a broken claim by its name, with the id as a detail', () => {
    const [first] = INVARIANTS;
    if (first === undefined) throw new Error('there are invariants');
    const broken = vi.spyOn(first, 'broken').mockReturnValue('vector 0 is attached');
    const { text } = replayed('eventfd 100', '--generation', 'dynamic');
    broken.mockRestore();
    expect(text).toContain('    breaks "attached vectors are allocated" (I1): vector 0 is attached\n');
  });

  test('prints flags and counts of GET_IRQ_INFO, as text and as JSON', () => {
    const script = 'irq_info msix\n';
    expect(replayed(script, '--generation', 'static').text).toContain(
      '{argsz=16, flags=VFIO_IRQ_INFO_EVENTFD|VFIO_IRQ_INFO_NORESIZE, index=2, count=8}) = 0',
    );
    const json: unknown = JSON.parse(replayed(script, '--generation', 'static', '--json').text);
    expect(json).toMatchObject({ ret: 0, out: { flags: 9, count: 8 } });
  });

  test('requires exactly one file', () => {
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(replayCommand(['--generation', 'dynamic'])).toBe(2);
    expect(process.stderr.write).toHaveBeenCalledWith('irqscope: replay: expected one file, found 0\n');
  });
});

describe('broken claims', () => {
  test('leave out invariants that the generation does not claim', () => {
    const session = sessionOf(FAILED_SWAP, 'static');
    const runs = replayWhole(session);
    for (const [at, { line }] of session.script.entries()) {
      const run = runAt(runs, at + 1);
      if (run !== null) expect(brokenClaims('static', { line, run })).toEqual([]);
    }
  });
});

test('every invariant has a short name of its own', () => {
  const names = INVARIANTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z].{8,60}[a-z]$/i);
});

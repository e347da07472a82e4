// Runs Spin on a model: spin makes a verifier in C, the compiler builds it, the verifier counts and checks.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the verifier says of a model. */
export interface Verified {
  /** States stored, the start included; with `shortest` those between choice and effect are left out. */
  readonly states: number;
  /** Lines tried in a state. */
  readonly transitions: number;
  readonly violated: boolean;
  /** Number of lines of the error's script; with `shortest` there is no shorter one. */
  readonly depth: number | null;
  /** Building the verifier (spin and the C compiler), and running it, in ms. */
  readonly buildMs: number;
  readonly runMs: number;
}

/** True where both Spin and a C compiler can be run. */
export function spinInstalled(): boolean {
  return ['spin', 'gcc', 'cpp'].every((tool) => {
    const { status, error } = spawnSync(tool, [tool === 'spin' ? '-V' : '--version']);
    return error === undefined && status === 0;
  });
}

/** Builds and runs the verifier; `shortest` searches breadth first. Throws with what Spin or gcc printed when it cannot. */
export function verify(model: string, shortest: boolean, optimise = '-O1'): Verified {
  const folder = mkdtempSync(join(tmpdir(), 'irqscope-spin-'));
  const tool = (name: string, args: readonly string[]) =>
    execFileSync(name, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe', maxBuffer: 2 ** 26 });
  try {
    writeFileSync(join(folder, 'model.pml'), model);
    const bfs = shortest ? ['-DBFS'] : [];
    const started = performance.now();
    const made = tool('spin', ['-a', '-o2', ...bfs, 'model.pml']);
    if (/error/i.test(made)) throw new Error(`spin: ${made}`);
    const flags = [optimise, '-DSAFETY', '-DNOREDUCE', '-DVECTORSZ=4096', '-w', ...bfs];
    tool('gcc', [...flags, '-o', 'pan', 'pan.c']);
    const built = performance.now();
    const text = tool('./pan', ['-m2000000', '-w22']);
    const ran = performance.now();
    if (
      /max search depth too small|out of memory|search not completed/i.test(text) &&
      !/errors: 1/.test(text)
    ) {
      throw new Error(`pan gave up: ${text}`);
    }
    return { ...read(text, shortest), buildMs: built - started, runMs: ran - built };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function read(text: string, shortest: boolean): Omit<Verified, 'buildMs' | 'runMs'> {
  const number = (pattern: RegExp) => {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) throw new Error(`pan printed no ${pattern.source}: ${text}`);
    return Number(found);
  };
  const violated = number(/errors: (\d+)/) > 0;
  // a line is two of Spin's steps: the choice, and what it does. The choice that led to the error may not be counted as
  // a step of depth yet, so the depth is rounded up.
  const at = violated ? number(/assertion violated .*\(at depth (\d+)\)/) : null;
  return {
    states: number(shortest ? /(\d+) nominal states/ : /(\d+) states, stored/),
    transitions: number(/(\d+) atomic steps/) / 2,
    violated,
    depth: at === null ? null : Math.ceil((at + 1) / 2),
  };
}

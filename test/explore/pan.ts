// Runs Spin on a model: spin writes a verifier in C, the compiler builds it, the verifier counts and checks.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The result of the verifier. */
export interface Verified {
  /** Stored states, including the start; with `shortest` without those between choice and effect. */
  readonly states: number;
  /** Number of (state, line) pairs; breadth first it counts steps. */
  readonly transitions: number;
  readonly violated: boolean;
  /** Number of lines of a shortest script to the error; only with `shortest`. */
  readonly depth: number | null;
  /** Time to build the verifier (spin and the C compiler), and processor time of its fastest run, in ms. */
  readonly buildMs: number;
  readonly runMs: number;
}

/** The verifier's room: the length of its stack, and 2^slots places in its table. It clears both before it begins. */
export interface Room {
  readonly stack: number;
  readonly slots: number;
}

const MUCH_ROOM: Room = { stack: 2_000_000, slots: 22 };

// processor time, which a busy machine changes least
const timed = ({ stack, slots }: Room) => `TIMEFORMAT='%3U %3S'; time ./pan -m${stack} -w${slots}`;

/** Returns true if both Spin and a C compiler are installed. */
export function spinInstalled(): boolean {
  return ['spin', 'gcc', 'cpp', 'bash'].every((tool) => {
    const { status, error } = spawnSync(tool, [tool === 'spin' ? '-V' : '--version']);
    return error === undefined && status === 0;
  });
}

/** Builds and runs the verifier; `shortest` searches breadth first. Throws with the output of Spin or gcc if they fail. */
export function verify(
  model: string,
  { shortest = false, optimise = '-O0', runs = 1, room = MUCH_ROOM } = {},
): Verified {
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
    let text = '';
    let runMs = Number.POSITIVE_INFINITY;
    for (let i = 0; i < runs; i++) {
      const { status, stdout, stderr } = spawnSync('bash', ['-c', timed(room)], {
        cwd: folder,
        encoding: 'utf8',
      });
      if (status !== 0) throw new Error(`pan: ${stdout}${stderr}`);
      text = stdout;
      const [user, system] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
      runMs = Math.min(runMs, ((user ?? Number.NaN) + (system ?? Number.NaN)) * 1000);
    }
    if (
      /max search depth too small|out of memory|search not completed/i.test(text) &&
      !/errors: 1/.test(text)
    ) {
      throw new Error(`pan gave up: ${text}`);
    }
    return {
      ...read(text, shortest),
      depth:
        shortest && /errors: 1/.test(text)
          ? linesOf(readFileSync(join(folder, 'model.pml.trail'), 'utf8'))
          : null,
      buildMs: built - started,
      runMs,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Returns the number of lines of a script in a trail; the failing step is the last step of its line. */
function linesOf(trail: string): number {
  const steps = trail
    .trim()
    .split('\n')
    .map((row) => row.split(':')[2]);
  return steps.filter((step) => step === steps.at(-1)).length;
}

function read(text: string, shortest: boolean): Omit<Verified, 'depth' | 'buildMs' | 'runMs'> {
  const number = (pattern: RegExp) => {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) throw new Error(`pan printed no ${pattern.source}: ${text}`);
    return Number(found);
  };
  return {
    states: number(shortest ? /(\d+) nominal states/ : /(\d+) states, stored/),
    // the trail counts the start as a line
    transitions: number(/(\d+) transitions/) - 1,
    violated: number(/errors: (\d+)/) > 0,
  };
}

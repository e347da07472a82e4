// Arguments of the command line, parsed before anything is done.

import { failed, ok, problemText, type Result } from '../base/result.ts';
import type { Generation } from '../kernel/generations/generation.ts';
import { GENERATIONS, generationById } from '../kernel/generations/index.ts';

/** What both commands understand. */
export interface Arguments {
  readonly generation: Generation | null;
  readonly json: boolean;
  readonly paths: readonly string[];
}

/** Splits `--generation G`, `--json` and paths. */
export function parseArguments(args: readonly string[]): Result<Arguments> {
  let generation: Generation | null = null;
  let json = false;
  const paths: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--json') {
      json = true;
    } else if (arg === '--generation') {
      i++;
      const found = args[i] ?? 'nothing';
      const known = generationById(found);
      if (known === undefined) {
        const expected = `one of ${GENERATIONS.map(({ id }) => id).join(', ')}`;
        return failed({ at: { path: '--generation' }, expected, found });
      }
      generation = known;
    } else if (arg.startsWith('--')) {
      return failed({ at: { path: arg }, expected: '--generation, --json or a path', found: arg });
    } else {
      paths.push(arg);
    }
  }
  return ok({ generation, json, paths });
}

/** Reports wrong use on standard error and returns the exit status for it. */
export function wrongUse(result: Extract<Result<unknown>, { ok: false }>): 2 {
  for (const problem of result.problems) process.stderr.write(`irqscope: ${problemText(problem)}\n`);
  return 2;
}

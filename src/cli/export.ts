// `irqscope explore --export`: the search as files for Spin or TLC.

import { writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { failed } from '../base/result.ts';
import { type ExportFormat, exported } from '../explore/export/index.ts';
import type { Problem } from '../explore/problem.ts';
import { printLine } from '../formats/notation/printLine.ts';
import { scriptLine } from '../session/session.ts';
import { wrongUse } from './arguments.ts';

/**
 * Writes the files of an export to standard output, or the first to `out` and the others beside it under their own names. Returns
 * 0, or 2 after printing the parts of the search that the model lacks or the file that cannot be written.
 */
export function exportCommand(format: ExportFormat, out: string | null, problem: Problem): 0 | 2 {
  const files = exported(format, problem, (line) => printLine(scriptLine(line)));
  if (!files.ok) return wrongUse(files);
  const [first] = files.value;
  if (format === 'tla' && out !== null && first !== undefined && basename(out) !== first.name) {
    const expected = `a path that ends in ${first.name}, because TLC requires a module in a file of its name`;
    return wrongUse(failed({ at: { path: '--out' }, expected, found: out }));
  }
  for (const [at, { name, text }] of files.value.entries()) {
    if (out === null) {
      process.stdout.write(at === 0 ? text : `\n\\* ${name}:\n${text}`);
      continue;
    }
    const path = at === 0 ? out : join(dirname(out), name);
    try {
      writeFileSync(path, text);
    } catch (error) {
      process.stderr.write(
        `irqscope: ${path}: ${error instanceof Error ? error.message : 'cannot be written'}\n`,
      );
      return 2;
    }
    process.stderr.write(`${path}\n`);
  }
  return 0;
}

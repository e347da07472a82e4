// The exports by name, for the command line and the page.

import { type Problem as Flaw, ok, type Result } from '../../base/result.ts';
import type { Problem } from '../problem.ts';
import { type ExportedFile, type PrintLine, sideFlaws } from './facts.ts';
import type { ExportFormat } from './formats.ts';
import { promela } from './promela.ts';
import { askedOf } from './promelaQuestion.ts';
import { tla } from './tla.ts';

export { type ExportedFile, exportName } from './facts.ts';
export { EXPORT_FORMATS, type ExportFormat } from './formats.ts';

/**
 * Returns the problem as files for another model checker: a Promela model for Spin, or a TLA+ module and its configuration for
 * TLC, whose file names must not change. `print` writes a line in notation, as the engine prints it. Problems name every line, fact
 * or question without a counterpart there.
 */
export function exported(
  format: ExportFormat,
  problem: Problem,
  print: PrintLine,
): Result<readonly ExportedFile[]> {
  if (format === 'tla') return tla(problem, print);
  const made = promela(problem, print);
  return made.ok ? ok([made.value]) : made;
}

/** Returns the reasons for which no export has kernels or question of this problem, without reading its lines, which may be many. */
export function exportFlaws(problem: Problem): readonly Flaw[] {
  const asked = askedOf(problem);
  return [...sideFlaws(problem), ...(asked.ok ? [] : asked.problems)];
}

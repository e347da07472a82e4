// The exports by name, for the command line and the page.

import { ok, type Result } from '../../base/result.ts';
import type { Problem } from '../problem.ts';
import type { ExportedFile } from './facts.ts';
import { promela } from './promela.ts';
import { tla } from './tla.ts';

export type { ExportedFile } from './facts.ts';

/** The export formats. */
export const EXPORT_FORMATS = ['promela', 'tla'] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * Returns the problem as files for another model checker: a Promela model for Spin, or a TLA+ module and its configuration for
 * TLC, whose file names must not change. Problems name every line, fact or question without a counterpart there.
 */
export function exported(format: ExportFormat, problem: Problem): Result<readonly ExportedFile[]> {
  if (format === 'tla') return tla(problem);
  const made = promela(problem);
  return made.ok ? ok([made.value]) : made;
}

// The exports by name, for the command line and the page.

import { ok, type Result } from '../../base/result.ts';
import type { Problem } from '../problem.ts';
import type { ExportedFile } from './facts.ts';
import { promela } from './promela.ts';
import { tla } from './tla.ts';

export type { ExportedFile } from './facts.ts';

/** What a problem can be exported as. */
export const EXPORT_FORMATS = ['promela', 'tla'] as const;

/** One of them. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * The problem as files for another engine: a Promela model for Spin, or a TLA+ module and its configuration for TLC, whose
 * names have to stay. A failed result names every line, fact or question that the other engine's model cannot say.
 */
export function exported(format: ExportFormat, problem: Problem): Result<readonly ExportedFile[]> {
  if (format === 'tla') return tla(problem);
  const made = promela(problem);
  return made.ok ? ok([made.value]) : made;
}

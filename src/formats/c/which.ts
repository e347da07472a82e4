// The program that tells kernels apart, in the form that the script allows.

import { grouped } from '../../base/grouped.ts';
import type { Session } from '../../session/session.ts';
import { callsOf } from '../../session/visible.ts';
import { type ApartKernel, apartKernels } from './apart.ts';
import { printExactApart } from './apartExact.ts';
import { noShortForm, type Opening, printShortApart } from './apartShort.ts';

/** A program that tells kernels apart. */
export interface Which {
  readonly text: string;
  /** Whether the program can tell all kernels apart, some of them, or none. */
  readonly tells: 'all' | 'some' | 'none';
  /** Why the program has the exact form, which opens the device through its group; null for the short form. */
  readonly exact: string | null;
}

/** The longest script in which calls are looked for. */
const MOST_CALLS = 2_000;

/** Returns the reason why there is no program for a script and this number of kernels, or null. */
export function noWhich(session: Session, kernels: number): string | null {
  if (kernels < 2) return 'A program tells two or more kernels apart: compare two kernels with this script.';
  const { length } = callsOf(session);
  if (length === 0) return 'The script has no system call.';
  return length > MOST_CALLS ? `The script has more than ${grouped(MOST_CALLS)} calls.` : null;
}

/** Returns the program for two or more kernels that run the script of `session`, if `noWhich` has no reason. */
export function printWhich(session: Session, kernels: readonly ApartKernel[], opening: Opening): Which {
  const apart = apartKernels(session, kernels);
  const exact = noShortForm(apart);
  const groups = new Set(apart.visible.groups).size;
  return {
    text: exact === null ? printShortApart(apart, opening) : printExactApart(apart),
    tells: groups === kernels.length ? 'all' : groups > 1 ? 'some' : 'none',
    exact,
  };
}

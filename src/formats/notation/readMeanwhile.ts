// Reads the part of a line after `!`: injected faults, such as `request_irq#1=ENOSPC`, and interrupts that the device raises
// within the line, such as `raise 0 after free_irq#1`.

import { FAULT_SITES, type Fault, type FaultSite, type RaiseAt } from '../../kernel/line.ts';
import { ERRNOS, type Errno, isErrno } from '../../uapi/errno.ts';
import { choice } from './messages.ts';
import { nearest } from './nearest.ts';
import { GRANTED, looksNumeric, NTH, VECTOR } from './numbers.ts';
import type { Reader } from './reader.ts';
import type { Token } from './scan.ts';
import { FAULTS, RAISE, RAISE_WHEN } from './words.ts';

/** The only site that can also return a number of available vectors. */
const GRANTING: FaultSite = 'pci_alloc_irq_vectors';

/** The faults and interrupts after `!`. */
export interface Meanwhile {
  readonly faults: readonly Fault[];
  readonly raises: readonly RaiseAt[];
}

/** Reads `! fault … raise …`, which is optional. */
export function readMeanwhile(r: Reader): Meanwhile {
  const faults: Fault[] = [];
  const raises: RaiseAt[] = [];
  if (!r.take(FAULTS)) return { faults, raises };
  do {
    const token = r.word({ kind: 'fault' }, 'a fault, such as "request_irq#1=ENOSPC"');
    if (token?.text === RAISE.word) {
      const raise = readRaise(r);
      if (raise !== undefined) raises.push(raise);
    } else if (token !== undefined) {
      const fault = readFault(r, token);
      if (fault !== undefined) faults.push(fault);
    }
  } while (r.atWord({ kind: 'fault' }));
  return { faults, raises };
}

/** Matches the name of a kernel function. */
const FUNCTION = /^[A-Za-z_]\w*$/;

function readRaise(r: Reader): RaiseAt | undefined {
  const vector = r.number(VECTOR);
  const when = r.oneOf('the time of the interrupt', RAISE_WHEN)?.when;
  const token = r.word({ kind: 'function' }, 'a kernel function, such as "free_irq#1"');
  if (when === undefined || token === undefined) return undefined;
  const hash = token.text.indexOf('#');
  const fn = hash < 0 ? token.text : token.text.slice(0, hash);
  if (!FUNCTION.test(fn)) r.refuse('the name of a kernel function', token);
  const nth = hash < 0 ? 1 : r.numberIn({ text: token.text.slice(hash + 1), at: token.at + hash + 1 }, NTH);
  return { vector, when, fn, nth };
}

function readFault(r: Reader, token: Token): Fault | undefined {
  const equals = token.text.indexOf('=');
  const left = equals < 0 ? token.text : token.text.slice(0, equals);
  const hash = left.indexOf('#');
  const name = hash < 0 ? left : left.slice(0, hash);
  const site = FAULT_SITES.find((known) => known === name);
  if (site === undefined) {
    r.refuse(choice('a fault site', FAULT_SITES, name), token);
    return undefined;
  }
  const nth = hash < 0 ? 1 : r.numberIn({ text: left.slice(hash + 1), at: token.at + hash + 1 }, NTH);
  if (equals < 0) {
    r.refuse(`"=" and an errno after "${left}"`, token);
    return undefined;
  }
  const result = readResult(r, site, { text: token.text.slice(equals + 1), at: token.at + equals + 1 });
  return { site, nth, result };
}

function readResult(r: Reader, site: FaultSite, token: Token): Errno | number {
  if (isErrno(token.text)) return token.text;
  if (site === GRANTING && looksNumeric(token.text)) return r.numberIn(token, GRANTED);
  const meant = nearest(token.text, ERRNOS);
  const what = site === GRANTING ? 'an errno or a number of vectors' : 'an errno';
  r.refuse(meant === undefined ? `${what}, such as ENOMEM` : `${what} (did you mean "${meant}"?)`, token);
  return 0;
}

// The faults behind a line's `!`: `request_irq#1=ENOSPC kasprintf#2=ENOMEM`.

import { FAULT_SITES, type Fault, type FaultSite } from '../../kernel/line.ts';
import { ERRNOS, type Errno, isErrno } from '../../uapi/errno.ts';
import { choice } from './messages.ts';
import { nearest } from './nearest.ts';
import { GRANTED, looksNumeric, NTH } from './numbers.ts';
import type { Reader } from './reader.ts';
import type { Token } from './scan.ts';
import { FAULTS } from './words.ts';

/** The one site that can also be told how many vectors there are to be had. */
const GRANTING: FaultSite = 'pci_alloc_irq_vectors';

/** Reads `! fault fault …` if it is there. */
export function readFaults(r: Reader): readonly Fault[] {
  const faults: Fault[] = [];
  if (!r.take(FAULTS)) return faults;
  do {
    const token = r.word({ kind: 'fault' }, 'a fault, for instance "request_irq#1=ENOSPC"');
    const fault = token === undefined ? undefined : readFault(r, token);
    if (fault !== undefined) faults.push(fault);
  } while (r.atWord({ kind: 'fault' }));
  return faults;
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
    r.refuse(`"${left}=" and an errno`, token);
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
  r.refuse(
    meant === undefined ? `${what}, for instance ENOMEM` : `${what} (did you mean "${meant}"?)`,
    token,
  );
  return 0;
}

// Every sum over lines that a pane asks for, and their bytes in a checkpoint: one after the other.

import { Packer, Unpacker } from '../base/packed.ts';
import type { Run } from '../kernel/frame.ts';
import type { Replay } from '../session/replay.ts';
import { sumAt } from './fold.ts';
import { type Ledger, type LedgerDetails, ledgerFold } from './ledger.ts';
import { type Origins, originsFold } from './wiring/origins.ts';

/** All sums after a line. */
export interface Sums {
  readonly ledger: LedgerDetails;
  readonly origins: Origins;
}

/** The sums with one more line, counted from 1; null for one that is left out. */
export function addToSums(sums: Sums, run: Run | null, line: number): Sums {
  if (run === null) return sums;
  return {
    ledger: ledgerFold.add(sums.ledger, run, line),
    origins: originsFold.add(sums.origins, run, line),
  };
}

/** The bytes of all sums. */
export function encodeSums({ ledger, origins }: Sums): Uint8Array<ArrayBuffer> {
  const w = new Packer();
  ledgerFold.write(w, ledger);
  originsFold.write(w, origins);
  return w.take();
}

let last: { readonly bytes: Uint8Array; readonly sums: Sums | null } | null = null;

/** All sums of a checkpoint, or null where the bytes are none. */
function decodeSums(bytes: Uint8Array): Sums | null {
  if (last?.bytes === bytes) return last.sums;
  const r = new Unpacker(bytes);
  const sums = { ledger: ledgerFold.read(r), origins: originsFold.read(r) };
  last = { bytes, sums: r.failure === null && r.atEnd ? sums : null };
  return last.sums;
}

/** The allocations and deliveries after `line` lines. */
export const originsAt: (replayed: Replay, line: number) => Origins = sumAt(
  originsFold,
  (bytes) => decodeSums(bytes)?.origins ?? null,
);

/** The ledger after `line` lines with everything that it counts. */
export const ledgerDetailsAt: (replayed: Replay, line: number) => LedgerDetails = sumAt(
  ledgerFold,
  (bytes) => {
    // it stands first: going through time shows it at every place, and the origins, three maps of 2,048 vectors, only at some
    const r = new Unpacker(bytes);
    const ledger = ledgerFold.read(r);
    return r.failure === null ? ledger : null;
  },
);

/** All sums after `line` lines. */
export function sumsAt(replayed: Replay, line: number): Sums {
  return { ledger: ledgerDetailsAt(replayed, line), origins: originsAt(replayed, line) };
}

/** The ledger after `line` lines. */
export function ledgerAt(replayed: Replay, line: number): Ledger {
  return ledgerDetailsAt(replayed, line).counts;
}

// All sums over lines that the panes need, and their bytes in a checkpoint, one sum after the other.

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

/** Returns the sums with one more line, counted from 1; `run` is null for a skipped line. */
export function addToSums(sums: Sums, run: Run | null, line: number): Sums {
  if (run === null) return sums;
  return {
    ledger: ledgerFold.add(sums.ledger, run, line),
    origins: originsFold.add(sums.origins, run, line),
  };
}

/** Returns the bytes of all sums. */
export function encodeSums({ ledger, origins }: Sums): Uint8Array<ArrayBuffer> {
  const w = new Packer();
  ledgerFold.write(w, ledger);
  originsFold.write(w, origins);
  return w.take();
}

let last: { readonly bytes: Uint8Array; readonly sums: Sums | null } | null = null;

/** Returns all sums of a checkpoint, or null for unreadable bytes. */
function decodeSums(bytes: Uint8Array): Sums | null {
  if (last?.bytes === bytes) return last.sums;
  const r = new Unpacker(bytes);
  const sums = { ledger: ledgerFold.read(r), origins: originsFold.read(r) };
  last = { bytes, sums: r.failure === null && r.atEnd ? sums : null };
  return last.sums;
}

/** Returns the allocations and deliveries after `line` lines. */
export const originsAt: (replayed: Replay, line: number) => Origins = sumAt(
  originsFold,
  (bytes) => decodeSums(bytes)?.origins ?? null,
);

/** Returns the ledger after `line` lines with its details. */
export const ledgerDetailsAt: (replayed: Replay, line: number) => LedgerDetails = sumAt(
  ledgerFold,
  (bytes) => {
    // the ledger has the first bytes: every place shows it, but only some need the origins, three maps of 2,048 vectors
    const r = new Unpacker(bytes);
    const ledger = ledgerFold.read(r);
    return r.failure === null ? ledger : null;
  },
);

/** Returns all sums after `line` lines. */
export function sumsAt(replayed: Replay, line: number): Sums {
  return { ledger: ledgerDetailsAt(replayed, line), origins: originsAt(replayed, line) };
}

/** Returns the ledger after `line` lines, without its details. */
export function ledgerAt(replayed: Replay, line: number): Ledger {
  return ledgerDetailsAt(replayed, line).counts;
}

// What can be done to the machine. The operations are those of the recordings (recordings/FORMAT.md, `op`), field by
// field, so that every recording is a script.

import type { Errno } from '../uapi/errno.ts';
import type { IrqSet } from '../uapi/irqSet.ts';

/** One operation of a script. */
export type Op =
  | { readonly op: 'eventfd'; readonly fd: number; readonly initval: bigint; readonly semaphore: boolean }
  | { readonly op: 'file'; readonly fd: number }
  | { readonly op: 'close'; readonly fd: number }
  | { readonly op: 'read'; readonly fd: number }
  | { readonly op: 'write'; readonly fd: number; readonly value: bigint }
  | ({ readonly op: 'set_irqs' } & IrqSet)
  | { readonly op: 'irq_info'; readonly index: number }
  | { readonly op: 'device_info' }
  | { readonly op: 'reset' }
  | { readonly op: 'release' }
  | { readonly op: 'reopen' }
  | { readonly op: 'cfg_read'; readonly off: number; readonly size: number }
  | { readonly op: 'cfg_write'; readonly off: number; readonly size: number; readonly value: number }
  | { readonly op: 'clobber'; readonly entry: number }
  | { readonly op: 'raise'; readonly vector: number }
  | { readonly op: 'lower' };

/** Where a fault can be injected (spec section 12.2). */
export const FAULT_SITES = [
  'copy_from_user',
  'memdup_user',
  'kcalloc_ctx',
  'pci_alloc_irq_vectors',
  'pci_msix_alloc_irq_at',
  'vfio_irq_ctx_alloc',
  'kasprintf',
  'eventfd_ctx_fdget',
  'request_irq',
  'irq_bypass_register_producer',
  'vfio_virqfd_enable',
] as const;

/** The name of a fault site. */
export type FaultSite = (typeof FAULT_SITES)[number];

/** "The nth call of this site within the line fails so", for instance `request_irq#2=ENOSPC`. */
export interface Fault {
  readonly site: FaultSite;
  /** Counted from 1 within the line. */
  readonly nth: number;
  /** The errno it fails with, or for pci_alloc_irq_vectors a number of vectors that could be had. */
  readonly result: Errno | number;
}

/**
 * "While the line runs the device raises a vector": right before or right after the nth call (from 1) of a kernel
 * function, for instance between free_irq and request_irq. Each happens once.
 */
export interface RaiseAt {
  readonly vector: number;
  readonly when: 'before' | 'after';
  readonly fn: string;
  readonly nth: number;
}

/** One line of a script: an operation, the faults injected while it runs, and when the device raises meanwhile. */
export interface Line {
  readonly op: Op;
  readonly faults: readonly Fault[];
  readonly raises?: readonly RaiseAt[];
}

/** A line without faults. */
export function line(op: Op): Line {
  return { op, faults: [] };
}

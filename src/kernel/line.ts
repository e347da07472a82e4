// The operations of a script. They have the fields of the recordings' operations (docs/recording-format.md, `op`), so that
// every recording is a script.

import type { Errno } from '../uapi/errno.ts';
import type { IrqSet } from '../uapi/irqSet.ts';

/** One operation of a script. */
export type Op =
  | { readonly op: 'eventfd'; readonly fd: number; readonly initval: bigint; readonly semaphore: boolean }
  | { readonly op: 'file'; readonly fd: number }
  | { readonly op: 'close'; readonly fd: number }
  | { readonly op: 'read'; readonly fd: number }
  | {
      readonly op: 'write';
      readonly fd: number;
      readonly value: bigint;
      /** Bytes to write: the value in the first 8, then zeros; absent means 8. */
      readonly size?: number;
    }
  | ({ readonly op: 'set_irqs' } & IrqSet)
  | { readonly op: 'irq_info'; readonly index: number }
  | { readonly op: 'device_info' }
  | { readonly op: 'reset' }
  | { readonly op: 'hot_reset' }
  | {
      readonly op: 'hot_reset_info';
      /** The caller’s structure has no room for the list of devices, as in the first of two calls. */
      readonly short?: true;
    }
  | { readonly op: 'release' }
  | { readonly op: 'reopen' }
  | { readonly op: 'cfg_read'; readonly off: number; readonly size: number }
  | { readonly op: 'cfg_write'; readonly off: number; readonly size: number; readonly value: number }
  | { readonly op: 'clobber'; readonly entry: number }
  | { readonly op: 'raise'; readonly vector: number }
  | { readonly op: 'lower' };

/** The functions in which a line can inject a fault (docs/driver.md §12.2). */
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

/** An injected fault: the nth call of a site within the line fails, for instance `request_irq#2=ENOSPC`. */
export interface Fault {
  readonly site: FaultSite;
  /** Counted from 1 within the line. */
  readonly nth: number;
  /** The errno of the failure, or for pci_alloc_irq_vectors the number of available vectors. */
  readonly result: Errno | number;
}

/**
 * An interrupt that the device raises while the line runs: right before or right after the nth call (from 1) of a kernel
 * function, for instance between free_irq and request_irq. It happens once.
 */
export interface RaiseAt {
  readonly vector: number;
  readonly when: 'before' | 'after';
  readonly fn: string;
  readonly nth: number;
}

/** One line of a script: an operation, its injected faults, and the interrupts that the device raises meanwhile. */
export interface Line {
  readonly op: Op;
  readonly faults: readonly Fault[];
  readonly raises?: readonly RaiseAt[];
}

/** Returns a line without faults. */
export function line(op: Op): Line {
  return { op, faults: [] };
}

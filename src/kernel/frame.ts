// The results of a run: return value, kernel calls, and the happenings of vectors, irqs and eventfds.

import type { Machine } from '../machine/machine.ts';
import type { Errno } from '../uapi/errno.ts';
import type { CheckId } from './checks.ts';
import type { RaiseAt } from './line.ts';

/** An argument of a kernel call: a number, a text, a message as three u32, or null for a missing object. */
export type ArgValue = number | string | null | readonly number[];

/** Named arguments in the order of display. */
export type Args = Readonly<Record<string, ArgValue>>;

/** One kernel call. Frames are in order of entry; `depth` gives the tree. */
export interface Frame {
  readonly fn: string;
  readonly depth: number;
  readonly args: Args;
  /** The return value: a number, or an errno for a negative value; absent for void functions. */
  readonly ret?: number | Errno;
  /** Whether an interrupt handler that ran inside the line made the call. */
  readonly interrupt: boolean;
  /** Whether the call ran outside the calling process (a work queue); recordings do not contain such calls. */
  readonly deferred: boolean;
  /** Number of frames below this one; they follow it directly. */
  readonly below: number;
  /** The check that made this call fail, if it is one of its own. */
  readonly check?: CheckId;
  /** Set on a frame that is not a kernel call: the line lets the device raise an interrupt here. */
  readonly fired?: Fired;
  readonly before: Machine;
  readonly after: Machine;
}

/** An interrupt that the device raised inside a line. */
export interface Fired {
  readonly raise: RaiseAt;
  /** Its direct effects: the happenings of the run from this index up to, but excluding, `end`. */
  readonly from: number;
  readonly end: number;
  /** The mode of the device; null while neither MSI-X nor MSI was enabled. */
  readonly mode: 'msix' | 'msi' | null;
  /** The check that kept the device from raising, or null. */
  readonly refused: CheckId | null;
}

/** Cause of a lost interrupt. */
export type LossCause = 'disabled' | 'bus-master-off' | 'no-handler' | 'message-wiped' | 'eventfd-freed';

/** One effect on a vector, an irq or an eventfd within a run. */
export type Happening =
  | { readonly kind: 'raised'; readonly vector: number }
  | { readonly kind: 'pended'; readonly vector: number }
  | { readonly kind: 'coalesced'; readonly vector: number }
  | { readonly kind: 'lost'; readonly vector: number; readonly cause: LossCause }
  | { readonly kind: 'delivered'; readonly vector: number; readonly ev: number }
  | { readonly kind: 'signal'; readonly ev: number; readonly by: 'interrupt' | 'loopback' | 'virqfd' }
  | { readonly kind: 'allocated'; readonly vector: number; readonly irq: number; readonly by: AllocationSite }
  | {
      readonly kind: 'freed';
      readonly vector: number;
      readonly irq: number;
      readonly by: FreeSite;
      readonly original: boolean;
    }
  | { readonly kind: 'attached'; readonly vector: number; readonly irq: number; readonly ev: number }
  | { readonly kind: 'detached'; readonly vector: number; readonly irq: number; readonly ev: number }
  | { readonly kind: 'failed'; readonly vector: number }
  | { readonly kind: 'teardown'; readonly vectors: number }
  | { readonly kind: 'log'; readonly text: string };

/** The two functions that allocate irqs. */
export type AllocationSite = 'pci_alloc_irq_vectors' | 'pci_msix_alloc_irq_at';

/** The two functions that free irqs. */
export type FreeSite = 'pci_free_irq_vectors' | 'pci_msix_free_irq';

/** Output of the operation besides its return value. */
export interface Out {
  readonly ev?: number;
  readonly value?: bigint;
  readonly flags?: number;
  readonly count?: number;
  readonly regions?: number;
  readonly irqs?: number;
}

/** The results of one line. */
export interface Run {
  /** Result of the system call: −1 on failure. SET_IRQS can return a positive number. */
  readonly ret: number;
  readonly errno: Errno | null;
  readonly out: Out | null;
  readonly before: Machine;
  readonly after: Machine;
  /** Empty unless requested. */
  readonly frames: readonly Frame[];
  readonly happenings: readonly Happening[];
  /** The interrupts that the device raised inside the line, in order; absent without any. */
  readonly fired?: readonly Fired[];
  /** Set if the line wrote registers of config space that the model does not have: a reset or power state may be missing. */
  readonly unmodelled?: true;
  /** The modelled check that decided a failing result, or null. */
  readonly check: CheckId | null;
}

// What a run leaves behind besides its result: the kernel calls it made, and what happened to vectors and eventfds.

import type { Machine } from '../machine/machine.ts';
import type { Errno } from '../uapi/errno.ts';
import type { CheckId } from './checks.ts';
import type { RaiseAt } from './line.ts';

/** An argument of a kernel call as it is shown: a number, a text, a message as three u32, or null for "none". */
export type ArgValue = number | string | null | readonly number[];

/** Named arguments in the order in which they are shown. */
export type Args = Readonly<Record<string, ArgValue>>;

/** One kernel call. Frames stand in order of entry; `depth` tells the tree. */
export interface Frame {
  readonly fn: string;
  readonly depth: number;
  readonly args: Args;
  /** What it returned: a number, an errno for a negative value, absent for functions that return nothing. */
  readonly ret?: number | Errno;
  /** Called by an interrupt handler that ran inside the step. */
  readonly interrupt: boolean;
  /** Called outside the context of the calling process (a work queue); recordings do not show it. */
  readonly deferred: boolean;
  /** Number of frames below this one, in order after it. */
  readonly below: number;
  /** The check that made this call fail, when one of its own did. */
  readonly check?: CheckId;
  /** Not a call of the kernel: the device raises here, as the line says. */
  readonly fired?: Fired;
  readonly before: Machine;
  readonly after: Machine;
}

/** The device has fired inside a line. */
export interface Fired {
  readonly raise: RaiseAt;
  /** What became of it at once: the happenings of the run from this place to before the end. */
  readonly from: number;
  readonly end: number;
  /** The mode in which the device was; null where neither MSI-X nor MSI was enabled. */
  readonly mode: 'msix' | 'msi' | null;
  /** Why the device could not raise at all, or null. */
  readonly refused: CheckId | null;
}

/** Why an interrupt that the device raised reached nobody. */
export type LossCause = 'disabled' | 'bus-master-off' | 'no-handler' | 'message-wiped';

/** Something that happened to a vector, an irq or an eventfd within a run, in order. */
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

/** What the operation put out besides its return value. */
export interface Out {
  readonly ev?: number;
  readonly value?: bigint;
  readonly flags?: number;
  readonly count?: number;
  readonly regions?: number;
  readonly irqs?: number;
}

/** What one line did. */
export interface Run {
  /** Result of the system call: −1 on failure. A positive result of SET_IRQS is real. */
  readonly ret: number;
  readonly errno: Errno | null;
  readonly out: Out | null;
  readonly before: Machine;
  readonly after: Machine;
  /** Empty unless asked for. */
  readonly frames: readonly Frame[];
  readonly happenings: readonly Happening[];
  /** Where the device fired inside the line, in order; absent when it did not. */
  readonly fired?: readonly Fired[];
  /** The check that decided a failing result, where one of ours did. */
  readonly check: CheckId | null;
}

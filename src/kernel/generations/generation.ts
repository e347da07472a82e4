// What a generation of the driver's MSI/MSI-X code answers for. Everything else of the driver stands once, outside.

import type { Kernel } from '../kernel.ts';

/** The name of a generation. */
export type GenerationId = 'static' | 'v2' | 'v3' | 'dynamic';

/** What the dispatcher hands to a trigger handler: the ioctl's fields with the data read as its type says. */
export interface TriggerCall {
  readonly index: number;
  readonly start: number;
  readonly count: number;
  readonly flags: number;
  /** The data as s32 for DATA_EVENTFD, as bytes for DATA_BOOL, empty otherwise or with count 0. */
  readonly data: readonly number[];
}

/** One generation of vfio-pci's MSI and MSI-X handling. */
export interface Generation {
  readonly id: GenerationId;
  /** What it is called on the screen, for instance `≥ 6.5 dynamic`. */
  readonly label: string;
  /** One line on its policy. */
  readonly policy: string;
  /** SET_IRQS with ACTION_TRIGGER on MSI or MSI-X: 0, a negative errno, or a positive number of vectors. */
  readonly vfio_pci_set_msi_trigger: (k: Kernel, call: TriggerCall) => number;
  /** GET_IRQ_INFO says NORESIZE for MSI-X. */
  readonly msixNoresize: (k: Kernel) => boolean;
}

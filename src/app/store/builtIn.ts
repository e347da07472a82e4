import type { App } from './app.ts'; // The recordings that come with the page. The code that opens them (recordings.ts) is loaded on demand.

/** A recording of the page. */
export interface BuiltIn {
  /** File name below `recordings/`. */
  readonly file: string;
  readonly kernel: string;
  /** A short description. */
  readonly about: string;
}

/** The recordings below public/recordings, in the order of the menu. */
export const BUILT_IN: readonly BuiltIn[] = [
  { file: 'dynamic-bad-attached-single', kernel: '6.12 dynamic', about: 'A closed fd on an attached vector' },
  { file: 'static-bad-attached-single', kernel: '6.1 static', about: 'A closed fd on an attached vector' },
  {
    file: 'dynamic-bad-number-stolen',
    kernel: '6.12 dynamic',
    about: 'Irq numbers after a failed call',
  },
  { file: 'v3-bad-number-stolen', kernel: 'V3 patch', about: 'Irq numbers after a failed call' },
  { file: 'v2-bad-number-stolen', kernel: 'V2 patch', about: 'Irq numbers after a failed call' },
  {
    file: 'dynamic-dynamic-block',
    kernel: '6.12 dynamic',
    about: 'A block that extends past the enabled range',
  },
  {
    file: 'dynamic-deassign-reassign',
    kernel: '6.12 dynamic',
    about: 'Detach, raise while detached, attach again',
  },
  {
    file: 'dynamic-pending-across-disable',
    kernel: '6.12 dynamic',
    about: 'A pending interrupt across a disable',
  },
  {
    file: 'dynamic-reset-enabled',
    kernel: '6.12 dynamic',
    about: 'VFIO_DEVICE_RESET while MSI-X is enabled',
  },
  { file: 'dynamic-intx-basic-e1000e', kernel: '6.12 dynamic', about: 'INTx: auto-mask and unmask' },
  { file: 'dynamic-msi-multi-xhci', kernel: '6.12 dynamic', about: 'MSI with several vectors' },
  { file: 'dynamic-count-zero', kernel: '6.12 dynamic', about: 'count 0 with EVENTFD and BOOL' },
];

const opening = () => import('./recordings.ts');

/** Opens a recording of the page. */
export async function openBuiltIn(app: App, recording: BuiltIn): Promise<void> {
  await (await opening()).openBuiltIn(app, recording);
}

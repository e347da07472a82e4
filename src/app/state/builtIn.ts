// The recordings that come with the page, and the way to what opens one (recordings.ts), which is fetched when it is asked for.

/** A recording that comes with the page. */
export interface BuiltIn {
  /** File name below `recordings/`. */
  readonly file: string;
  readonly kernel: string;
  /** What it shows. */
  readonly about: string;
}

/** The recordings below public/recordings, in the order of the menu. */
export const BUILT_IN: readonly BuiltIn[] = [
  { file: 'dynamic-bad-attached-single', kernel: '6.12 dynamic', about: 'A closed fd on an attached vector' },
  { file: 'static-bad-attached-single', kernel: '6.1 static', about: 'A closed fd on an attached vector' },
  {
    file: 'dynamic-bad-number-stolen',
    kernel: '6.12 dynamic',
    about: 'Who gets the irq number after a failure',
  },
  { file: 'v3-bad-number-stolen', kernel: 'V3 patch', about: 'Who gets the irq number after a failure' },
  { file: 'v2-bad-number-stolen', kernel: 'V2 patch', about: 'Who gets the irq number after a failure' },
  {
    file: 'dynamic-dynamic-block',
    kernel: '6.12 dynamic',
    about: 'A block that runs past the enabled range',
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

/** Opens a recording that comes with the page. */
export async function openBuiltIn(recording: BuiltIn): Promise<void> {
  return (await opening()).openBuiltIn(recording);
}

/** Opens what the person has chosen or dropped. */
export async function openFile(file: File): Promise<void> {
  // the formats are fetched when one is needed: most visits open nothing
  const { openImport } = await import('./imports.ts');
  await openImport(file);
}

/** Opens a pasted text as a file is opened. */
export function openPasted(text: string): Promise<void> {
  return openFile(new File([text], 'pasted text', { type: 'text/plain' }));
}

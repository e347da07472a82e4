// The steps of the tour: a part of the lab each, with its name on a narrow screen, and two or three sentences about it.

/** A step of the tour. */
export interface TourStep {
  readonly title: string;
  readonly text: string;
  /** Selectors of the part; the first one that is visible is shown. */
  readonly parts: readonly string[];
  /** The tab that shows the part on a narrow screen; null for a part outside of the tabs. */
  readonly tab: string | null;
}

const pane = (heading: string) => `.lab [aria-labelledby="${heading}"]`;

/** The steps in their order. */
export const TOUR: readonly TourStep[] = [
  {
    title: 'Kernel',
    text: 'The lab runs the interrupt code of vfio-pci under one kernel: static MSI-X up to 6.4, the patches of 2023 as posted, or dynamic MSI-X since 6.5. The script stays when you choose another one.',
    parts: ['.topbar .segments'],
    tab: null,
  },
  {
    title: 'Compose',
    text: 'The form makes one VFIO_DEVICE_SET_IRQS ioctl. The preview below it shows the return value and the effect before you press Run ioctl.',
    parts: [pane('composer-heading')],
    tab: 'Compose',
  },
  {
    title: 'Script',
    text: 'Each operation is a line with its result. Choose a line, or press ← and →, to move through time; an edit in the past computes all later lines again.',
    parts: [pane('script-heading')],
    tab: 'Script',
  },
  {
    title: 'Wiring',
    text: 'Each row is a vector: its eventfd, its Linux irq and its MSI-X table entry. A hatched irq is cached: it is allocated, but no handler is requested and the entry is masked.',
    parts: [pane('wiring-heading')],
    tab: null,
  },
  {
    title: 'Kernel calls',
    text: 'These are the functions that the kernel calls for the current line, with arguments and return values. Choose a call to see the state at that moment and the reason for the call.',
    parts: [pane('trace-heading')],
    tab: 'Trace',
  },
  {
    title: 'Timeline',
    text: 'One lane for each vector shows when it is attached, cached, signalled or pending. The bar above counts ioctls, allocated irqs and lost interrupts.',
    parts: ['.lab .timeline-box', '.lab .timeline'],
    tab: 'Timeline',
  },
  {
    title: 'Views and lessons',
    text: 'Lessons ask you to predict a result and then run it. Compare shows one script under several kernels, and Explore searches all states for an answer.',
    parts: ['.topbar .views'],
    tab: null,
  },
];

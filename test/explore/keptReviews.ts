// The kept answers of the reviews of the debate's alternatives against the merged driver: two proposals, and a true rollback of a
// failing block. review.test.ts computes them anew; the tests of lessons compare the numbers in texts with them.

/** The line that enables MSI-X with a vector without an eventfd. */
export const DETACHED = 'set_irqs msix trigger eventfd 0 [-1]';
/** The line that gives vector 0 a closed descriptor. */
export const BAD = 'set_irqs msix trigger eventfd 0 [999]';

/** What is kept of a review. */
export interface KeptReview {
  readonly headline: string;
  readonly second: string;
  /** Answers by `condition: respect`: a verdict, or a script without its eventfds. */
  readonly answers: Readonly<Record<string, string | readonly string[]>>;
  /** Rows of the table of costs: result, irqs held, attached, windows, losing, calls. */
  readonly costs: Readonly<Record<string, readonly string[]>>;
}

/** The reviews by the id of the kernel that is compared with `dynamic`. */
export const KEPT_REVIEWS = {
  track: {
    headline:
      'no ioctl result or signal differs (488 states); msi_irqs differs after 3 lines; MSI: none; no dynamic allocation: none; host with 2 irqs: 0 against ENOSPC',
    second:
      'pci_msix_alloc_irq_at fails: ENOSPC against 0; device fires inside an ioctl, MSI-X: none; device fires inside an ioctl, MSI: none',
    answers: {
      'usual host, MSI-X: host': [DETACHED, 'set_irqs msix trigger eventfd 1 [999]'],
      'host with 1 irq: client': 'none',
      'host with 3 irqs: client': 'none',
      'host with 3 irqs: host': 'as usual',
    },
    costs: {
      'MSI-X: failing assignment of unused vector 5': ['EBADF', '5 / 6', '2', '0', '0', '23 / 17'],
    },
  },
  hold: {
    headline:
      'no ioctl result or signal differs (320 states); msi_irqs and /proc/interrupts: none; MSI: none; no dynamic allocation: none; host short of irqs: none',
    second:
      'vfio_irq_ctx_alloc fails: 0 against ENOMEM; kasprintf fails: 0 against ENOMEM; request_irq fails: 0 against ENOSPC; device fires inside an ioctl, MSI-X: none; device fires inside an ioctl, MSI: lost only in ≥ 6.5 dynamic',
    answers: {
      'usual host, MSI-X: state': 'none',
      'device fires inside an ioctl, MSI-X: client': 'none',
      'device fires inside an ioctl, MSI: client': [
        'set_irqs msi trigger eventfd 0 [100]',
        'set_irqs msi trigger eventfd 0 [100] ! raise 0 after free_irq#1',
      ],
    },
    costs: {
      'MSI-X: swap the eventfd of vector 0': ['0', '5', '5', '0 / 1', '0', '13 / 23'],
      'MSI: swap the eventfd of vector 0': ['0', '4', '4', '0 / 1', '0 / 1', '13 / 21'],
    },
  },
  'dynamic + restore-block': {
    headline:
      'a signal differs after 4 lines; msi_irqs differs after 3 lines; MSI: a signal differs after 4 lines; no dynamic allocation: /proc/interrupts differs after 3 lines; host with 2 irqs: 0 against ENOSPC',
    second:
      'pci_msix_alloc_irq_at fails: ENOSPC against 0; device fires inside an ioctl, MSI-X: none; device fires inside an ioctl, MSI: none',
    answers: {
      'usual host, MSI-X: client': [
        'set_irqs msix trigger eventfd 0 [100]',
        BAD,
        'set_irqs msix trigger none 0 1',
      ],
    },
    costs: {
      'MSI-X: block of vectors 2 and 3 that fails at 3': ['EBADF', '5', '4 / 2', '3 / 1', '0', '62 / 44'],
    },
  },
} as const satisfies Readonly<Record<string, KeptReview>>;

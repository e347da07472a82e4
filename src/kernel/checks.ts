// Every check that can fail an operation: its kernel function, its reason (checkReasons.ts) and its source. `section` is a section of
// docs/driver.md, `file` a kernel source file.

import { REASONS } from './checkReasons.ts';

/** One check. */
export interface Check {
  /** Kernel function that contains the check. */
  readonly fn: string;
  /** The test and its purpose in one sentence, for a kernel developer. */
  readonly why: string;
  readonly section: string;
  readonly file: string;
}

const INTRS = 'drivers/vfio/pci/vfio_pci_intrs.c';
const CORE = 'drivers/vfio/pci/vfio_pci_core.c';
const MAIN = 'drivers/vfio/vfio_main.c';
const EVENTFD = 'fs/eventfd.c';

function check<F extends string>(fn: F, why: string, section: string, file: string) {
  return { fn, why, section, file };
}

const validate = 'vfio_set_irqs_validate_and_prepare';

/** All checks by id; the first part of an id names the place, the rest names the test. */
export const CHECKS = {
  'ioctl.device-closed': check('ioctl', REASONS['ioctl.device-closed'], '4', MAIN),
  'set_irqs.header-copy': check('vfio_pci_ioctl_set_irqs', REASONS['set_irqs.header-copy'], '4 step 1', CORE),
  'set_irqs.argsz': check(validate, REASONS['set_irqs.argsz'], '4 step 3.1', MAIN),
  'set_irqs.index': check(validate, REASONS['set_irqs.index'], '4 step 3.2', MAIN),
  'set_irqs.overflow': check(validate, REASONS['set_irqs.overflow'], '4 step 3.3', MAIN),
  'set_irqs.unknown-flag': check(validate, REASONS['set_irqs.unknown-flag'], '4 step 3.4', MAIN),
  'set_irqs.start': check(validate, REASONS['set_irqs.start'], '4 step 3.5', MAIN),
  'set_irqs.range': check(validate, REASONS['set_irqs.range'], '4 step 3.6', MAIN),
  'set_irqs.data-type': check(validate, REASONS['set_irqs.data-type'], '4 step 3.7', MAIN),
  'set_irqs.data-size': check(validate, REASONS['set_irqs.data-size'], '4 step 3.8', MAIN),
  'set_irqs.data-copy': check('memdup_user', REASONS['set_irqs.data-copy'], '4 step 4', MAIN),
  'set_irqs.no-memory': check('memdup_user', REASONS['set_irqs.no-memory'], '4 step 4', MAIN),
  'dispatch.action': check('vfio_pci_set_irqs_ioctl', REASONS['dispatch.action'], '5', INTRS),
  'msi.other-mode': check('vfio_pci_set_msi_trigger', REASONS['msi.other-mode'], '6.1 step 2', INTRS),
  'msi.not-enabled': check('vfio_pci_set_msi_trigger', REASONS['msi.not-enabled'], '6.1 step 4', INTRS),
  'msi.trigger-range': check('vfio_pci_set_msi_trigger', REASONS['msi.trigger-range'], '6.1 step 5', INTRS),
  'msi.block-range': check('vfio_msi_set_block', REASONS['msi.block-range'], '6.3 step 1', INTRS),
  'msi.vector-range': check(
    'vfio_msi_set_vector_signal',
    REASONS['msi.vector-range'],
    '6.4 static step 1',
    INTRS,
  ),
  'msi.no-ctx': check('vfio_msi_set_vector_signal', REASONS['msi.no-ctx'], '18.4 step 1', INTRS),
  'msi.no-irq': check('pci_irq_vector', REASONS['msi.no-irq'], '7.7', 'drivers/pci/msi/api.c'),
  'msi.ctx-memory': check('vfio_irq_ctx_alloc', REASONS['msi.ctx-memory'], '6.4 step 5', INTRS),
  'msi.array-memory': check('vfio_msi_enable', REASONS['msi.array-memory'], '6.2 step 2', INTRS),
  'msi.name-memory': check('kasprintf', REASONS['msi.name-memory'], '6.4 step 6', INTRS),
  'msi.no-vectors': check('pci_alloc_irq_vectors', REASONS['msi.no-vectors'], '7.1', 'drivers/pci/msi/api.c'),
  'msi.not-d0': check('pci_alloc_irq_vectors', REASONS['msi.not-d0'], '7.1', 'drivers/pci/msi/msi.c'),
  'msi.too-few': check('vfio_msi_enable', REASONS['msi.too-few'], '6.2 step 5', INTRS),
  'msi.no-host-irqs': check('pci_alloc_irq_vectors', REASONS['msi.no-host-irqs'], '7.1', 'kernel/irq/msi.c'),
  'msi.alloc-at': check('pci_msix_alloc_irq_at', REASONS['msi.alloc-at'], '7.2', 'drivers/pci/msi/api.c'),
  'irq.no-cpu-vector': check(
    'request_irq',
    REASONS['irq.no-cpu-vector'],
    '7.3',
    'arch/x86/kernel/apic/vector.c',
  ),
  'msi.no-cpu-vector': check(
    'pci_msix_alloc_irq_at',
    REASONS['msi.no-cpu-vector'],
    '7.2',
    'kernel/irq/msi.c',
  ),
  'irq.request': check('request_irq', REASONS['irq.request'], '7.3', 'kernel/irq/manage.c'),
  'eventfd.closed': check('eventfd_ctx_fdget', REASONS['eventfd.closed'], '6.4 step 7', EVENTFD),
  'eventfd.not-eventfd': check('eventfd_ctx_fdget', REASONS['eventfd.not-eventfd'], '6.4 step 7', EVENTFD),
  'eventfd.empty': check('eventfd_read', REASONS['eventfd.empty'], '11', EVENTFD),
  'eventfd.full': check('eventfd_write', REASONS['eventfd.full'], '11', EVENTFD),
  'eventfd.write-size': check('eventfd_write', REASONS['eventfd.write-size'], '11', EVENTFD),
  'eventfd.write-max': check('eventfd_write', REASONS['eventfd.write-max'], '11', EVENTFD),
  'fd.closed': check('fdget', REASONS['fd.closed'], '11', 'fs/read_write.c'),
  'intx.state': check('vfio_pci_set_intx_trigger', REASONS['intx.state'], '9', INTRS),
  'intx.not-enabled': check('vfio_pci_set_intx_trigger', REASONS['intx.not-enabled'], '9', INTRS),
  'intx.mask-state': check('vfio_pci_set_intx_mask', REASONS['intx.mask-state'], '9', INTRS),
  'intx.mask-eventfd': check('vfio_pci_set_intx_mask', REASONS['intx.mask-eventfd'], '9', INTRS),
  'intx.unmask-state': check('vfio_pci_set_intx_unmask', REASONS['intx.unmask-state'], '9', INTRS),
  'intx.no-pin': check('vfio_intx_enable', REASONS['intx.no-pin'], '9', INTRS),
  'intx.not-connected': check('request_irq', REASONS['intx.not-connected'], '9', 'kernel/irq/manage.c'),
  'intx.pin-busy': check('request_irq', REASONS['intx.pin-busy'], '9', 'kernel/irq/manage.c'),
  'intx.memory': check('vfio_intx_enable', REASONS['intx.memory'], '9', INTRS),
  'virqfd.busy': check('vfio_virqfd_enable', REASONS['virqfd.busy'], '9', 'drivers/vfio/virqfd.c'),
  'virqfd.memory': check('vfio_virqfd_enable', REASONS['virqfd.memory'], '9', 'drivers/vfio/virqfd.c'),
  'single.range': check('vfio_pci_set_err_trigger', REASONS['single.range'], '10', INTRS),
  'single.empty': check('vfio_pci_set_ctx_trigger_single', REASONS['single.empty'], '10', INTRS),
  'single.count': check('vfio_pci_set_ctx_trigger_single', REASONS['single.count'], '10', INTRS),
  'single.negative': check('vfio_pci_set_ctx_trigger_single', REASONS['single.negative'], '10', INTRS),
  'single.memory': check('vfio_pci_set_ctx_trigger_single', REASONS['single.memory'], '10', INTRS),
  'info.index': check('vfio_pci_ioctl_get_irq_info', REASONS['info.index'], '3', CORE),
  'config.past-end': check(
    'vfio_pci_config_rw',
    REASONS['config.past-end'],
    '8',
    'drivers/vfio/pci/vfio_pci_config.c',
  ),
  'reset.none': check('vfio_pci_ioctl_reset', REASONS['reset.none'], '8', CORE),
  'hot_reset.none': check('vfio_pci_ioctl_pci_hot_reset', REASONS['hot_reset.none'], '8', CORE),
  'hot_reset.space': check('vfio_pci_ioctl_get_pci_hot_reset_info', REASONS['hot_reset.space'], '8', CORE),
  'raise.unable': check('raise', REASONS['raise.unable'], '11', 'device model'),
  'raise.closed': check('raise', REASONS['raise.closed'], '11', 'device model'),
  'fault.injected': check('fault', REASONS['fault.injected'], '12.2', 'script'),
} as const satisfies Record<string, Check>;

/** The id of a check. */
export type CheckId = keyof typeof CHECKS;

function isCheckId(text: string): text is CheckId {
  return Object.hasOwn(CHECKS, text);
}

/** Every check id, in the order of the table. */
export const CHECK_IDS: readonly CheckId[] = Object.keys(CHECKS).filter(isCheckId);

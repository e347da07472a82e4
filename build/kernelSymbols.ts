// The places in the kernel source of each function and check that the page names. They consist of names and short patterns,
// so that they apply to every release; build/kernelLines.ts turns them into line numbers of one source tree.

/** A place in a source tree: a file, a symbol that it defines, and a line inside that symbol's body. */
export interface Place {
  readonly file: string;
  readonly symbol: string;
  /** The first matching line of the body; without it, the line of the definition. */
  readonly at?: RegExp;
}

const place = (file: string, symbol: string, at?: RegExp): Place =>
  at === undefined ? { file, symbol } : { file, symbol, at };

const INTRS = 'drivers/vfio/pci/vfio_pci_intrs.c';
const CORE = 'drivers/vfio/pci/vfio_pci_core.c';
const CONFIG = 'drivers/vfio/pci/vfio_pci_config.c';
const MAIN = 'drivers/vfio/vfio_main.c';
const VIRQFD = 'drivers/vfio/virqfd.c';
const EVENTFD = 'fs/eventfd.c';
const IRQ_CORE = 'kernel/irq/manage.c';
const APIC = 'arch/x86/kernel/apic/vector.c';
const UAPI = 'include/uapi/linux/vfio.h';
/** Linux 5.10 has no vfio_pci_core.c and no vfio_main.c. */
const OLD_PCI = 'drivers/vfio/pci/vfio_pci.c';
const OLD_MAIN = 'drivers/vfio/vfio.c';
const OLD_MSI = 'drivers/pci/msi.c';

const intrs = (symbol: string, at?: RegExp) => [place(INTRS, symbol, at)];
const core = (symbol: string, ...old: readonly Place[]) => [place(CORE, symbol), ...old];
/** PCI/MSI moved twice: msi.c, msi/msi.c, msi/api.c. */
const pciMsi = (symbol: string, ...further: readonly Place[]) => [
  place('drivers/pci/msi/api.c', symbol),
  place('drivers/pci/msi/msi.c', symbol),
  place(OLD_MSI, symbol),
  ...further,
];
const errno = (symbol: string) => [
  place('include/uapi/asm-generic/errno-base.h', symbol),
  place('include/uapi/asm-generic/errno.h', symbol),
  place('include/linux/errno.h', symbol),
];
const ioctlOf = (symbol: string, command: string) =>
  core(symbol, place(OLD_PCI, 'vfio_pci_ioctl', new RegExp(`cmd == ${command}\\b`)));

/** Every function, macro and structure by the name under which the page shows it. The first place that exists is taken. */
export const SYMBOLS: Readonly<Record<string, readonly Place[]>> = {
  // the ioctl
  vfio_set_irqs_validate_and_prepare: [
    place(MAIN, 'vfio_set_irqs_validate_and_prepare'),
    place(OLD_MAIN, 'vfio_set_irqs_validate_and_prepare'),
  ],
  vfio_pci_ioctl_set_irqs: ioctlOf('vfio_pci_ioctl_set_irqs', 'VFIO_DEVICE_SET_IRQS'),
  vfio_pci_ioctl_get_irq_info: ioctlOf('vfio_pci_ioctl_get_irq_info', 'VFIO_DEVICE_GET_IRQ_INFO'),
  vfio_pci_ioctl_get_info: ioctlOf('vfio_pci_ioctl_get_info', 'VFIO_DEVICE_GET_INFO'),
  vfio_pci_ioctl_reset: ioctlOf('vfio_pci_ioctl_reset', 'VFIO_DEVICE_RESET'),
  vfio_pci_ioctl_pci_hot_reset: ioctlOf('vfio_pci_ioctl_pci_hot_reset', 'VFIO_DEVICE_PCI_HOT_RESET'),
  vfio_pci_ioctl_get_pci_hot_reset_info: ioctlOf(
    'vfio_pci_ioctl_get_pci_hot_reset_info',
    'VFIO_DEVICE_GET_PCI_HOT_RESET_INFO',
  ),
  vfio_pci_dev_set_hot_reset: core('vfio_pci_dev_set_hot_reset'),
  vfio_pci_get_irq_count: core('vfio_pci_get_irq_count', place(OLD_PCI, 'vfio_pci_get_irq_count')),
  ioctl: [place('fs/ioctl.c', 'vfs_ioctl')],
  // opening and closing
  vfio_pci_core_enable: core('vfio_pci_core_enable', place(OLD_PCI, 'vfio_pci_enable')),
  vfio_pci_core_disable: core('vfio_pci_core_disable', place(OLD_PCI, 'vfio_pci_disable')),
  vfio_pci_core_close_device: core('vfio_pci_core_close_device', place(OLD_PCI, 'vfio_pci_release')),
  VFIO_GROUP_GET_DEVICE_FD: [
    place('drivers/vfio/group.c', 'vfio_group_ioctl_get_device_fd'),
    place(MAIN, 'vfio_group_ioctl_get_device_fd'),
    place(OLD_MAIN, 'vfio_group_get_device_fd'),
  ],
  vfio_device_open_file: [
    place('drivers/vfio/group.c', 'vfio_device_open_file'),
    place(MAIN, 'vfio_device_open'),
    place(OLD_MAIN, 'vfio_group_get_device_fd'),
  ],
  vfio_df_open: [
    place(MAIN, 'vfio_df_open'),
    place(MAIN, 'vfio_device_open'),
    place(OLD_MAIN, 'vfio_group_get_device_fd'),
  ],
  vfio_device_fops_release: [
    place(MAIN, 'vfio_device_fops_release'),
    place(OLD_MAIN, 'vfio_device_fops_release'),
  ],
  // config space
  vfio_pci_config_rw: [place(CONFIG, 'vfio_pci_config_rw')],
  vfio_basic_config_write: [place(CONFIG, 'vfio_basic_config_write')],
  vfio_pci_memory_lock_and_enable: core(
    'vfio_pci_memory_lock_and_enable',
    place(OLD_PCI, 'vfio_pci_memory_lock_and_enable'),
  ),
  vfio_pci_memory_unlock_and_restore: core(
    'vfio_pci_memory_unlock_and_restore',
    place(OLD_PCI, 'vfio_pci_memory_unlock_and_restore'),
  ),
  // interrupts of vfio-pci
  vfio_pci_set_irqs_ioctl: intrs('vfio_pci_set_irqs_ioctl'),
  vfio_pci_set_msi_trigger: intrs('vfio_pci_set_msi_trigger'),
  vfio_msi_enable: intrs('vfio_msi_enable'),
  vfio_msi_disable: intrs('vfio_msi_disable'),
  vfio_msi_set_block: intrs('vfio_msi_set_block'),
  vfio_msi_set_vector_signal: intrs('vfio_msi_set_vector_signal'),
  vfio_msi_alloc_irq: intrs('vfio_msi_alloc_irq'),
  vfio_msi_free_irq: intrs('vfio_msi_free_irq'),
  vfio_irq_ctx_alloc: intrs('vfio_irq_ctx_alloc'),
  vfio_irq_ctx_free: intrs('vfio_irq_ctx_free'),
  vfio_pci_irq_ctx: [
    place(INTRS, 'vfio_pci_irq_ctx'),
    place('include/linux/vfio_pci_core.h', 'vfio_pci_irq_ctx'),
    place('drivers/vfio/pci/vfio_pci_private.h', 'vfio_pci_irq_ctx'),
  ],
  vfio_pci_core_device: [
    place('include/linux/vfio_pci_core.h', 'vfio_pci_core_device'),
    place('drivers/vfio/pci/vfio_pci_private.h', 'vfio_pci_device'),
  ],
  vfio_pci_set_intx_trigger: intrs('vfio_pci_set_intx_trigger'),
  vfio_pci_set_intx_mask: intrs('vfio_pci_set_intx_mask'),
  vfio_pci_set_intx_unmask: intrs('vfio_pci_set_intx_unmask'),
  vfio_pci_intx_unmask_handler: intrs('vfio_pci_intx_unmask_handler'),
  vfio_send_intx_eventfd: intrs('vfio_send_intx_eventfd'),
  vfio_intx_handler: intrs('vfio_intx_handler'),
  vfio_msihandler: intrs('vfio_msihandler'),
  vfio_intx_enable: intrs('vfio_intx_enable'),
  vfio_intx_disable: intrs('vfio_intx_disable'),
  vfio_intx_set_signal: intrs('vfio_intx_set_signal'),
  vfio_pci_set_err_trigger: intrs('vfio_pci_set_err_trigger'),
  vfio_pci_set_req_trigger: intrs('vfio_pci_set_req_trigger'),
  vfio_pci_set_ctx_trigger_single: intrs('vfio_pci_set_ctx_trigger_single'),
  vfio_virqfd_enable: [place(VIRQFD, 'vfio_virqfd_enable')],
  vfio_virqfd_disable: [place(VIRQFD, 'vfio_virqfd_disable')],
  virqfd_wakeup: [place(VIRQFD, 'virqfd_wakeup')],
  // the PCI core
  pci_alloc_irq_vectors: pciMsi(
    'pci_alloc_irq_vectors',
    place('drivers/pci/msi/msi.c', 'pci_alloc_irq_vectors_affinity'),
    place(OLD_MSI, 'pci_alloc_irq_vectors_affinity'),
  ),
  pci_free_irq_vectors: pciMsi('pci_free_irq_vectors'),
  pci_msix_can_alloc_dyn: pciMsi('pci_msix_can_alloc_dyn'),
  pci_msix_alloc_irq_at: pciMsi('pci_msix_alloc_irq_at'),
  pci_msix_free_irq: pciMsi('pci_msix_free_irq'),
  pci_irq_vector: pciMsi('pci_irq_vector'),
  pci_write_msi_msg: pciMsi('pci_write_msi_msg'),
  get_cached_msi_msg: [place('kernel/irq/msi.c', 'get_cached_msi_msg')],
  pci_intx: [place('drivers/pci/pci.c', 'pci_intx')],
  pci_try_reset_function: [place('drivers/pci/pci.c', 'pci_try_reset_function')],
  pci_reset_bus: [place('drivers/pci/pci.c', 'pci_reset_bus')],
  msi_msg: [place('include/linux/msi.h', 'msi_msg')],
  // the irq core, x86, irq bypass
  request_irq: [place(IRQ_CORE, 'request_threaded_irq')],
  free_irq: [place(IRQ_CORE, 'free_irq')],
  irq_update_devid: [place(IRQ_CORE, 'irq_update_devid')],
  irq_free_descs: [place('kernel/irq/irqdesc.c', 'irq_free_descs')],
  reserve_irq_vector: [place(APIC, 'reserve_irq_vector')],
  activate_reserved: [place(APIC, 'activate_reserved')],
  irq_bypass_register_producer: [place('virt/lib/irqbypass.c', 'irq_bypass_register_producer')],
  irq_bypass_unregister_producer: [place('virt/lib/irqbypass.c', 'irq_bypass_unregister_producer')],
  // eventfds and memory
  eventfd_ctx_fdget: [place(EVENTFD, 'eventfd_ctx_fdget')],
  eventfd_ctx_fileget: [place(EVENTFD, 'eventfd_ctx_fileget')],
  eventfd_ctx_put: [place(EVENTFD, 'eventfd_ctx_put')],
  eventfd_signal: [place(EVENTFD, 'eventfd_signal'), place(EVENTFD, 'eventfd_signal_mask')],
  eventfd_read: [place(EVENTFD, 'eventfd_read')],
  eventfd_write: [place(EVENTFD, 'eventfd_write')],
  fdget: [place('include/linux/file.h', 'fdget'), place('fs/file.c', 'fdget')],
  memdup_user: [place('mm/util.c', 'memdup_user')],
  kasprintf: [place('lib/kasprintf.c', 'kasprintf')],
  kcalloc: [place('include/linux/slab.h', 'kcalloc')],
  // the interface of user space
  vfio_irq_set: [place(UAPI, 'vfio_irq_set')],
  vfio_irq_info: [place(UAPI, 'vfio_irq_info')],
  VFIO_DEVICE_SET_IRQS: [place(UAPI, 'VFIO_DEVICE_SET_IRQS')],
  VFIO_DEVICE_GET_IRQ_INFO: [place(UAPI, 'VFIO_DEVICE_GET_IRQ_INFO')],
  VFIO_IRQ_INFO_NORESIZE: [place(UAPI, 'VFIO_IRQ_INFO_NORESIZE')],
  VFIO_IRQ_SET_DATA_NONE: [place(UAPI, 'VFIO_IRQ_SET_DATA_NONE')],
  VFIO_IRQ_SET_DATA_BOOL: [place(UAPI, 'VFIO_IRQ_SET_DATA_BOOL')],
  VFIO_IRQ_SET_DATA_EVENTFD: [place(UAPI, 'VFIO_IRQ_SET_DATA_EVENTFD')],
  VFIO_IRQ_SET_ACTION_MASK: [place(UAPI, 'VFIO_IRQ_SET_ACTION_MASK')],
  VFIO_IRQ_SET_ACTION_UNMASK: [place(UAPI, 'VFIO_IRQ_SET_ACTION_UNMASK')],
  VFIO_IRQ_SET_ACTION_TRIGGER: [place(UAPI, 'VFIO_IRQ_SET_ACTION_TRIGGER')],
  // errnos
  ...Object.fromEntries(
    (
      'EACCES EAGAIN EBADF EBUSY EEXIST EFAULT EINVAL EIO EMFILE ENODEV ENOENT ENOMEM ENOSPC ENOTCONN ENOTSUPP ENOTTY ' +
      'EOPNOTSUPP EPERM ERANGE'
    )
      .split(' ')
      .map((name) => [name, errno(name)]),
  ),
};

/** A function whose definition or body contains a check, looked up as in SYMBOLS. */
const inside = (name: string, at: RegExp): readonly Place[] =>
  (SYMBOLS[name] ?? []).map(({ file, symbol }) => ({ file, symbol, at }));

const validate = 'vfio_set_irqs_validate_and_prepare';
const signal = 'vfio_msi_set_vector_signal';
const single = 'vfio_pci_set_ctx_trigger_single';
const INTX_STATE = /is_intx\(vdev\).*start != 0 \|\| count != 1/;

/** The refusing line of each check, for instance the condition, or the call whose failure is returned. */
export const CHECK_PLACES: Readonly<Record<string, readonly Place[]>> = {
  'set_irqs.header-copy': [
    place(CORE, 'vfio_pci_ioctl_set_irqs', /copy_from_user\(&hdr/),
    place(OLD_PCI, 'vfio_pci_ioctl', /copy_from_user\(&hdr/),
  ],
  'set_irqs.argsz': inside(validate, /hdr->argsz < minsz/),
  'set_irqs.index': inside(validate, /hdr->index >= max_irq_type/),
  'set_irqs.overflow': inside(validate, /U32_MAX - hdr->start/),
  'set_irqs.unknown-flag': inside(validate, /hdr->flags & ~\(/),
  'set_irqs.start': inside(validate, /hdr->start >= num_irqs/),
  'set_irqs.range': inside(validate, /hdr->start \+ hdr->count > num_irqs/),
  'set_irqs.data-type': inside(validate, /^\tdefault:/),
  'set_irqs.data-size': inside(validate, /hdr->argsz - minsz </),
  'set_irqs.data-copy': inside('memdup_user', /copy_from_user\(/),
  'set_irqs.no-memory': inside('memdup_user', /if \(!p\)/),
  'dispatch.action': intrs('vfio_pci_set_irqs_ioctl', /if \(!func\)/),
  'msi.other-mode': intrs('vfio_pci_set_msi_trigger', /!\(irq_is\(vdev, index\) \|\| is_irq_none/),
  'msi.not-enabled': intrs('vfio_pci_set_msi_trigger', /if \(!irq_is\(vdev, index\)/),
  'msi.trigger-range': intrs('vfio_pci_set_msi_trigger', /start \+ count > vdev->num_ctx/),
  'msi.block-range': intrs('vfio_msi_set_block', /vdev->num_ctx/),
  'msi.vector-range': intrs(signal, /vector >= vdev->num_ctx/),
  'msi.no-irq': [
    place('drivers/pci/msi/api.c', 'pci_irq_vector', /return irq \?/),
    place('drivers/pci/msi/msi.c', 'pci_irq_vector', /return irq \?/),
    place(OLD_MSI, 'pci_irq_vector', /-EINVAL/),
  ],
  'msi.ctx-memory': intrs('vfio_irq_ctx_alloc', /if \(!ctx\)/),
  'msi.array-memory': intrs('vfio_msi_enable', /if \(!vdev->ctx\)/),
  'msi.name-memory': intrs(signal, /if \(!.*name\)/),
  'msi.not-d0': [
    place('drivers/pci/msi/msi.c', '__pci_enable_msix_range', /current_state != PCI_D0/),
    place('drivers/pci/msi/msi.c', '__pci_enable_msix', /current_state != PCI_D0/),
    place(OLD_MSI, '__pci_enable_msix', /current_state != PCI_D0/),
  ],
  'msi.no-vectors': [
    place('drivers/pci/msi/msi.c', '__pci_enable_msix_range', /maxvec < minvec/),
    place(OLD_MSI, '__pci_enable_msix_range', /maxvec < minvec/),
  ],
  'msi.too-few': intrs('vfio_msi_enable', /ret < nvec/),
  'msi.no-host-irqs': [
    place('kernel/irq/msi.c', '__msi_domain_alloc_irqs', /if \(virq < 0\)/),
    place('kernel/irq/msi.c', '__msi_domain_alloc_irqs', /virq < 0/),
    place('kernel/irq/msi.c', 'msi_handle_pci_fail'),
  ],
  'msi.alloc-at': [place('drivers/pci/msi/api.c', 'pci_msix_alloc_irq_at', /msi_domain_alloc_irq_at/)],
  'irq.no-cpu-vector': [place(APIC, 'activate_reserved', /ret = assign_irq_vector_any_locked/)],
  'msi.no-cpu-vector': [place(APIC, 'activate_reserved', /ret = assign_irq_vector_any_locked/)],
  'irq.request': [place(IRQ_CORE, 'request_threaded_irq', /__setup_irq\(/)],
  'eventfd.closed': [
    place(EVENTFD, 'eventfd_ctx_fdget', /-EBADF/),
    place(EVENTFD, 'eventfd_ctx_fdget', /if \(!.*file/),
  ],
  'eventfd.not-eventfd': inside('eventfd_ctx_fileget', /eventfd_fops/),
  'eventfd.empty': inside('eventfd_read', /-EAGAIN/),
  'eventfd.full': inside('eventfd_write', /-EAGAIN/),
  'eventfd.write-size': inside('eventfd_write', /count (<|!=) sizeof\(ucnt\)/),
  'eventfd.write-max': inside('eventfd_write', /ucnt == ULLONG_MAX/),
  // not in fs/read_write.c, which Debian patches: its lines are not those of the tag
  'fd.closed': SYMBOLS['fdget'] ?? [],
  'ioctl.device-closed': [
    place('fs/ioctl.c', 'SYSCALL_DEFINE3(ioctl', /-EBADF/),
    place('fs/ioctl.c', 'SYSCALL_DEFINE3(ioctl'),
  ],
  'intx.state': intrs('vfio_pci_set_intx_trigger', INTX_STATE),
  'intx.not-enabled': intrs('vfio_pci_set_intx_trigger', /if \(!is_intx\(vdev\)\)/),
  'intx.mask-state': intrs('vfio_pci_set_intx_mask', INTX_STATE),
  'intx.mask-eventfd': intrs('vfio_pci_set_intx_mask', /-ENOTTY/),
  'intx.unmask-state': intrs('vfio_pci_set_intx_unmask', INTX_STATE),
  'intx.no-pin': intrs('vfio_intx_enable', /!pdev->irq/),
  'intx.not-connected': [place(IRQ_CORE, 'request_threaded_irq', /IRQ_NOTCONNECTED/)],
  'intx.pin-busy': [place(IRQ_CORE, '__setup_irq', /old->flags & new->flags\) & IRQF_SHARED/)],
  'intx.memory': intrs('vfio_intx_enable', /if \(!name\)/),
  'virqfd.busy': inside('vfio_virqfd_enable', /if \(\*pvirqfd\)/),
  'virqfd.memory': inside('vfio_virqfd_enable', /if \(!virqfd\)/),
  'single.range': intrs('vfio_pci_set_err_trigger', /start != 0 \|\| count > 1/),
  'single.empty': [place(INTRS, single, /if \(!eventfd\)/), place(INTRS, single, /if \(\*ctx\)/)],
  'single.count': intrs(single, /if \(!count\)/),
  'single.negative': [place(INTRS, single, /fd == -1/)],
  'single.memory': [place(CORE, 'vfio_pci_eventfd_replace_locked', /-ENOMEM/)],
  'info.index': [
    place(CORE, 'vfio_pci_ioctl_get_irq_info', /info\.index >= VFIO_PCI_NUM_IRQS/),
    place(OLD_PCI, 'vfio_pci_ioctl', /info\.index >= VFIO_PCI_NUM_IRQS/),
  ],
  'config.past-end': [
    place(CONFIG, 'vfio_config_do_rw', /cfg_size/),
    place(CONFIG, 'vfio_pci_config_rw_single', /cfg_size/),
  ],
  'open.busy': [
    place('drivers/vfio/group.c', 'vfio_group_fops_open', /group->opened_file/),
    place(MAIN, 'vfio_group_fops_open', /group->opened_file/),
    place(OLD_MAIN, 'vfio_group_fops_open', /group->opened/),
  ],
  'reset.none': [
    place(CORE, 'vfio_pci_ioctl_reset', /reset_works/),
    place(OLD_PCI, 'vfio_pci_ioctl', /!vdev->reset_works/),
  ],
  'hot_reset.none': [
    place(CORE, 'vfio_pci_ioctl_pci_hot_reset', /pci_probe_reset_bus/),
    place(OLD_PCI, 'vfio_pci_ioctl', /pci_probe_reset_bus/),
  ],
  'hot_reset.space': [
    place(CORE, 'vfio_pci_ioctl_get_pci_hot_reset_info', /-ENOSPC/),
    place(OLD_PCI, 'vfio_pci_ioctl', /-ENOSPC/),
  ],
};

/** The reason why a release has no line for a name. The pattern is tested against the release without its patch level. */
interface Absence {
  readonly names: readonly string[];
  readonly releases: RegExp;
  readonly reason: string;
}

const ARRAYS = /^(5\.10|6\.1)$/;
const XARRAY = /^(6\.12|7\.\d+)$/;

/** The names that a release does not have, each with the reason that the page shows. */
export const ABSENCES: readonly Absence[] = [
  {
    names: ['vfio_msi_alloc_irq', 'vfio_irq_ctx_alloc', 'vfio_irq_ctx_free', 'msi.ctx-memory'],
    releases: ARRAYS,
    reason: 'v6.5 introduced this function',
  },
  {
    names: ['pci_msix_can_alloc_dyn', 'pci_msix_alloc_irq_at', 'pci_msix_free_irq', 'msi.alloc-at'],
    releases: ARRAYS,
    reason: 'v6.2 introduced this function',
  },
  { names: ['msi.no-cpu-vector'], releases: ARRAYS, reason: 'only dynamic allocation reaches this check' },
  { names: ['vfio_pci_dev_set_hot_reset'], releases: /^5\.10$/, reason: 'vfio_pci_ioctl contains this code' },
  { names: ['vfio_msi_free_irq'], releases: /./, reason: 'only the posting V3 has this function' },
  {
    names: ['irq_update_devid'],
    releases: /./,
    reason: 'only a posting of 2019 has this function',
  },
  { names: ['msi.no-ctx'], releases: /./, reason: 'only the posting V2 has this check' },
  {
    names: ['msi.trigger-range', 'msi.block-range', 'msi.vector-range', 'msi.array-memory'],
    releases: XARRAY,
    reason: 'v6.5 removed this check',
  },
  {
    names: ['single.negative', 'single.memory'],
    releases: ARRAYS,
    reason: 'v6.19 and v6.12.63 introduced this check',
  },
  {
    names: ['raise.unable', 'raise.closed'],
    releases: /./,
    reason: 'the device model has this check, the kernel does not',
  },
  {
    names: ['raise', 'fault', 'fault.injected'],
    releases: /./,
    reason: 'irqscope injects this failure; the kernel has no such check',
  },
];

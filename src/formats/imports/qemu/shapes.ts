// The events of hw/vfio/trace-events about interrupts, with every name and form that QEMU 2.2 to 11.1 gave them.

/** The printed form of an event's arguments: a pattern with a group for the device and one per value, and simpletrace.py's names. */
export interface Shape {
  readonly pattern: RegExp;
  /** Names of the numbers, in the order of the groups after the device. */
  readonly numbers: readonly string[];
  /** Numbers that some versions do not print. */
  readonly optional?: readonly string[];
  /** The name of a value that is text, in the group after the numbers. */
  readonly text?: string;
  /** The event does not name its device: its first group is a value. */
  readonly nameless?: true;
}

const plain: Shape = { pattern: /^\(([^)]+)\)$/, numbers: [] };
const vector = (word: string): Shape => ({
  pattern: new RegExp(`^\\(([^)]+)\\) vector (\\d+) ${word}$`),
  numbers: ['index'],
});
const capability = (word: string): Shape => ({
  pattern: new RegExp(`^(\\S+) PCI ${word} CAP @(0x[\\da-f]+)$`),
  numbers: ['pos'],
});
const supports = (what: string): Shape => ({
  pattern: new RegExp(`^(\\S+) Supports ${what}$`),
  numbers: [],
});

/** The events by the name of the latest version that has them. */
export const SHAPES: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['vfio_intx_interrupt', { pattern: /^\(([^)]+)\) Pin [A-D]$/, numbers: [] }],
  ['vfio_pci_intx_eoi', { pattern: /^\(([^)]+)\) EOI$/, numbers: [] }],
  ['vfio_intx_enable_kvm', { pattern: /^\(([^)]+)\) KVM INTx accel enabled$/, numbers: [] }],
  ['vfio_intx_disable_kvm', { pattern: /^\(([^)]+)\) KVM INTx accel disabled$/, numbers: [] }],
  ['vfio_intx_update', { pattern: /^\(([^)]+)\) IRQ moved -?\d+ -> -?\d+$/, numbers: [] }],
  ['vfio_intx_enable', plain],
  ['vfio_intx_disable', plain],
  [
    'vfio_msi_interrupt',
    { pattern: /^\(([^)]+)\) vector (\d+) (?:0x)?[\da-f]+\/(?:0x)?[\da-f]+$/, numbers: ['index'] },
  ],
  ['vfio_msix_vector_do_use', vector('used')],
  ['vfio_msix_vector_release', vector('released')],
  ['vfio_msix_enable', plain],
  ['vfio_msix_disable', plain],
  ['vfio_msix_pba_enable', plain],
  ['vfio_msix_pba_disable', plain],
  ['vfio_msix_fixup', { pattern: /^\(([^)]+)\) MSI-X region \d+ mmap fixup \[.*\]$/, numbers: [] }],
  ['vfio_msix_relo', { pattern: /^\(([^)]+)\) BAR -?\d+ offset 0x[\da-f]+$/, numbers: [] }],
  ['vfio_msi_enable', { pattern: /^\(([^)]+)\) Enabled (\d+) MSI vectors$/, numbers: ['nr_vectors'] }],
  ['vfio_msi_disable', plain],
  ['vfio_msi_setup', capability('MSI')],
  [
    'vfio_msix_early_setup',
    {
      pattern:
        /^(\S+) PCI MSI-X CAP @(0x[\da-f]+), BAR \d+, offset[ =]0x[\da-f]+, entries (\d+)(?:, noresize ([01]))?$/,
      numbers: ['pos', 'entries', 'noresize'],
      optional: ['noresize'],
    },
  ],
  ['vfio_check_pcie_flr', supports('FLR via PCIe cap')],
  ['vfio_check_af_flr', supports('FLR via AF cap')],
  ['vfio_check_pm_reset', supports('PM reset')],
  [
    'vfio_pci_write_config',
    {
      pattern: /^\(([^,]+), @(0x[\da-f]+), (0x[\da-f]+), len=(0x[\da-f]+)\)$/,
      numbers: ['addr', 'val', 'len'],
    },
  ],
  [
    'vfio_pci_read_config',
    {
      pattern: /^\(([^,]+), @(0x[\da-f]+), len=(0x[\da-f]+)\) (0x[\da-f]+)$/,
      numbers: ['addr', 'len', 'val'],
    },
  ],
  ['vfio_pci_reset', plain],
  ['vfio_pci_reset_flr', { pattern: /^(\S+) FLR\/VFIO_DEVICE_RESET$/, numbers: [] }],
  ['vfio_pci_reset_pm', { pattern: /^(\S+) PCI PM Reset$/, numbers: [] }],
  ['vfio_pci_hot_reset', { pattern: /^\(([^)]+)\) (one|multi)$/, numbers: [], text: 'type' }],
  ['vfio_pci_hot_reset_has_dep_devices', { pattern: /^(\S+): hot reset dependent devices:$/, numbers: [] }],
  [
    'vfio_pci_hot_reset_dep_devices',
    { pattern: /^([\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}\.[\da-f])\s+(?:group|devid) -?\d+$/, numbers: [] },
  ],
  ['vfio_pci_hot_reset_result', { pattern: /^(\S+) hot reset: (.+)$/, numbers: [], text: 'result' }],
  [
    'vfio_pci_populate_device_get_irq_info_failure',
    { pattern: /^VFIO_DEVICE_GET_IRQ_INFO failure: (.+)$/, numbers: [], text: 'errstr', nameless: true },
  ],
  [
    'vfio_pci_populate_device_config',
    {
      pattern: /^Device '?([^\s']+)'? config:(?: size: (0x[\da-f]+), .*)?$/,
      numbers: ['size'],
      optional: ['size'],
    },
  ],
  [
    'vfio_device_get',
    {
      pattern: /^Device (\S+) flags: (\d+), regions: (\d+), irqs: (\d+)$/,
      numbers: ['flags', 'num_regions', 'num_irqs'],
    },
  ],
  ['vfio_device_put', { pattern: /^close vdev->fd=(\d+)$/, numbers: [], text: 'fd', nameless: true }],
  ['vfio_device_reset_handler', { pattern: /^()$/, numbers: [], nameless: true }],
  ['vfio_mdev', { pattern: /^\(([^)]+)\) is_mdev ([01])$/, numbers: ['is_mdev'] }],
  ['vfio_device_attach', { pattern: /^\(([^)]+)\) group -?\d+$/, numbers: [] }],
  ['vfio_device_detach', { pattern: /^\(([^)]+)\) group -?\d+$/, numbers: [] }],
]);

/** Earlier names, with the name in `SHAPES`. The comments name the version that renamed them. */
const EARLIER: ReadonlyMap<string, string> = new Map([
  // 2.5
  ['vfio_enable_intx_kvm', 'vfio_intx_enable_kvm'],
  ['vfio_disable_intx_kvm', 'vfio_intx_disable_kvm'],
  ['vfio_enable_intx', 'vfio_intx_enable'],
  ['vfio_disable_intx', 'vfio_intx_disable'],
  ['vfio_update_irq', 'vfio_intx_update'],
  ['vfio_eoi', 'vfio_pci_intx_eoi'],
  ['vfio_enable_msix', 'vfio_msix_enable'],
  ['vfio_disable_msix', 'vfio_msix_disable'],
  ['vfio_enable_msi', 'vfio_msi_enable'],
  ['vfio_disable_msi', 'vfio_msi_disable'],
  ['vfio_setup_msi', 'vfio_msi_setup'],
  ['vfio_early_setup_msix', 'vfio_msix_early_setup'],
  ['vfio_initfn', 'vfio_device_attach'],
  // 8.2
  ['vfio_realize', 'vfio_device_attach'],
  // 10.1
  ['vfio_intx_eoi', 'vfio_pci_intx_eoi'],
  ['vfio_attach_device', 'vfio_device_attach'],
  ['vfio_detach_device', 'vfio_device_detach'],
  ['vfio_get_device', 'vfio_device_get'],
  ['vfio_put_base_device', 'vfio_device_put'],
  ['vfio_reset_handler', 'vfio_device_reset_handler'],
  ['vfio_populate_device_config', 'vfio_pci_populate_device_config'],
  ['vfio_populate_device_get_irq_info_failure', 'vfio_pci_populate_device_get_irq_info_failure'],
  // with iommufd
  ['iommufd_cdev_pci_hot_reset_dep_devices', 'vfio_pci_hot_reset_dep_devices'],
  ['vfio_pci_hot_reset_dep_devices_iommufd', 'vfio_pci_hot_reset_dep_devices'],
]);

/** Returns the name of an event in `SHAPES`, whatever the version calls it. */
export function presentName(name: string): string {
  return EARLIER.get(name) ?? name;
}

/** Events with a word about interrupts in their name that say nothing about the device's own interrupts. */
const OTHERS =
  /^vfio_(?:quirk_|platform_|intp_|user_|load_|save_|state_|migration_|cpr_|display_|listener_|region_)/;

/** Returns true if an event with this name may be about interrupts, so that an unknown one must not be passed over. */
export function soundsOfInterrupts(name: string): boolean {
  return /_(?:intx|msix?|irqs?|irqfd|eoi)(?:_|$)/.test(name) && !OTHERS.test(name);
}

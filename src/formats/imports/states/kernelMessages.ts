// The messages of the kernel's log about vfio-pci, irqs and their remapping, with an explanation and the function that prints
// each. Sources: drivers/vfio/pci, drivers/vfio/vfio_main.c, kernel/irq/{manage,spurious,chip}.c, arch/x86/kernel/apic/vector.c,
// drivers/iommu/{intel,amd}, drivers/pci, lib/list_debug.c.

import { resultName } from '../errnoNames.ts';
import { type Passage, passage } from './passage.ts';

/** A fact that a message reveals. */
export type KernelFact =
  | 'bypass'
  | 'flags-mismatch'
  | 'nobody-cared'
  | 'list-corruption'
  | 'remapping-on'
  | 'remapping-off'
  | 'gic'
  | 'no-intx'
  | 'release'
  | 'fault'
  | 'stack';

/** A known message. */
export interface KernelMessage extends Passage {
  readonly fact: KernelFact | null;
  /** The message alone shows that a text is a kernel log about interrupts or vfio. */
  readonly isSign: boolean;
}

type Why = Passage['why'];

function sign(match: RegExp, why: Why, fact: KernelFact | null = null): KernelMessage {
  return { ...passage(match, why), fact, isSign: true };
}

function other(match: RegExp, why: Why, fact: KernelFact | null = null): KernelMessage {
  return { ...passage(match, why), fact, isSign: false };
}

const IRQF_SHARED = 0x80;

/** The known messages, the most special ones first. */
export const KERNEL_MESSAGES: readonly KernelMessage[] = [
  // vfio
  sign(
    /irq bypass producer \((?:token|eventfd) (\S+)\) registration fails: ?(-?\d+)/,
    (_, _key, ret) => bypassWords(Number(ret)),
    'bypass',
  ),
  sign(
    /vfio_bar_restore: (?:\S+ )?reset recovery - restoring BARs/i,
    () =>
      'vfio_bar_restore: the BARs lost their addresses, as after a reset that vfio did not make; it writes them again, and the MSI-X table stays as it is',
  ),
  sign(
    /vfio_(e?)cap_init: (?:\S+ )?hiding e?cap (0x[\da-f]+)@(0x[\da-f]+)/i,
    (_, e, id, at) =>
      `vfio_${e}cap_init: vfio hides capability ${id} at ${at}, which it does not know, from the user; not about interrupts`,
  ),
  sign(
    /vfio_\w*cap\w*: .*(?:hiding|overlap|bad)/i,
    () => 'vfio_config_init: vfio hides or corrects a capability for the user',
  ),
  sign(/VFIO - User Level meta-driver version: ?(\S*)/, () => 'vfio_init: the module vfio is loaded'),
  sign(
    /vfio[_-]pci: add \[([\da-f]{4}:[\da-f]{4})/,
    (_, id) => `vfio_pci_fill_ids: vfio-pci takes devices with id ${id}`,
  ),
  sign(
    /Masking broken INTx support/,
    () => 'vfio_pci_core_enable: INTx of this device is known as broken, so vfio hides its pin (nointx)',
    'no-intx',
  ),
  sign(
    /Relaying device request to user \(#(\d+)\)/,
    (_, times) =>
      `vfio_pci_core_request: the host wants the device back, so vfio signals the eventfd of REQ (request ${times})`,
  ),
  sign(
    /No device request channel registered, blocked until released by user/,
    () => 'vfio_pci_core_request: the host wants the device back, and no eventfd is bound to REQ',
  ),
  sign(
    /Device is currently in use, task "([^"]*)" \((\d+)\) blocked until device is released/,
    (_, task) => `vfio_unregister_group_dev: ${task} waits until the user closes the device`,
  ),
  sign(
    /vfio-noiommu|enable_unsafe_noiommu_mode/,
    () => 'vfio_group: the device is used without an IOMMU, so without interrupt remapping for it',
  ),
  sign(
    /vfio\S*: probe of (\S+) failed with error (-?\d+)|vfio\S* (\S+): probe with driver \S+ failed with error (-?\d+)/,
    (_, a, ra, b, rb) =>
      `call_driver_probe: vfio did not take ${a ?? b}: ${resultName(Number(ra ?? rb))}; EINVAL means that it has no IOMMU group or is a bridge`,
  ),
  sign(
    /vfio-pci \S+: enabling device \(([\da-f]{4}) -> ([\da-f]{4})\)/,
    (_, from, to) =>
      `pci_enable_resources: opening the device changed its command register from 0x${from} to 0x${to} (bit 1: memory decoding)`,
  ),
  sign(
    /vfio-pci \S+: .*BAR ?\d+.*: can't reserve|vfio-pci \S+: can't reserve/,
    () =>
      'pci_request_regions: another driver, often a frame buffer, holds the BAR, so the user cannot map it or its MSI-X table',
  ),
  sign(
    /vfio-pci \S+: (?:resetting|reset done)/,
    (whole) =>
      `a reset of the device ${/done/.test(whole) ? 'ended' : 'begins'}; contexts, irqs and eventfds of vfio stay`,
  ),
  sign(/vfio-pci \S+: vgaarb:/, () => 'the VGA arbiter; not about interrupts'),
  sign(
    /No interrupt remapping support\.\s+Use the module param "?allow_unsafe_interrupts"?/,
    () =>
      'vfio_iommu_type1_attach_group: the host does not remap interrupts, so vfio refuses the group with EPERM',
    'remapping-off',
  ),
  // the irq core
  sign(
    /Flags mismatch irq (\d+)\. ([\da-f]{8}) \((.*)\) vs\. ([\da-f]{8}) \((.*)\)/,
    (_, irq, flags, name, held, holder) => mismatchWords({ irq, flags, name, held, holder }),
    'flags-mismatch',
  ),
  sign(
    /irq (\d+): nobody cared/,
    (_, irq) =>
      `__report_bad_irq: no handler of irq ${irq} accepted 99,900 of 100,000 interrupts; a device asserts the pin and its driver does not answer`,
    'nobody-cared',
  ),
  sign(
    /Disabling IRQ #(\d+)/,
    (_, irq) => `note_interrupt: the kernel disables irq ${irq}, so every device on it stays silent`,
  ),
  sign(
    /(?:No irq handler for vector|unexpected IRQ trap at vector)/i,
    () =>
      'common_interrupt: a message reached a CPU vector without an irq, as from a device that still uses the message of a freed irq',
  ),
  sign(
    /Interrupt reservation exceeds available resources/,
    () =>
      'irq_matrix_reserve: more irqs are allocated than CPU vectors are left; request_irq can fail with ENOSPC',
  ),
  sign(
    /irq_matrix|vector_(?:alloc|activate)\b.*(?:fail|no space)/i,
    () => 'the x86 vector allocator: CPU vectors are short',
  ),
  sign(
    /irq (\d+): (?:Affinity broken|No longer affine|no longer affine)/i,
    (_, irq) => `irq ${irq} moves, because its CPU goes off line`,
  ),
  sign(
    /genirq: .*eff(?:\.|ective) affinity mask of irq (\d+)/,
    (_, irq) => `irq_validate_effective_affinity: the irq chip of irq ${irq} did not say on which CPU it is`,
  ),
  sign(/^genirq: /, () => 'a message of the irq core that irqscope does not know'),
  // remapping
  sign(
    /Enabled IRQ remapping in (\w+) mode/,
    (_, mode) => `intel_enable_irq_remapping: interrupt remapping is on (${mode} mode)`,
    'remapping-on',
  ),
  sign(
    /AMD-Vi: Interrupt remapping enabled/,
    () => 'print_iommu_info: interrupt remapping is on',
    'remapping-on',
  ),
  sign(
    /(?:Failed to enable|Not enabl(?:e|ing)|Disabling|disabled?) (?:irq|interrupt) remapping|interrupt remapping is (?:being )?disabled/i,
    () => 'the IOMMU driver leaves interrupt remapping off',
    'remapping-off',
  ),
  sign(
    /\[INTR-REMAP\] Request device \[?([^\]\s]+)\]? (?:PASID \S+ )?fault index (\S+).*?\[fault reason (\S+)\]\s*(.*)/i,
    (_, device, index, _reason, words) =>
      `dmar_fault_do_one: the IOMMU blocked an interrupt message of ${device} with index ${index}${words === '' ? '' : ` (${words})`}; no irq is raised`,
  ),
  sign(/\bINTR-REMAP\b/, () => 'dmar_fault_do_one: the IOMMU blocked an interrupt message'),
  other(
    /IRQ remapping doesn't support X2APIC mode/,
    () => 'try_to_enable_x2apic: remapping works in xapic mode only',
  ),
  other(/DMAR-IR: /, () => 'the set-up of interrupt remapping (VT-d)'),
  other(
    /AMD-Vi: .*IO_PAGE_FAULT.*address=0x0*fee[\da-f]{5}\b/i,
    () => 'iommu_print_event: the IOMMU blocked a write to the address of interrupt messages',
  ),
  other(
    /AMD-Vi: Event logged|\bDMAR: \[DMA|DMAR: DRHD: handling fault/,
    () => 'the IOMMU blocked a DMA access; not an interrupt',
  ),
  other(
    /(?:DMAR|AMD-Vi|iommu|arm-smmu\S*)\b.*:/i,
    () => 'a message of the IOMMU that says nothing about interrupts',
  ),
  other(
    /Adding to iommu group (\d+)/,
    (_, group) => `iommu_group_add_device: the device is in IOMMU group ${group}`,
  ),
  other(/\bITS \[mem|\bGICv3: |\bGICv2m: /, () => 'a GIC receives messages on this host', 'gic'),
  // devices
  other(
    /not ready (\d+)ms after (.+?); (waiting|giving up)/,
    (_, time, reset, end) => `pci_dev_wait: the device does not answer ${time} ms after ${reset} (${end})`,
  ),
  other(
    /(?:Unable to|can't|Refused to) change power state/i,
    () =>
      'pci_set_power_state: the device does not answer in config space; its MSI-X state is lost, and no interrupt will come',
  ),
  other(
    /timed out waiting for pending transaction/,
    () => 'pcie_flr: the device was busy when a function level reset began',
  ),
  other(/can't reserve \[/, () => 'pci_request_region: another driver holds the BAR'),
  other(
    /enabling device \(([\da-f]{4}) -> ([\da-f]{4})\)/,
    (_, from, to) => `pci_enable_resources: command register from 0x${from} to 0x${to}`,
  ),
  other(
    /MSI(?:-X)?(?:\/MSI-X)? (?:is |are )?disabled|Disabling MSI/i,
    () => 'a quirk or a parameter turns MSI off for a device or the host',
  ),
  // failures of the kernel
  other(
    /list_(add|del) corruption/,
    (_, what) =>
      `__list_${what}_entry_valid: a linked list is damaged; the call trace names the list's owner`,
    'list-corruption',
  ),
  other(/^-+\[ cut here \]-+/, () => 'the beginning of a report'),
  other(/kernel BUG at ([^\s!]+)/, (_, place) => `BUG: the kernel stopped the task at ${place}`),
  sign(
    /WARNING: (?:CPU: \d+ PID: \d+ )?at (\S*(?:vfio|irqbypass|kernel\/irq|\/msi)\S*)(?: (\S+))?/,
    warningWords,
  ),
  other(/WARNING: (?:CPU: \d+ PID: \d+ )?at (\S+)(?: (\S+))?/, warningWords),
  other(
    /\b(?:BUG|Oops|general protection fault|Kernel panic|invalid opcode|Unable to handle kernel)\b/,
    () => 'the kernel reports a fault; the call trace says where',
  ),
  other(/^(?:RIP|pc) ?:\s*(?:\d+:)?([\w.]+)\+0x/, (_, fn) => `the fault is in ${fn}`, 'fault'),
  other(/Call [Tt]race:?/, () => 'the calls that led here follow, the innermost first', 'stack'),
  other(
    /\b(?:Not t|T)ainted:? .*?(\d+\.\d+)(?:\.\d+)?\S*/,
    (_, release) => `the task, and kernel ${release}`,
    'release',
  ),
  other(/Linux version (\d+\.\d+)\S*/, (_, release) => `kernel ${release}`, 'release'),
  other(
    /^(?:Hardware name|Modules linked in|Workqueue|CPU|Code|R[A-Z0-9]{2}|CR2|FS|PKRU|Call|x\d+|sp|lr|pstate|Stack|DR\d|EFLAGS)\b ?:|^ORIG_RAX|---\[ end |^<\/?(?:TASK|IRQ)>|^\s*<\/?(?:TASK|IRQ)>|^#PF:|^PGD /,
    () => 'a part of the report',
  ),
  other(/^handlers:/, () => 'the handlers of the irq follow'),
  other(
    /^\[<[\da-f]+>\] (\w+)(?: \[(\w+)\])?/,
    (_, fn, module) => `a handler on this irq: ${fn}${module === undefined ? '' : ` of ${module}`}`,
  ),
  sign(/^vfio[-_]pci(?: \S+)?: /, () => 'a message of vfio that irqscope does not know'),
];

function warningWords(_: string, place?: string, fn?: string): string {
  return `WARN: an unexpected state at ${place}${fn === undefined ? '' : ` in ${fn.replace(/\+0x.*/, '')}`}`;
}

function bypassWords(ret: number): string {
  const fate = 'SET_IRQS returns 0 all the same, and the vector works without bypass';
  const why =
    ret === -16
      ? 'this eventfd has a producer already, on another vector or device'
      : ret === -22
        ? 'the consumer (KVM) cannot post interrupts'
        : 'the consumer (KVM) did not take it';
  return `vfio_msi_set_vector_signal: irq_bypass_register_producer returned ${resultName(ret)}: ${why}; ${fate}`;
}

type Mismatch = Readonly<Record<'irq' | 'flags' | 'name' | 'held' | 'holder', string | undefined>>;

function mismatchWords({ irq, flags = '', name = '', held = '', holder = '' }: Mismatch): string {
  const asksShared = (Number.parseInt(flags, 16) & IRQF_SHARED) !== 0;
  const holdsShared = (Number.parseInt(held, 16) & IRQF_SHARED) !== 0;
  const unwilling = [...(asksShared ? [] : [name]), ...(holdsShared ? [] : [holder])];
  const who =
    unwilling.length === 0
      ? 'both share, but with different trigger or oneshot flags'
      : `not shared by ${unwilling.join(' and ')}`;
  return `__setup_irq: ${name} cannot use irq ${irq}, which ${holder} holds (${who}); request_irq returns EBUSY, and so does SET_IRQS`;
}

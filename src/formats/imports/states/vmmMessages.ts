// The messages of VMMs and of DPDK about interrupts of vfio, with an explanation. Sources: DPDK lib/eal/linux/eal_interrupts.c and
// drivers/bus/pci/linux/pci_vfio.c, QEMU hw/vfio, rust-vmm vfio-ioctls (Cloud Hypervisor), crosvm devices/src/vfio.rs.

import { type Passage, passage } from './passage.ts';

const CALL = 'its flags, start, count and errno are not in the line';

/** The known messages. `$1` is the first group of the pattern. */
export const VMM_MESSAGES: readonly Passage[] = [
  // DPDK
  passage(/Error (enabling|disabling) (MSI-X|MSI|INTx|req) interrupts for fd (\d+)/, (_, verb, mode, fd) =>
    verb === 'enabling'
      ? `DPDK: the SET_IRQS that binds eventfds to ${indexWord(mode)} failed; ${fd} is the eventfd of vector 0, and ${CALL}`
      : `DPDK: the SET_IRQS of ${indexWord(mode)} with count 0 failed; this mode is not the enabled one`,
  ),
  passage(
    /Error (unmasking|masking) INTx interrupts for fd (\d+)/,
    (_, verb) => `DPDK: the SET_IRQS that ${verb === 'masking' ? 'masks' : 'unmasks'} INTx failed; ${CALL}`,
  ),
  passage(/Error (enabling|disabling) interrupts for fd (\d+)/, () => 'DPDK: interrupts of UIO, not of vfio'),
  passage(
    /Cannot get VFIO IRQ info, error (-?\d+) \(([^)]*)\)/i,
    (_, _number, word) => `DPDK: GET_IRQ_INFO failed with “${word}” (pci_vfio_setup_interrupts)`,
  ),
  passage(
    /Error getting irq info for index (\d+)/i,
    (_, index) => `DPDK: GET_IRQ_INFO of index ${index} failed`,
  ),
  passage(
    /Interrupt vector does not support eventfd/,
    () => 'DPDK: flags of GET_IRQ_INFO lack EVENTFD for the mode that --vfio-intr names',
  ),
  passage(
    /Error setting up interrupts/,
    () => 'DPDK: no interrupt mode is usable (pci_vfio_setup_interrupts)',
  ),
  passage(
    /can(?:no|')t set ?up eventfd, error (\d+)/i,
    (_, errno) => `DPDK: eventfd(2) failed with errno ${errno}`,
  ),
  passage(
    /Maximum interrupt vector ID \((\d+)\) exceeds the number of available events \((\d+)\)/,
    (_, most, events) => `DPDK: vector ${most} is above the ${events} events for which it has room`,
  ),
  passage(
    /Failed to create (?:vfio req )?interrupt instance/,
    () => 'DPDK: memory for its interrupt handle is missing',
  ),
  passage(
    /Error reading interrupts status for fd (\d+)/,
    () => 'DPDK: reading the command register failed before INTx is acknowledged',
  ),
  passage(
    /(?:Unknown default interrupt type|invalid parameters for --vfio-intr)/,
    () => 'DPDK: --vfio-intr accepts legacy, msi and msix',
  ),
  passage(/cannot get MSI-X BAR number/, () => 'DPDK: reading the MSI-X capability failed'),
  passage(
    /VFIO reports MSI-X BAR as mappable/,
    () => 'DPDK: the BAR of the MSI-X table can be mapped; no ioctl on interrupts',
  ),
  passage(
    /Probe PCI driver: (\S+) \(([\da-f]{4}:[\da-f]{4})\) device: (\S+)/i,
    (_, driver, id, device) => `DPDK: driver ${driver} takes device ${device}, ${id}`,
  ),
  // QEMU
  passage(
    /Failed to set up (TRIGGER|MASK|UNMASK) eventfd signaling for interrupt ([\w-]+?)(?:-(\d+))?: VFIO_DEVICE_SET_IRQS failure: (.+)/,
    (_, action, index, vector, error) =>
      `QEMU: SET_IRQS ${action} of ${index}${vector === undefined ? '' : ` vector ${vector}`} failed with “${error}”${busyReason(index, error)}`,
  ),
  passage(
    /failed to setup INTx fd: (.+)/i,
    (_, error) => `QEMU: SET_IRQS TRIGGER of INTx failed with “${error}”${busyReason('INTX', error)}`,
  ),
  passage(
    /Failed to (enable|setup|set up) (MSI-?X?)(?: interrupts?| fds?)?[:,]? ?(.*)/i,
    (_, _verb, mode, rest) =>
      `the SET_IRQS that enables ${indexWord(mode)} failed${rest === '' ? '' : ` (${rest})`}; ${CALL}`,
  ),
  passage(
    /failed to (enable|modify) vectors?[,:] (.+)/i,
    (_, verb, error) =>
      `QEMU: the SET_IRQS that ${verb === 'modify' ? 'binds one vector of' : 'enables'} MSI-X failed with “${error}”; ${CALL}`,
  ),
  passage(
    /Failed to enable (\d+) MSI vectors, retry with (\d+)/i,
    (_, asked, got) =>
      `QEMU: SET_IRQS of MSI with ${asked} vectors returned ${got}, the number of vectors that the host can allocate`,
  ),
  passage(
    /MSI-?X table and PBA|msix.*(?:PBA|BAR).*(?:invalid|beyond|quirk)/i,
    () => 'QEMU: the MSI-X capability of the device is not usable as it is',
  ),
  passage(
    /(?:Failed to get|failed getting|Error getting) (?:device )?irq info(?:.*?index (\d+))?/i,
    (_, index) => `GET_IRQ_INFO${index === undefined ? '' : ` of index ${index}`} failed`,
  ),
  passage(
    /VFIO_DEVICE_GET_IRQ_INFO fail(?:ure|ed):? ?(.*)/,
    (_, error) => `GET_IRQ_INFO failed${error === '' ? '' : ` with “${error}”`}`,
  ),
  passage(
    /VFIO_DEVICE_SET_IRQS fail(?:ure|ed):? ?(.*)/,
    (_, error) =>
      `SET_IRQS failed${error === '' ? '' : ` with “${error}”`}; its arguments are not in the line`,
  ),
  // vfio-ioctls and Cloud Hypervisor
  passage(
    /Could not get VFIO IRQ info for index (\d+)/i,
    (_, index) => `GET_IRQ_INFO of index ${index} failed: the device has no such index`,
  ),
  passage(/failed to get vfio device(?:'s)? irq info|VfioDeviceGetIrqInfo/i, () => 'GET_IRQ_INFO failed'),
  passage(
    /failed to (enable|disable|set|unmask|mask|trigger) vfio (?:device|deviece)(?:'s)? irq(?: resample fd)?(?:: (.+))?/i,
    (_, verb, error) =>
      `the SET_IRQS to ${verb} interrupts failed${error === undefined ? '' : ` with “${error}”`}; ${CALL}`,
  ),
  passage(
    /VfioDevice(?:Enable|Disable|Set|Unmask|Trigger)Irq(?:ResampleFd)?|VfioIrq(?:Enable|Disable|Mask|Unmask)\b/,
    () => `a SET_IRQS failed; ${CALL}`,
  ),
  passage(
    /(?:Could not|Failed to|failed to) (enable|disable) (MSI-?X?|INTx)/i,
    (_, verb, mode) => `the SET_IRQS to ${verb} ${indexWord(mode)} failed; ${CALL}`,
  ),
];

function indexWord(mode: string): string {
  if (/^req$/i.test(mode)) return 'REQ';
  return /x$/i.test(mode) && !/^intx$/i.test(mode) ? 'MSI-X' : /^intx$/i.test(mode) ? 'INTx' : 'MSI';
}

/** The reason of the failure that is posted most. */
function busyReason(index: string, error: string): string {
  if (!/^intx/i.test(index) || !/busy/i.test(error)) return '';
  return ': another handler is on the irq of the pin, and __setup_irq wants IRQF_SHARED of both';
}

// What each kernel function of these paths is for, in plain language, and where it stands in Linux 6.12 (functions that
// only a posting of the series has are in the same files).

import { LINUX } from './why.ts';

/** One function in words. */
export interface FunctionWords {
  readonly why: string;
  /** Kernel file, and the section of the project's specification of the driver. */
  readonly source: string;
}

const from =
  (file: string, section: string) =>
  (why: string): FunctionWords => ({
    why,
    source: `${LINUX} ${file}; specification ${section}`,
  });

const main = from('drivers/vfio/vfio_main.c', '§4');
const core = from('drivers/vfio/pci/vfio_pci_core.c', '§4');
const lifecycle = from('drivers/vfio/pci/vfio_pci_core.c', '§8');
const config = from('drivers/vfio/pci/vfio_pci_config.c', '§8');
const dispatch = from('drivers/vfio/pci/vfio_pci_intrs.c', '§5');
const msi = from('drivers/vfio/pci/vfio_pci_intrs.c', '§6');
const intx = from('drivers/vfio/pci/vfio_pci_intrs.c', '§9');
const errReq = from('drivers/vfio/pci/vfio_pci_intrs.c', '§10');
const virqfd = from('drivers/vfio/virqfd.c', '§9');
const pciApi = from('drivers/pci/msi/api.c', '§7');
const pciMsi = from('drivers/pci/msi/msi.c', '§7');
const irqMsi = from('kernel/irq/msi.c', '§7');
const irqCore = from('kernel/irq/manage.c', '§7');
const pci = from('drivers/pci/pci.c', '§8');
const bypass = from('virt/lib/irqbypass.c', '§6.4');
const eventfd = from('fs/eventfd.c', '§11');
const memory = from('mm/util.c', '§4');
const text = from('lib/kasprintf.c', '§6.4');
const slab = from('include/linux/slab.h', '§6.2');

/** Every function that a frame can name. */
export const FUNCTION_WORDS: Readonly<Record<string, FunctionWords>> = {
  vfio_set_irqs_validate_and_prepare: main(
    'Checks header, flags, index and range, and computes how many bytes of data follow.',
  ),
  vfio_pci_ioctl_set_irqs: core('Copies the header, validates it, and copies the data that it announces.'),
  vfio_pci_ioctl_get_irq_info: core('Tells how many interrupts an index has and what can be done with them.'),
  vfio_pci_ioctl_reset: lifecycle('Resets the device for user space, with its memory made sure to answer.'),
  vfio_pci_core_enable: lifecycle('Prepares the device when its descriptor is opened.'),
  vfio_pci_core_close_device: lifecycle(
    'Gives back everything when the descriptor is closed, interrupts first.',
  ),
  vfio_pci_config_rw: config(
    'Reads or writes config space; interrupt registers are virtual or kept from user space.',
  ),
  vfio_pci_memory_lock_and_enable: config('Makes sure that the device answers to memory accesses meanwhile.'),
  vfio_pci_memory_unlock_and_restore: config('Puts the command register back.'),
  vfio_pci_set_irqs_ioctl: dispatch('Chooses the handler for the index and the action.'),
  vfio_pci_set_msi_trigger: msi(
    'Decides between enable, disable, a change of eventfds and a loopback trigger.',
  ),
  vfio_msi_enable: msi('Turns MSI or MSI-X on with start + count vectors.'),
  vfio_msi_disable: msi('Detaches every vector, then gives all irqs back and leaves the mode.'),
  vfio_msi_set_block: msi(
    'Assigns one descriptor to each vector of the range, in order. After a failure it detaches what it has touched.',
  ),
  vfio_msi_set_vector_signal: msi(
    'Detaches a vector from its eventfd, then attaches it to the new one if there is one.',
  ),
  vfio_msi_alloc_irq: msi('Finds the vector’s irq, or allocates one where the irq domain can.'),
  vfio_msi_free_irq: msi('Gives the irq of one vector back.'),
  vfio_irq_ctx_alloc: msi('Makes the vector’s context.'),
  vfio_irq_ctx_free: msi('Removes the vector’s context.'),
  vfio_pci_set_intx_trigger: intx(
    'Decides between enable, disable, a change of the eventfd and a loopback trigger.',
  ),
  vfio_pci_set_intx_mask: intx('Masks the pin for user space.'),
  vfio_pci_set_intx_unmask: intx('Unmasks the pin, at once or whenever an eventfd is written.'),
  vfio_intx_enable: intx('Makes the pin’s context and enters the INTx mode.'),
  vfio_intx_disable: intx('Takes the pin’s handler and eventfds away and leaves the mode.'),
  vfio_intx_set_signal: intx('Puts another eventfd in the place of the pin’s.'),
  vfio_pci_set_err_trigger: errReq('Sets or fires the eventfd that tells of a fatal error of the device.'),
  vfio_pci_set_req_trigger: errReq('Sets or fires the eventfd by which the host asks for the device back.'),
  vfio_pci_set_ctx_trigger_single: errReq('Replaces or fires a single eventfd, for ERR and for REQ.'),
  vfio_virqfd_enable: virqfd('Has the pin unmasked whenever this eventfd is written.'),
  pci_alloc_irq_vectors: pciApi(
    'Enables the capability, allocates an irq for each vector and masks the table.',
  ),
  pci_free_irq_vectors: pciApi('Disables the capability and frees every irq of the device, cached ones too.'),
  pci_msix_alloc_irq_at: pciApi('Adds one vector to MSI-X that is already enabled.'),
  pci_msix_free_irq: pciApi('Takes one vector from MSI-X that stays enabled.'),
  pci_irq_vector: pciApi('Looks up the Linux irq of a vector; EINVAL when it has none.'),
  get_cached_msi_msg: irqMsi('Reads the message that the kernel wrote last for this irq.'),
  pci_write_msi_msg: pciMsi('Writes the message into the table again, in case a reset has wiped it.'),
  request_irq: irqCore('Installs a handler on the irq; the source is unmasked.'),
  free_irq: irqCore('Removes the handler; the source is masked. The irq number stays allocated.'),
  pci_intx: pci('Sets or clears the interrupt disable bit of the command register.'),
  pci_try_reset_function: pci('Resets the function and restores its configuration.'),
  irq_bypass_register_producer: bypass('Offers the irq for posted interrupts; a refusal is only logged.'),
  irq_bypass_unregister_producer: bypass('Takes the offer for posted interrupts back.'),
  eventfd_ctx_fdget: eventfd('Turns a descriptor into an eventfd and takes a reference to it.'),
  eventfd_ctx_put: eventfd('Drops the kernel’s reference to an eventfd.'),
  eventfd_signal: eventfd('Adds 1 to the counter and wakes who waits on it.'),
  memdup_user: memory('Copies the data behind the header from user memory.'),
  kasprintf: text('Writes the handler’s name for /proc/interrupts.'),
  kcalloc: slab('Makes the array of contexts, one for each vector.'),
};

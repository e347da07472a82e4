// The services below the driver as Promela inlines: the irq core, the PCI/MSI core, eventfds and the device itself. They
// follow src/kernel/services/ and src/kernel/deviceModel.ts call by call. They have no irq numbers, because vectors identify the
// irqs of one device.

import type { FaultSite } from '../../kernel/line.ts';
import type { ExportFacts, ExportKernel } from './facts.ts';

/** Returns statements that count a call of a fault site and set `fault` to the errno of an injected fault, or 0. */
export function faultAt(facts: ExportFacts, site: FaultSite): string {
  return facts.sites.includes(site)
    ? `calls_${site}++;\n  fault = (calls_${site} == nth_${site} -> errno_${site} : 0);`
    : 'fault = 0;';
}

/** Returns a statement that records a fact for the question; empty where the question does not need it. */
function noted(facts: ExportFacts, name: string, statement: string): string {
  return facts.noted.has(name) ? `${statement};` : '';
}

function eventfds(facts: ExportFacts): string {
  const rows = facts.fds.map(({ fd, eventfd, closable }) => {
    const open = closable === null ? '' : ` && !vdev.closed[${closable}]`;
    return eventfd === null
      ? `    :: (fd) == ${fd}${open} -> ret = -EINVAL /* open, but not an eventfd */`
      : `    :: (fd) == ${fd}${open} -> ret = 0; found = ${eventfd}`;
  });
  return `
/* fs/eventfd.c: ret is 0 and found is the eventfd, or ret is a negative errno */
inline eventfd_ctx_fdget(fd) {
  ${faultAt(facts, 'eventfd_ctx_fdget')}
  if
  :: fault != 0 -> ret = -fault
  :: else ->
    if
${rows.join('\n')}
    :: else -> ret = -EBADF
    fi
  fi
}

inline eventfd_signal(ev) {
  ${noted(facts, 'signals', 'signals[ev]++')} ${noted(facts, 'signalled', 'signalled = true')}
  skip
}`;
}

function delivery(facts: ExportFacts, { parts }: ExportKernel): string {
  const delivered = noted(facts, 'delivered', 'delivered = true');
  const sendOrLose = `/* an unmasked entry signals the eventfd of the handler; with a zero message the interrupt is lost */
inline sendMsix(vector, ev) {
  if
  :: !vdev.programmed[vector] -> ${noted(facts, 'lost', 'lost = true')} skip
  :: else -> ${delivered} eventfd_signal(ev)
  fi
}`;
  const send = `/* an unmasked entry signals the eventfd of the handler; request_irq has written its message, and no line of this
   alphabet removes it */
inline sendMsix(vector, ev) {
  ${delivered} eventfd_signal(ev)
}`;
  return `
${parts.messages ? sendOrLose : send}

inline unmaskEntry(vector, ev) {
  vdev.unmasked[vector] = true;
  if
  :: vdev.pending[vector] -> vdev.pending[vector] = false; sendMsix(vector, ev)
  :: else
  fi
}`;
}

function irqCore(facts: ExportFacts, kernel: ExportKernel): string {
  const { parts } = kernel;
  const messages = (text: string) => (parts.messages ? `\n    ${text}` : '');
  const noVector = parts.reservations
    ? '\n  :: fault == 0 && !vdev.fixed[vector] && vdev.cpuVectorsUsed >= CPU_VECTORS -> ret = -ENOSPC'
    : '';
  const cpuVector = (change: '++' | '--') =>
    parts.reservations
      ? `
    if
    :: !vdev.fixed[vector] -> vdev.cpuVectorsUsed${change}
    :: else
    fi;`
      : '';
  return `
/* kernel/irq/manage.c, arch/x86/kernel/apic/vector.c: x86 assigns a CPU vector here, except for an irq that has one
   from its allocation on (fixed); then it writes the message, unmasks the entry and delivers a pending interrupt */
inline request_irq(vector, ev) {
  ${faultAt(facts, 'request_irq')}
  if
  :: fault != 0 -> ret = -fault${noVector}
  :: else ->${cpuVector('++')}
    vdev.handler[vector] = ev;${messages('vdev.programmed[vector] = true; vdev.message[vector] = true;')}
    ${noted(facts, 'attachedNow', 'attachedNow[vector] = true')}
    unmaskEntry(vector, ev);
    ret = 0
  fi
}

/* masks the entry, clears its message, turns the CPU vector into a reservation; the irq stays: cached */
inline free_irq(vector) {
  vdev.unmasked[vector] = false;${messages('vdev.programmed[vector] = false; vdev.message[vector] = false;')}${cpuVector('--')}
  ${noted(facts, 'detachedNow', 'detachedNow[vector] = true')}
  vdev.handler[vector] = NO_EVENTFD
}

${kernel.generation === 'hold' ? updateDevid(facts) : ''}/* virt/lib/irqbypass.c: one producer per eventfd; vfio only logs the failure of a second one */
inline irq_bypass_register_producer(vector, ev) {
  ${faultAt(facts, 'irq_bypass_register_producer')}
  if
  :: fault == 0 && !vdev.registered[ev] -> vdev.registered[ev] = true; vdev.producer[vector] = true
  :: else -> vdev.producer[vector] = false
  fi
}

inline irq_bypass_unregister_producer(vector) {
  if
  :: vdev.producer[vector] -> vdev.registered[vdev.trigger[vector]] = false; vdev.producer[vector] = false
  :: else
  fi
}`;
}

/** Returns the function of the proposal `hold`. */
function updateDevid(facts: ExportFacts): string {
  return `/* replaces the eventfd of an installed handler; the irq stays requested */
inline irq_update_devid(vector, ev) {
  ${noted(facts, 'attachedNow', 'attachedNow[vector] = true')}
  vdev.handler[vector] = ev
}

`;
}

function allocation(facts: ExportFacts, { parts, activeAtOnce }: ExportKernel): string {
  const fixed = parts.messages || parts.reservations;
  const where = (holds: boolean, text: string) => (holds ? `\n  ${text}` : '');
  const had = facts.sites.includes('pci_alloc_irq_vectors')
    ? `
  if
  :: calls_pci_alloc_irq_vectors == nth_pci_alloc_irq_vectors && had_pci_alloc_irq_vectors > 0 ->
    /* the fault limits the number of vectors */
    got = (got < had_pci_alloc_irq_vectors - 1 -> got : had_pci_alloc_irq_vectors - 1)
  :: else
  fi;`
    : '';
  const lastFixed = [
    ...(parts.reservations ? ['vdev.cpuVectorsUsed--'] : []),
    ...(parts.messages ? ['vdev.programmed[vector] = false'] : []),
  ];
  return `
/* allocates one irq. A GIC activates it; x86 assigns a CPU vector at once if the vector lies below every allocated one
   (msi_check_reservation_mode), else it only reserves one */
inline allocate(vector, isFixed, isOriginal) {
  vdev.allocated[vector] = true;${where(fixed, 'vdev.fixed[vector] = isFixed;')}${where(parts.originals, 'vdev.original[vector] = isOriginal;')}${where(parts.messages, 'vdev.programmed[vector] = true; vdev.message[vector] = true;')}
  ${noted(facts, 'allocatedNow', 'allocatedNow[vector] = true')}
  vdev.numbers++
}

inline release(vector) {${
    lastFixed.length === 0
      ? ''
      : `
  if
  :: vdev.fixed[vector] -> ${lastFixed.join('; ')}
  :: else
  fi;`
  }${where(fixed, 'vdev.fixed[vector] = false;')}${where(parts.originals, 'vdev.original[vector] = false;')}${where(parts.messages, 'vdev.message[vector] = false;')}
  vdev.allocated[vector] = false;
  vdev.numbers--
}

/* irq is 1 for an allocated vector (the model has no irq numbers), or -EINVAL */
inline pci_irq_vector(vector) {
  irq = (vdev.allocated[vector] -> 1 : -EINVAL)
}

/* drivers/pci/msi: enables MSI-X with up to max vectors; ret is their number, or a negative errno */
inline pci_alloc_irq_vectors(max) {
  ${faultAt(facts, 'pci_alloc_irq_vectors')}
  got = max;${had}
  got = (got < IRQ_POOL -> got : IRQ_POOL);
  if
  :: fault != 0 -> ret = -fault
  :: fault == 0 && (max) < 1 -> ret = -ERANGE
  :: fault == 0 && (max) >= 1 && got < 1 -> ret = -ENOSPC
  :: else ->
    ${parts.originals ? 'vdev.initialRange = got;' : ''}
    vdev.pinAsserted = false;
    v = 0;
    do
    :: v < got -> allocate(v, ${activeAtOnce}, true); v++
    :: else -> break
    od;
    ret = got
  fi
}

/* adds a vector while MSI-X is enabled */
inline pci_msix_alloc_irq_at(vector) {
  ${faultAt(facts, 'pci_msix_alloc_irq_at')}
  first = 0;
  do
  :: first < V && !vdev.allocated[first] -> first++
  :: else -> break
  od;
  if
  :: fault != 0 -> irq = -fault
  :: fault == 0 && vdev.numbers >= IRQ_POOL -> irq = -ENOSPC
  ${parts.reservations ? ':: fault == 0 && vdev.numbers < IRQ_POOL && (vector) < first && vdev.cpuVectorsUsed >= CPU_VECTORS -> irq = -ENOSPC' : ''}
  :: else ->
    ${noted(facts, 'added', 'added = true')}
    if
    :: (vector) < first -> ${parts.reservations ? 'vdev.cpuVectorsUsed++; ' : ''}allocate(vector, true, false)
    :: else -> allocate(vector, ${activeAtOnce}, false)
    fi;
    irq = 1
  fi
}

inline pci_msix_free_irq(vector) {
  ${noted(facts, 'freedOriginal', 'freedOriginal = freedOriginal || vdev.original[vector]')}
  ${noted(facts, 'freedAlone', 'freedAlone = true')}
  release(vector)
}

inline pci_free_irq_vectors() {
  ${noted(facts, 'teardown', 'teardown = true')}
  v = 0;
  do
  :: v < V && vdev.allocated[v] -> vdev.unmasked[v] = false; release(v); v++
  :: v < V && !vdev.allocated[v] -> v++
  :: else -> break
  od${parts.originals ? ';\n  vdev.initialRange = 0' : ''}
}`;
}

function deviceModel(facts: ExportFacts): string {
  const { raise, raiseVectors, intx } = facts.device;
  const parts: string[] = [];
  if (facts.kinds.has('raise')) {
    // without a mode the pin interrupt is lost; with INTx disabled it is pending
    const bit = facts.kinds.has('reset') && intx ? 'vdev.intxDisabled' : 'false';
    const unheard = `${noted(facts, 'lost', `lost = !${bit}`)} ${noted(facts, 'pended', `pended = ${bit}`)}`;
    const off =
      raise === 'with-msix'
        ? ':: !vdev.msix || (number) >= V -> ret = -EOPNOTSUPP\n  :: else ->'
        : raise === 'never'
          ? ':: true -> ret = -EOPNOTSUPP\n  :: else ->'
          : `:: !vdev.msix -> ${intx ? 'vdev.pinAsserted = true; ' : ''}${unheard} ret = 0\n  :: else ->`;
    const which = raiseVectors === null ? '(number)' : `((number) % ${raiseVectors})`;
    parts.push(`
/* the device raises an interrupt; on a masked entry it becomes pending, once */
inline raise(number) {
  if
  ${off}
    ret = 0;
    if
    :: ${which} >= V -> skip
    :: ${which} < V && !vdev.unmasked[${which}] ->
      ${noted(facts, 'coalesced', `coalesced = vdev.pending[${which}]`)} ${noted(facts, 'pended', `pended = !vdev.pending[${which}]`)}
      vdev.pending[${which}] = true
    :: else -> found = vdev.handler[${which}]; sendMsix(${which}, found)
    fi
  fi
}`);
  }
  if (facts.kinds.has('clobber')) {
    parts.push(`
/* the device loses a message, and the kernel does not notice */
inline clobber(entry) {
  ret = 0;
  if
  :: (entry) < V -> vdev.programmed[entry] = false
  :: else
  fi
}`);
  }
  if (facts.kinds.has('lower')) {
    parts.push(
      `
inline lower() {
  ret = ${raise === 'always' ? '0' : '-EOPNOTSUPP'}${raise === 'always' ? ';\n  vdev.pinAsserted = false' : ''}
}`,
    );
  }
  if (facts.kinds.has('reset')) parts.push(reset(facts));
  if (facts.kinds.has('close')) {
    parts.push(`
/* close(2) of a descriptor; attached vectors keep the eventfd */
inline close_fd(which) {
  ret = (vdev.closed[which] -> -EBADF : 0);
  vdev.closed[which] = true
}`);
  }
  return parts.join('\n');
}

function reset(facts: ExportFacts): string {
  const { onReset } = facts.device;
  if (!facts.device.reset) return '\ninline pci_try_reset_function() {\n  ret = -EINVAL\n}';
  const forgets = [
    onReset.clearsTable ? 'vdev.programmed[v] = false; vdev.unmasked[v] = false;' : '',
    onReset.clearsPending ? 'vdev.pending[v] = false;' : '',
  ]
    .filter((text) => text !== '')
    .join(' ');
  return `
/* the device loses state, then __pci_restore_msix_state() disables INTx and restores message and mask of every allocated vector */
inline pci_try_reset_function() {
  ret = 0;
  ${onReset.clearsPin ? 'vdev.pinAsserted = false;' : ''}
  vdev.intxDisabled = vdev.intxDisabled || vdev.msix;
  v = 0;
  do
  :: v < V ->
    ${forgets}
    if
    :: vdev.allocated[v] -> vdev.programmed[v] = vdev.message[v]; vdev.unmasked[v] = false
    :: else
    fi;
    v++
  :: else -> break
  od;
  v = 0;
  do
  :: v < V && vdev.handler[v] != NO_EVENTFD -> found = vdev.handler[v]; unmaskEntry(v, found); v++
  :: v < V && vdev.handler[v] == NO_EVENTFD -> v++
  :: else -> break
  od
}`;
}

/** Returns all services of one kernel. */
export function services(facts: ExportFacts, kernel: ExportKernel): string {
  return [
    eventfds(facts),
    delivery(facts, kernel),
    irqCore(facts, kernel),
    allocation(facts, kernel),
    deviceModel(facts),
  ].join('\n');
}

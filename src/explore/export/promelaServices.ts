// The services below the driver as Promela inlines: the irq core, the PCI/MSI core, eventfds and the device itself. They
// follow src/kernel/services/ and src/kernel/deviceModel.ts call by call; irq numbers are left out, since the irqs of one
// device are told apart by their vectors.

import type { FaultSite } from '../../kernel/line.ts';
import type { ExportFacts, ExportKernel } from './facts.ts';

/** Statements that count a call of a fault site and leave the errno of an injected fault, or 0, in `fault`. */
export function faultAt(facts: ExportFacts, site: FaultSite): string {
  return facts.sites.includes(site)
    ? `calls_${site}++;\n  fault = (calls_${site} == nth_${site} -> errno_${site} : 0);`
    : 'fault = 0;';
}

/** What the services note for the question, as one statement each; empty where nobody asks. */
function noted(facts: ExportFacts, name: string, statement: string): string {
  return facts.noted.has(name) ? `${statement};` : '';
}

function eventfds(facts: ExportFacts): string {
  const rows = facts.fds.map(({ fd, eventfd, closable }) => {
    const open = closable === null ? '' : ` && !vdev.closed[${closable}]`;
    return eventfd === null
      ? `    :: (fd) == ${fd}${open} -> ret = -EINVAL /* open, and not an eventfd */`
      : `    :: (fd) == ${fd}${open} -> ret = 0; found = ${eventfd}`;
  });
  return `
/* fs/eventfd.c: ret is 0 and found the eventfd, or ret is a negative errno */
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
  const sendOrLose = `/* an unmasked entry sends: to the eventfd of the handler, or nowhere when its message is zero */
inline sendMsix(vector, ev) {
  if
  :: !vdev.programmed[vector] -> ${noted(facts, 'lost', 'lost = true')} skip
  :: else -> ${delivered} eventfd_signal(ev)
  fi
}`;
  const send = `/* an unmasked entry sends to the eventfd of the handler; its message was written when the handler was installed, and no
   line of this alphabet takes it away */
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

function irqCore(facts: ExportFacts, { parts }: ExportKernel): string {
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
/* kernel/irq/manage.c, arch/x86/kernel/apic/vector.c: x86 takes a CPU vector here, except for an irq that holds one
   from its allocation on (fixed); then the message is written, the entry unmasked and what was pending sent */
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

/* the entry is masked, its message zero, the CPU vector a reservation again; the irq stays: cached */
inline free_irq(vector) {
  vdev.unmasked[vector] = false;${messages('vdev.programmed[vector] = false; vdev.message[vector] = false;')}${cpuVector('--')}
  ${noted(facts, 'detachedNow', 'detachedNow[vector] = true')}
  vdev.handler[vector] = NO_EVENTFD
}

/* virt/lib/irqbypass.c: one producer for an eventfd; vfio only logs that a second one is refused */
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

function allocation(facts: ExportFacts, { parts }: ExportKernel): string {
  const fixed = parts.messages || parts.reservations;
  const where = (holds: boolean, text: string) => (holds ? `\n  ${text}` : '');
  const had = facts.sites.includes('pci_alloc_irq_vectors')
    ? `
  if
  :: calls_pci_alloc_irq_vectors == nth_pci_alloc_irq_vectors && had_pci_alloc_irq_vectors > 0 ->
    /* the fault says how many could be had */
    got = (got < had_pci_alloc_irq_vectors - 1 -> got : had_pci_alloc_irq_vectors - 1)
  :: else
  fi;`
    : '';
  const lastFixed = [
    ...(parts.reservations ? ['vdev.cpuVectorsUsed--'] : []),
    ...(parts.messages ? ['vdev.programmed[vector] = false'] : []),
  ];
  return `
/* one irq. x86 holds a CPU vector from the allocation on where the vector lies below every allocated one
   (msi_check_reservation_mode), otherwise only a reservation */
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

/* irq is 1 for an allocated vector (numbers are left out), or -EINVAL */
inline pci_irq_vector(vector) {
  irq = (vdev.allocated[vector] -> 1 : -EINVAL)
}

/* drivers/pci/msi: enables MSI-X with up to max vectors; ret is how many there are, or a negative errno */
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
    :: v < got -> allocate(v, false, true); v++
    :: else -> break
    od;
    ret = got
  fi
}

/* one more vector while MSI-X is enabled */
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
    :: else -> allocate(vector, false, false)
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
    // nobody hears the pin while no mode is enabled; with INTx disabled it counts as pending
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
/* the device raises: a masked entry keeps it pending, once */
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
/* the device loses a message behind the kernel's back */
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
/* close(2) of a descriptor: bindings keep the eventfd */
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
/* what the device forgets, then __pci_restore_msix_state(): INTx disabled, message and mask of every allocated vector */
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

/** All services of one kernel. */
export function services(facts: ExportFacts, kernel: ExportKernel): string {
  return [
    eventfds(facts),
    delivery(facts, kernel),
    irqCore(facts, kernel),
    allocation(facts, kernel),
    deviceModel(facts),
  ].join('\n');
}

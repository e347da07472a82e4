// The services below the driver as TLA+ operators. Each takes a machine `m` (a record) and returns the machine after it; `m.ret` is
// the result of the kernel function. They follow src/kernel/services/ and agree with promelaServices.ts.

import type { FaultSite } from '../../kernel/line.ts';
import type { ExportFacts, ExportKernel } from './facts.ts';

/** Returns an EXCEPT with the changes that are not empty, or the machine itself without any. */
export function except(m: string, ...changes: readonly (string | false)[]): string {
  const made = changes.filter((change) => change !== false);
  return made.length === 0 ? m : `[${m} EXCEPT ${made.map((change) => `!.${change}`).join(', ')}]`;
}

/** Returns the machine that counts the call, and the errno of an injected fault, or 0. */
export function called(facts: ExportFacts, site: FaultSite): string {
  return facts.sites.includes(site)
    ? `LET m == [m0 EXCEPT !.calls["${site}"] = @ + 1]
      fault == Fault(m, "${site}")
  IN`
    : `LET m == m0
      fault == 0
  IN`;
}

function fdTable(facts: ExportFacts): string {
  const rows = facts.fds.map(({ fd, eventfd, closable }) => {
    const open = closable === null ? '' : ` /\\ ~m.closed[${closable}]`;
    const answer =
      eventfd === null ? '[m EXCEPT !.ret = -EINVAL]' : `[m EXCEPT !.ret = 0, !.found = ${eventfd}]`;
    return `  ELSE IF fd = ${fd}${open} THEN ${answer}`;
  });
  const faults = facts.sites.map((site) => `"${site}"`).join(', ');
  return `
Sites == {${faults}}
Fault(m, site) ==
  IF \\E f \\in m.line.faults : f.site = site /\\ f.nth = m.calls[site]
  THEN (CHOOSE f \\in m.line.faults : f.site = site /\\ f.nth = m.calls[site]).errno
  ELSE 0

eventfd_ctx_fdget(m0, fd) ==
  ${called(facts, 'eventfd_ctx_fdget')}
  IF fault # 0 THEN [m EXCEPT !.ret = -fault]
${rows.join('\n')}
  ELSE [m EXCEPT !.ret = -EBADF]

eventfd_signal(m, ev) == [m EXCEPT !.signals[ev] = @ + 1, !.signalled = TRUE]`;
}

function delivery({ parts }: ExportKernel): string {
  const lost = parts.messages ? 'IF ~m.programmed[v] THEN [m EXCEPT !.lost = TRUE]\n  ELSE ' : '';
  return `
\\* an unmasked entry signals the eventfd of the handler${parts.messages ? '; with a zero message the interrupt is lost' : ''}
sendMsix(m, v) ==
  ${lost}eventfd_signal([m EXCEPT !.delivered = TRUE], m.handler[v])

unmaskEntry(m, v) ==
  IF m.pending[v] THEN sendMsix([m EXCEPT !.unmasked[v] = TRUE, !.pending[v] = FALSE], v)
  ELSE [m EXCEPT !.unmasked[v] = TRUE]`;
}

function irqCore(facts: ExportFacts, { parts }: ExportKernel): string {
  const noVector = parts.reservations
    ? '\n  ELSE IF ~m.fixed[v] /\\ m.cpuVectorsUsed >= CPU_VECTORS THEN [m EXCEPT !.ret = -ENOSPC]'
    : '';
  const attached = except(
    'm',
    parts.reservations && 'cpuVectorsUsed = IF m.fixed[v] THEN @ ELSE @ + 1',
    'handler[v] = ev',
    parts.messages && 'programmed[v] = TRUE',
    parts.messages && 'message[v] = TRUE',
    'attachedNow = @ \\cup {v}',
    'ret = 0',
  );
  const detached = except(
    'm',
    'unmasked[v] = FALSE',
    'handler[v] = NO_EVENTFD',
    parts.messages && 'programmed[v] = FALSE',
    parts.messages && 'message[v] = FALSE',
    parts.reservations && 'cpuVectorsUsed = IF m.fixed[v] THEN @ ELSE @ - 1',
    'detachedNow = @ \\cup {v}',
  );
  return `
\\* x86 assigns a CPU vector here, except for an irq that has one from its allocation on (fixed)
request_irq(m0, v, ev) ==
  ${called(facts, 'request_irq')}
  IF fault # 0 THEN [m EXCEPT !.ret = -fault]${noVector}
  ELSE unmaskEntry(${attached}, v)

\\* the irq stays: cached
free_irq(m, v) ==
  ${detached}

irq_bypass_register_producer(m0, v, ev) ==
  ${called(facts, 'irq_bypass_register_producer')}
  IF fault = 0 /\\ ~m.registered[ev] THEN [m EXCEPT !.registered[ev] = TRUE, !.producer[v] = TRUE]
  ELSE [m EXCEPT !.producer[v] = FALSE]

irq_bypass_unregister_producer(m, v) ==
  IF m.producer[v] THEN [m EXCEPT !.registered[m.trigger[v]] = FALSE, !.producer[v] = FALSE]
  ELSE m`;
}

function allocation(facts: ExportFacts, { parts, activeAtOnce }: ExportKernel): string {
  const fixed = parts.messages || parts.reservations;
  const allocated = except(
    'm',
    'allocated[v] = TRUE',
    fixed && 'fixed[v] = isFixed',
    parts.originals && 'original[v] = isOriginal',
    parts.messages && 'programmed[v] = TRUE',
    parts.messages && 'message[v] = TRUE',
    'allocatedNow = @ \\cup {v}',
  );
  const released = except(
    'm',
    parts.reservations && 'cpuVectorsUsed = IF m.fixed[v] THEN @ - 1 ELSE @',
    parts.messages && 'programmed[v] = IF m.fixed[v] THEN FALSE ELSE @',
    'allocated[v] = FALSE',
    fixed && 'fixed[v] = FALSE',
    parts.originals && 'original[v] = FALSE',
    parts.messages && 'message[v] = FALSE',
  );
  const enabled = except('m', parts.originals && 'initialRange = got', 'pinAsserted = FALSE', 'ret = got');
  const noVector = parts.reservations
    ? '\n  ELSE IF index < first /\\ m.cpuVectorsUsed >= CPU_VECTORS THEN [m EXCEPT !.irq = -ENOSPC]'
    : '';
  const added = except(
    'm',
    parts.reservations && 'cpuVectorsUsed = IF index < first THEN @ + 1 ELSE @',
    'added = TRUE',
    'irq = 1',
  );
  const freed = except(
    'm',
    parts.originals && 'freedOriginal = @ \\/ m.original[index]',
    'freedAlone = TRUE',
  );
  return `
Numbers(m) == Cardinality({v \\in Vectors : m.allocated[v]})

\\* one irq; a GIC activates it, x86 assigns a CPU vector at once if the vector lies below every allocated one
allocate(m, v, isFixed, isOriginal) ==
  ${allocated}

release(m, v) ==
  ${released}

\\* 1 for an allocated vector: the model has no irq numbers
pci_irq_vector(m, v) == IF m.allocated[v] THEN 1 ELSE -EINVAL

RECURSIVE allocateBelow(_, _)
allocateBelow(m, n) == IF n = 0 THEN m ELSE allocate(allocateBelow(m, n - 1), n - 1, ${activeAtOnce ? 'TRUE' : 'FALSE'}, TRUE)

pci_alloc_irq_vectors(m0, max) ==
  ${called(facts, 'pci_alloc_irq_vectors')}
  LET had == {f.had : f \\in {g \\in m.line.faults : g.site = "pci_alloc_irq_vectors" /\\ g.nth = 1 /\\ g.had >= 0}}
      some == {max, IRQ_POOL} \\cup had
      got == CHOOSE n \\in some : \\A k \\in some : n <= k
  IN
  IF fault # 0 THEN [m EXCEPT !.ret = -fault]
  ELSE IF max < 1 THEN [m EXCEPT !.ret = -ERANGE]
  ELSE IF got < 1 THEN [m EXCEPT !.ret = -ENOSPC]
  ELSE allocateBelow(${enabled}, got)

pci_msix_alloc_irq_at(m0, index) ==
  ${called(facts, 'pci_msix_alloc_irq_at')}
  LET have == {v \\in Vectors : m.allocated[v]}
      first == IF have = {} THEN V ELSE CHOOSE v \\in have : \\A k \\in have : v <= k
  IN
  IF fault # 0 THEN [m EXCEPT !.irq = -fault]
  ELSE IF Numbers(m) >= IRQ_POOL THEN [m EXCEPT !.irq = -ENOSPC]${noVector}
  ELSE allocate(${added}, index, ${activeAtOnce ? 'TRUE' : 'index < first'}, FALSE)

pci_msix_free_irq(m, index) ==
  release(${freed}, index)

RECURSIVE releaseBelow(_, _)
releaseBelow(m, n) ==
  IF n = 0 THEN m
  ELSE LET done == releaseBelow(m, n - 1) IN
       IF done.allocated[n - 1] THEN release([done EXCEPT !.unmasked[n - 1] = FALSE], n - 1) ELSE done

pci_free_irq_vectors(m) ==
  LET done == releaseBelow([m EXCEPT !.teardown = TRUE], V) IN
  ${except('done', parts.originals && 'initialRange = 0')}`;
}

function deviceModel(facts: ExportFacts): string {
  const { raise, raiseVectors, intx, reset, onReset } = facts.device;
  const ops: string[] = [];
  if (facts.kinds.has('raise')) {
    const bit = facts.kinds.has('reset') && intx ? 'm.intxDisabled' : 'FALSE';
    const unheard = except('m', intx && 'pinAsserted = TRUE', `lost = ~${bit}`, `pended = ${bit}`, 'ret = 0');
    const refuse =
      raise === 'with-msix'
        ? 'IF ~m.msix \\/ number >= V THEN [m EXCEPT !.ret = -EOPNOTSUPP]'
        : raise === 'never'
          ? 'IF TRUE THEN [m EXCEPT !.ret = -EOPNOTSUPP]'
          : `IF ~m.msix THEN ${unheard}`;
    ops.push(`
\\* an interrupt on a masked entry becomes pending, once
raise(m, number) ==
  LET v == ${raiseVectors === null ? 'number' : `number % ${raiseVectors}`} IN
  ${refuse}
  ELSE IF v >= V THEN [m EXCEPT !.ret = 0]
  ELSE IF ~m.unmasked[v]
  THEN [m EXCEPT !.pending[v] = TRUE, !.coalesced = m.pending[v], !.pended = ~m.pending[v], !.ret = 0]
  ELSE sendMsix([m EXCEPT !.ret = 0], v)`);
  }
  if (facts.kinds.has('clobber')) {
    ops.push(
      '\nclobber(m, entry) ==\n  IF entry < V THEN [m EXCEPT !.programmed[entry] = FALSE, !.ret = 0] ELSE [m EXCEPT !.ret = 0]',
    );
  }
  if (facts.kinds.has('close')) {
    ops.push(
      '\nclose_fd(m, which) ==\n  [m EXCEPT !.ret = IF m.closed[which] THEN -EBADF ELSE 0, !.closed[which] = TRUE]',
    );
  }
  if (facts.kinds.has('lower')) {
    const lowered = '[m EXCEPT !.ret = 0, !.pinAsserted = FALSE]';
    ops.push(`\nlower(m) == ${raise === 'always' ? lowered : '[m EXCEPT !.ret = -EOPNOTSUPP]'}`);
  }
  if (facts.kinds.has('reset')) {
    const kept = (name: string, forgets: boolean) => (forgets ? 'FALSE' : `m.${name}[v]`);
    ops.push(
      reset
        ? `
\\* the device loses state, then __pci_restore_msix_state()
RECURSIVE unmaskBelow(_, _)
unmaskBelow(m, n) ==
  IF n = 0 THEN m
  ELSE LET done == unmaskBelow(m, n - 1) IN
       IF done.handler[n - 1] # NO_EVENTFD THEN unmaskEntry(done, n - 1) ELSE done

pci_try_reset_function(m) ==
  unmaskBelow([m EXCEPT
    !.ret = 0,${onReset.clearsPin ? '\n    !.pinAsserted = FALSE,' : ''}
    !.intxDisabled = @ \\/ m.msix,
    !.pending = [v \\in Vectors |-> ${kept('pending', onReset.clearsPending)}],
    !.programmed = [v \\in Vectors |-> IF m.allocated[v] THEN m.message[v] ELSE ${kept('programmed', onReset.clearsTable)}],
    !.unmasked = [v \\in Vectors |-> IF m.allocated[v] THEN FALSE ELSE ${kept('unmasked', onReset.clearsTable)}]], V)`
        : '\npci_try_reset_function(m) == [m EXCEPT !.ret = -EINVAL]',
    );
  }
  return ops.join('\n');
}

/** Returns all services of one kernel. */
export function tlaServices(facts: ExportFacts, kernel: ExportKernel): string {
  return [
    fdTable(facts),
    delivery(kernel),
    irqCore(facts, kernel),
    allocation(facts, kernel),
    deviceModel(facts),
  ].join('\n');
}

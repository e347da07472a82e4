// The generations of vfio-pci's MSI-X code as TLA+ operators, one for each function of src/kernel/generations/*.ts.
// They agree with promelaGenerations.ts.

import type { NamedGenerationId } from '../../kernel/generations/generation.ts';
import type { FaultSite } from '../../kernel/line.ts';
import type { ExportFacts, ExportKernel } from './facts.ts';
import { called, except } from './tlaServices.ts';

function memory(facts: ExportFacts, name: string, site: FaultSite): string {
  return `
${name}(m0) ==
  ${called(facts, site)}
  [m EXCEPT !.ret = IF fault # 0 THEN -ENOMEM ELSE 0]`;
}

const DETACHED = `free_irq(irq_bypass_unregister_producer(m, v), v)`;

const BOUND = `LET kept == irq_bypass_register_producer(m, v, m.found) IN
  [kept EXCEPT !.trigger[v] = m.found, !.ret = 0]`;

function setVectorSignal(id: NamedGenerationId): string {
  const bound = `
\\* the handler is installed: the context keeps the eventfd
bound(m, v) ==
  ${BOUND}
`;
  switch (id) {
    case 'static':
      return `${bound}
detach_vector(m, v) ==
  IF v >= m.num_ctx THEN [m EXCEPT !.ret = -EINVAL]
  ELSE IF m.trigger[v] # NO_EVENTFD THEN [${DETACHED} EXCEPT !.trigger[v] = NO_EVENTFD, !.ret = 0]
  ELSE [m EXCEPT !.ret = 0]

vfio_msi_set_vector_signal(m, v, fd) ==
  LET detached == detach_vector(m, v)
      named == kasprintf(detached)
      got == IF named.ret < 0 THEN named ELSE eventfd_ctx_fdget(named, fd)
      requested == IF got.ret < 0 THEN got ELSE request_irq(pci_write_msi_msg(got, v), v, got.found)
  IN
  IF detached.ret < 0 \\/ fd < 0 THEN detached
  ELSE IF requested.ret < 0 THEN requested
  ELSE bound(requested, v)`;
    case 'v2':
      return `${bound}
detach_vector(m, v) ==
  IF ~m.ctx[v] /\\ ~has_dyn_msix THEN [m EXCEPT !.ret = -EINVAL]
  ELSE IF m.trigger[v] = NO_EVENTFD THEN [m EXCEPT !.ret = 0, !.irq = pci_irq_vector(m, v)]
  ELSE LET cached == [${DETACHED} EXCEPT !.trigger[v] = NO_EVENTFD, !.ret = 0, !.irq = pci_irq_vector(m, v)] IN
       IF has_dyn_msix THEN [pci_msix_free_irq(cached, v) EXCEPT !.irq = -EINVAL, !.ctx[v] = FALSE] ELSE cached

vfio_msi_set_vector_signal(m, v, fd) ==
  LET detached == detach_vector(m, v)
      isNew == ~detached.ctx[v]
      made == IF isNew THEN vfio_irq_ctx_alloc(detached) ELSE detached
      context == IF made.ret < 0 THEN made ELSE [made EXCEPT !.ctx[v] = TRUE]
      named == IF context.ret < 0 THEN context ELSE kasprintf(context)
      got == IF named.ret < 0 THEN named ELSE eventfd_ctx_fdget(named, fd)
      added == pci_msix_alloc_irq_at(got, v)
      with == IF got.ret < 0 THEN got
              ELSE IF got.irq < 0 THEN [added EXCEPT !.ret = added.irq]
              ELSE pci_write_msi_msg(got, v)
      asked == request_irq(with, v, with.found)
      requested == IF with.ret < 0 THEN with
                   ELSE IF asked.ret < 0 /\\ isNew /\\ has_dyn_msix THEN pci_msix_free_irq(asked, v)
                   ELSE asked
  IN
  IF detached.ret < 0 \\/ fd < 0 THEN detached
  ELSE IF requested.ret >= 0 THEN bound(requested, v)
  ELSE IF isNew THEN [requested EXCEPT !.ctx[v] = FALSE]
  ELSE requested`;
    case 'v3':
    case 'dynamic':
    case 'track':
    case 'hold':
      return `${bound}
vfio_msi_alloc_irq(m, v) ==
  LET irq == pci_irq_vector(m, v) IN
  IF irq < 0 /\\ has_dyn_msix THEN pci_msix_alloc_irq_at(m, v) ELSE [m EXCEPT !.irq = irq]
${
  id === 'v3' || id === 'track'
    ? `
vfio_msi_free_irq(m, v) ==
  IF has_dyn_msix /\\ m.allocated[v] THEN pci_msix_free_irq(m, v) ELSE m
`
    : ''
}${id === 'hold' ? SWAP : ''}
detach_vector(m, v) ==
  IF m.trigger[v] = NO_EVENTFD THEN [m EXCEPT !.ret = 0, !.irq = -EINVAL]
  ELSE [${DETACHED} EXCEPT !.trigger[v] = NO_EVENTFD, !.ret = 0, !.irq = pci_irq_vector(m, v)]

vfio_msi_set_vector_signal(m, v, fd) ==
  LET detached == detach_vector(m, v)
      with == IF detached.irq = -EINVAL THEN vfio_msi_alloc_irq(detached, v) ELSE detached
      context == vfio_irq_ctx_alloc(with)
      named == IF context.ret < 0 THEN context ELSE kasprintf(context)
      got == IF named.ret < 0 THEN named ELSE eventfd_ctx_fdget(named, fd)
      requested == IF got.ret < 0 THEN got ELSE request_irq(pci_write_msi_msg(got, v), v, got.found)
  IN
  IF fd < 0 THEN detached${id === 'hold' ? '\n  ELSE IF m.trigger[v] # NO_EVENTFD THEN swap(m, v, fd)' : ''}
  ELSE IF with.irq < 0 THEN [with EXCEPT !.ret = with.irq]
  ELSE IF requested.ret < 0 THEN ${UNDONE[id]}
  ELSE bound(requested, v)`;
  }
}

/** The machine after a failed assignment, by generation. */
const UNDONE = {
  v3: 'vfio_msi_free_irq(requested, v)',
  track: 'IF m.allocated[v] THEN requested ELSE vfio_msi_free_irq(requested, v)',
  dynamic: 'requested',
  hold: 'requested',
} as const;

/** The swap of an attached vector, which keeps the irq requested. */
const SWAP = `
\\* replaces the eventfd of an installed handler
irq_update_devid(m, v, ev) ==
  [m EXCEPT !.handler[v] = ev, !.attachedNow = @ \\cup {v}]

swap(m, v, fd) ==
  LET got == eventfd_ctx_fdget(m, fd)
      kept == irq_update_devid(irq_bypass_unregister_producer(got, v), v, got.found)
  IN
  IF got.ret < 0 THEN got ELSE bound(kept, v)
`;

function enable(id: NamedGenerationId): string {
  const given = {
    static: 'kcalloc(m)',
    v2: 'allocContexts([m EXCEPT !.ret = 0], nvec)',
    v3: '[m EXCEPT !.ret = 0]',
    dynamic: '[m EXCEPT !.ret = 0]',
    track: '[m EXCEPT !.ret = 0]',
    hold: '[m EXCEPT !.ret = 0]',
  }[id];
  const contexts =
    id === 'v2'
      ? `
freeAllCtx(m) == [m EXCEPT !.ctx = [v \\in Vectors |-> FALSE]]

RECURSIVE allocContexts(_, _)
allocContexts(m, n) ==
  IF n = 0 THEN m
  ELSE LET before == allocContexts(m, n - 1)
           after == vfio_irq_ctx_alloc(before)
       IN
       IF before.ret < 0 THEN before ELSE [after EXCEPT !.ctx[n - 1] = (after.ret = 0)]
`
      : '';
  const failed = (m: string) => (id === 'v2' ? `freeAllCtx(${m})` : m);
  const enabled = except('had', 'msix = TRUE', id === 'static' && 'num_ctx = nvec', 'ret = 0');
  return `${contexts}
\\* ret is 0, a negative errno, or the number of vectors if there are too few, which are then freed
vfio_msi_enable(m, nvec) ==
  LET given == ${given}
      had == IF given.ret < 0 THEN given ELSE pci_alloc_irq_vectors(given, nvec)
  IN
  IF had.ret = nvec /\\ nvec > 0 THEN ${enabled}
  ELSE IF had.ret > 0 THEN ${failed('pci_free_irq_vectors(had)')}
  ELSE ${failed('had')}`;
}

function setBlock(id: NamedGenerationId): string {
  const unwind =
    id === 'v2'
      ? `IF n = 0 THEN m ELSE unwind(detach_vector(m, m.line.start + n - 1), n - 1)`
      : `IF n = 0 THEN m ELSE detach_vector(unwind(m, n - 1), m.line.start + n - 1)`;
  const range =
    id === 'static'
      ? 'IF m.line.start >= m.num_ctx \\/ m.line.start + m.line.count > m.num_ctx THEN [m EXCEPT !.ret = -EINVAL]\n  ELSE '
      : '';
  return `
\\* unwind: every vector from the start of the block up to the failing one is detached
RECURSIVE unwind(_, _)
unwind(m, n) == ${unwind}

RECURSIVE blockFrom(_, _)
blockFrom(m, at) ==
  IF at = m.line.count THEN m
  ELSE LET after == vfio_msi_set_vector_signal(m, m.line.start + at, m.line.data[at + 1]) IN
       IF after.ret = 0 THEN blockFrom(after, at + 1)
       ELSE [unwind([after EXCEPT !.failedVector = m.line.start + at], at + 1) EXCEPT !.ret = after.ret]

vfio_msi_set_block(m) ==
  ${range}blockFrom([m EXCEPT !.ret = 0], 0)`;
}

function disable(id: NamedGenerationId): string {
  const bound =
    id === 'static' ? 'n > m.num_ctx' : id === 'v2' ? '~m.ctx[n - 1]' : 'm.trigger[n - 1] = NO_EVENTFD';
  const done = except(
    'pci_free_irq_vectors(detachBelow(m, V))',
    'msix = FALSE',
    id === 'static' && 'num_ctx = 0',
    id === 'v2' && 'ctx = [v \\in Vectors |-> FALSE]',
  );
  return `
RECURSIVE detachBelow(_, _)
detachBelow(m, n) ==
  IF n = 0 THEN m
  ELSE LET before == detachBelow(m, n - 1) IN
       IF ${bound} THEN before ELSE detach_vector(before, n - 1)

vfio_msi_disable(m) == ${done}`;
}

function setMsiTrigger(id: NamedGenerationId): string {
  const range =
    id === 'static'
      ? '\n  ELSE IF m.line.start + m.line.count > m.num_ctx THEN [m EXCEPT !.ret = -EINVAL]'
      : '';
  return `
RECURSIVE loopback(_, _)
loopback(m, n) ==
  IF n = 0 THEN m
  ELSE LET before == loopback(m, n - 1)
           trigger == m.trigger[m.line.start + n - 1]
           asked == m.line.type # "DATA_BOOL" \\/ m.line.data[n] # 0
       IN
       IF trigger # NO_EVENTFD /\\ asked THEN eventfd_signal(before, trigger) ELSE before

\\* VFIO_DEVICE_SET_IRQS with ACTION_TRIGGER on MSI-X
vfio_pci_set_msi_trigger(m) ==
  LET enabled == vfio_msi_enable(m, m.line.start + m.line.count)
      attached == vfio_msi_set_block(enabled)
  IN
  IF m.msix /\\ m.line.count = 0 /\\ m.line.type = "DATA_NONE" THEN [vfio_msi_disable(m) EXCEPT !.ret = 0]
  ELSE IF m.line.type = "DATA_EVENTFD" THEN
    IF m.msix THEN vfio_msi_set_block(m)
    ELSE IF enabled.ret # 0 THEN enabled
    ELSE IF attached.ret = 0 THEN attached
    ELSE [vfio_msi_disable(attached) EXCEPT !.ret = attached.ret]
  ELSE IF ~m.msix THEN [m EXCEPT !.ret = -EINVAL]${range}
  ELSE loopback([m EXCEPT !.ret = 0], m.line.count)`;
}

/** Returns the operators of the generation, callees first. */
export function tlaGeneration(facts: ExportFacts, { generation: id, parts }: ExportKernel): string {
  return [
    memory(facts, 'kasprintf', 'kasprintf'),
    id === 'static'
      ? memory(facts, 'kcalloc', 'kcalloc_ctx')
      : memory(facts, 'vfio_irq_ctx_alloc', 'vfio_irq_ctx_alloc'),
    `
\\* rewrites the message that the kernel last wrote for the irq
pci_write_msi_msg(m, v) == ${except('m', parts.messages && 'programmed[v] = m.message[v]')}`,
    setVectorSignal(id),
    enable(id),
    setBlock(id),
    disable(id),
    setMsiTrigger(id),
  ].join('\n');
}

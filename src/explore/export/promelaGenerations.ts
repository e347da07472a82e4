// The generations of vfio-pci's MSI-X code as Promela inlines, one for each function of src/kernel/generations/*.ts, with the
// same order of calls. `ret` is the result of the function, negative after a failed call.

import type { NamedGenerationId } from '../../kernel/generations/generation.ts';
import type { FaultSite } from '../../kernel/line.ts';
import type { ExportFacts, ExportKernel } from './facts.ts';
import { faultAt } from './promelaServices.ts';

/** Returns a statement that runs unless an earlier one failed. */
function unlessFailed(...statements: readonly string[]): string {
  return `if\n  :: ret >= 0 -> ${statements.join('; ')}\n  :: else\n  fi`;
}

/** Returns an allocation of memory in the driver, which fails only by an injected fault. */
function memory(facts: ExportFacts, name: string, site: FaultSite): string {
  return `
inline ${name}() {
  ${faultAt(facts, site)}
  ret = (fault != 0 -> -ENOMEM : 0)
}`;
}

const DETACH_VECTOR = `/* vfio_msi_set_vector_signal() with fd -1, which is its first half */
inline detach_vector(vector) {`;

const DETACH = `irq_bypass_unregister_producer(vector);
    free_irq(vector);`;

const BIND = `${unlessFailed('eventfd_ctx_fdget(fd)')};
    ${unlessFailed('pci_write_msi_msg(vector)', 'request_irq(vector, found)')};
    if
    :: ret >= 0 -> irq_bypass_register_producer(vector, found); vdev.trigger[vector] = found; ret = 0
    :: else
    fi`;

function setVectorSignal(id: NamedGenerationId): string {
  switch (id) {
    case 'static':
      return `
${DETACH_VECTOR}
  ret = 0;
  if
  :: (vector) >= vdev.num_ctx -> ret = -EINVAL
  :: (vector) < vdev.num_ctx && vdev.trigger[vector] != NO_EVENTFD ->
    ${DETACH}
    vdev.trigger[vector] = NO_EVENTFD
  :: else
  fi
}

inline vfio_msi_set_vector_signal(vector, fd) {
  detach_vector(vector);
  if
  :: ret == 0 && (fd) >= 0 ->
    kasprintf();
    ${BIND}
  :: else
  fi
}`;
    case 'v2':
      return `
${DETACH_VECTOR}
  ret = 0;
  if
  :: !vdev.ctx[vector] && !has_dyn_msix -> ret = -EINVAL
  :: else ->
    pci_irq_vector(vector);
    if
    :: vdev.trigger[vector] != NO_EVENTFD ->
      ${DETACH}
      vdev.trigger[vector] = NO_EVENTFD;
      if
      :: has_dyn_msix -> pci_msix_free_irq(vector); irq = -EINVAL; vdev.ctx[vector] = false
      :: else
      fi
    :: else
    fi
  fi
}

inline vfio_msi_set_vector_signal(vector, fd) {
  detach_vector(vector);
  if
  :: ret == 0 && (fd) >= 0 ->
    isNew = !vdev.ctx[vector];
    if
    :: isNew -> vfio_irq_ctx_alloc(); vdev.ctx[vector] = (ret == 0)
    :: else
    fi;
    ${unlessFailed('kasprintf()')};
    ${unlessFailed('eventfd_ctx_fdget(fd)')};
    if
    :: ret >= 0 && irq < 0 -> pci_msix_alloc_irq_at(vector); ret = irq
    :: ret >= 0 && irq >= 0 -> pci_write_msi_msg(vector)
    :: else
    fi;
    if
    :: ret >= 0 ->
      request_irq(vector, found);
      if
      :: ret < 0 && isNew && has_dyn_msix -> pci_msix_free_irq(vector)
      :: else
      fi
    :: else
    fi;
    if
    :: ret >= 0 -> irq_bypass_register_producer(vector, found); vdev.trigger[vector] = found; ret = 0
    :: ret < 0 && isNew -> vdev.ctx[vector] = false
    :: else
    fi
  :: else
  fi
}`;
    case 'v3':
    case 'dynamic':
    case 'track':
    case 'hold':
      return `
inline vfio_msi_alloc_irq(vector) {
  pci_irq_vector(vector);
  if
  :: irq < 0 && has_dyn_msix -> pci_msix_alloc_irq_at(vector)
  :: else
  fi
}
${id === 'v3' || id === 'track' ? FREE_IRQ : ''}
${DETACH_VECTOR}
  ret = 0;
  irq = -EINVAL;
  if
  :: vdev.trigger[vector] != NO_EVENTFD ->
    pci_irq_vector(vector);
    ${DETACH}
    vdev.trigger[vector] = NO_EVENTFD
  :: else
  fi
}

inline vfio_msi_set_vector_signal(vector, fd) {${id === 'hold' ? SWAP : ''}
  detach_vector(vector);
  if
  :: (fd) >= 0 ->${id === 'track' ? '\n    isFresh = !vdev.allocated[vector];' : ''}
    if
    :: irq == -EINVAL -> vfio_msi_alloc_irq(vector)
    :: else
    fi;
    if
    :: irq < 0 -> ret = irq
    :: else ->
      vfio_irq_ctx_alloc();
      ${unlessFailed('kasprintf()')};
      ${unlessFailed('eventfd_ctx_fdget(fd)')};
      ${unlessFailed('pci_write_msi_msg(vector)', 'request_irq(vector, found)')};
      if
      :: ret >= 0 -> irq_bypass_register_producer(vector, found); vdev.trigger[vector] = found; ret = 0
      ${UNDO[id]}
      fi
    fi
  :: else
  fi${id === 'hold' ? '\n  fi' : ''}
}`;
  }
}

/** The statements that unwind a failed assignment, by generation. */
const UNDO = {
  v3: ':: else -> vfio_msi_free_irq(vector)',
  track: ':: ret < 0 && isFresh -> vfio_msi_free_irq(vector)\n      :: else',
  dynamic: ':: else',
  hold: ':: else',
} as const;

/** The swap of an attached vector, which keeps the irq requested. */
const SWAP = `
  if
  :: (fd) >= 0 && vdev.trigger[vector] != NO_EVENTFD ->
    eventfd_ctx_fdget(fd);
    if
    :: ret >= 0 ->
      irq_bypass_unregister_producer(vector);
      irq_update_devid(vector, found);
      irq_bypass_register_producer(vector, found);
      vdev.trigger[vector] = found;
      ret = 0
    :: else
    fi
  :: else ->`;

const FREE_IRQ = `
inline vfio_msi_free_irq(vector) {
  if
  :: has_dyn_msix && vdev.allocated[vector] -> pci_msix_free_irq(vector)
  :: else
  fi
}
`;

function enable(id: NamedGenerationId): string {
  const before = {
    static: 'kcalloc();',
    v2: `ret = 0;
  u = 0;
  do
  :: u < nvec && ret == 0 -> vfio_irq_ctx_alloc(); vdev.ctx[u] = (ret == 0); u++
  :: else -> break
  od;`,
    v3: 'ret = 0;',
    dynamic: 'ret = 0;',
    track: 'ret = 0;',
    hold: 'ret = 0;',
  }[id];
  const failed = id === 'v2' ? ' freeAllCtx();' : '';
  return `
${id === 'v2' ? FREE_ALL_CTX : ''}
/* ret is 0, a negative errno, or the number of vectors if there are too few, which are then freed */
inline vfio_msi_enable(nvec) {
  ${before}
  ${unlessFailed('pci_alloc_irq_vectors(nvec)')};
  if
  :: ret == (nvec) && ret > 0 -> vdev.msix = true; ${id === 'static' ? 'vdev.num_ctx = nvec; ' : ''}ret = 0
  :: ret > 0 && ret < (nvec) -> outcome = ret; pci_free_irq_vectors();${failed} ret = outcome
  :: else${id === 'v2' ? ' -> freeAllCtx()' : ''}
  fi
}`;
}

const FREE_ALL_CTX = `
inline freeAllCtx() {
  u = 0;
  do
  :: u < V -> vdev.ctx[u] = false; u++
  :: else -> break
  od
}
`;

function setBlock(id: NamedGenerationId, facts: ExportFacts): string {
  const failed = facts.noted.has('failedVector') ? 'failedVector = start + at - 1; ' : '';
  const unwind =
    id === 'v2'
      ? `    back = at;
    do
    :: back > 0 -> back--; detach_vector(start + back)
    :: else -> break
    od;`
      : `    back = 0;
    do
    :: back < at -> detach_vector(start + back); back++
    :: else -> break
    od;`;
  const block = `  ret = 0;
  at = 0;
  do
  :: at < count && ret == 0 -> vfio_msi_set_vector_signal(start + at, data[at]); at++
  :: else -> break
  od;
  if
  :: ret < 0 ->
    ${failed}failure = ret;
${unwind}
    ret = failure
  :: else
  fi`;
  if (id !== 'static') return `\ninline vfio_msi_set_block() {\n${block}\n}`;
  return `
inline vfio_msi_set_block() {
  if
  :: start >= vdev.num_ctx || start + count > vdev.num_ctx -> ret = -EINVAL
  :: else ->
${block.replaceAll(/^/gm, '  ')}
  fi
}`;
}

function disable(id: NamedGenerationId): string {
  const bound = id === 'static' ? 'vdev.num_ctx' : 'V';
  // the later generations visit only existing contexts
  const each =
    id === 'static' || id === 'v2'
      ? `  :: u < ${bound}${id === 'v2' ? ' && vdev.ctx[u]' : ''} -> detach_vector(u); u++`
      : '  :: u < V && vdev.trigger[u] != NO_EVENTFD -> detach_vector(u); u++';
  const skip =
    id === 'static'
      ? ''
      : id === 'v2'
        ? '\n  :: u < V && !vdev.ctx[u] -> u++'
        : '\n  :: u < V && vdev.trigger[u] == NO_EVENTFD -> u++';
  const after = id === 'static' ? ';\n  vdev.num_ctx = 0' : id === 'v2' ? ';\n  freeAllCtx()' : '';
  return `
inline vfio_msi_disable() {
  u = 0;
  do
${each}${skip}
  :: else -> break
  od;
  pci_free_irq_vectors();
  vdev.msix = false${after}
}`;
}

function setMsiTrigger(id: NamedGenerationId, facts: ExportFacts): string {
  const signals = facts.noted.has('signals') || facts.noted.has('signalled');
  const range =
    id === 'static'
      ? '\n  :: vdev.msix && !(flags & VFIO_IRQ_SET_DATA_EVENTFD) && !(count == 0 && (flags & VFIO_IRQ_SET_DATA_NONE)) && start + count > vdev.num_ctx -> ret = -EINVAL'
      : '';
  const loopback = signals
    ? `
    at = 0;
    do
    :: at < count ->
      if
      :: vdev.trigger[start + at] != NO_EVENTFD && (!(flags & VFIO_IRQ_SET_DATA_BOOL) || data[at] != 0) ->
        found = vdev.trigger[start + at];
        eventfd_signal(found)
      :: else
      fi;
      at++
    :: else -> break
    od;`
    : '\n    /* a loopback trigger changes only counters, which are not part of a state */';
  return `
/* VFIO_DEVICE_SET_IRQS with ACTION_TRIGGER on MSI-X, with start, count, flags and data of the chosen line */
inline vfio_pci_set_msi_trigger() {
  if
  :: vdev.msix && count == 0 && (flags & VFIO_IRQ_SET_DATA_NONE) ->
    vfio_msi_disable();
    ret = 0
  :: vdev.msix && (flags & VFIO_IRQ_SET_DATA_EVENTFD) ->
    vfio_msi_set_block()
  :: !vdev.msix && (flags & VFIO_IRQ_SET_DATA_EVENTFD) ->
    vfio_msi_enable(start + count);
    if
    :: ret == 0 ->
      vfio_msi_set_block();
      if
      :: ret != 0 -> outcome = ret; vfio_msi_disable(); ret = outcome
      :: else
      fi
    :: else
    fi
  :: !vdev.msix && !(flags & VFIO_IRQ_SET_DATA_EVENTFD) -> ret = -EINVAL${range}
  :: else ->${loopback}
    ret = 0
  fi
}`;
}

/** Returns the functions of the generation, callees first. */
export function generationInlines(facts: ExportFacts, { generation: id, parts }: ExportKernel): string {
  const rewrite = parts.messages
    ? 'vdev.programmed[vector] = vdev.message[vector]'
    : 'skip /* the entry has this message already: no line of this alphabet removes it */';
  return [
    memory(facts, 'kasprintf', 'kasprintf'),
    id === 'static'
      ? memory(facts, 'kcalloc', 'kcalloc_ctx')
      : memory(facts, 'vfio_irq_ctx_alloc', 'vfio_irq_ctx_alloc'),
    `
/* rewrites the message that the kernel last wrote for the irq */
inline pci_write_msi_msg(vector) {
  ${rewrite}
}`,
    setVectorSignal(id),
    enable(id),
    setBlock(id, facts),
    disable(id),
    setMsiTrigger(id, facts),
  ].join('\n');
}

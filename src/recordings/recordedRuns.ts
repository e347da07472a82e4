// A recording as a lane: its steps as runs, on machines with the state that the recorder saw. State that is invisible from
// outside (the eventfds of ERR and REQ, states between two kernel calls) stays unchanged and is never compared.

import { IntMap } from '../base/intMap.ts';
import type { Frame, Run } from '../kernel/frame.ts';
import { type IrqCtx, type IrqDomain, type Machine, type MsiDesc, ZERO_MESSAGE } from '../machine/machine.ts';
import type { LaneRuns } from '../session/laneRuns.ts';
import type { ObservedCall, ObservedState } from '../session/observe.ts';
import { framesOf as modelFrames, machineAfter as modelMachine, replayWhole } from '../session/replay.ts';
import { type Errno, isErrno } from '../uapi/errno.ts';
import { asInt32 } from '../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_NUM_IRQS,
} from '../uapi/vfio.ts';
import type { OpenedRecording } from './opened.ts';
import { recordedMachine } from './recorded.ts';
import { readHappenings } from './recordedHappenings.ts';
import type { ObservedStep } from './recording.ts';

const made = new WeakMap<OpenedRecording, LaneRuns>();

/** Returns the lane of a recording; computed once per recording. */
export function recordedRuns(opened: OpenedRecording): LaneRuns {
  const known = made.get(opened);
  if (known !== undefined) return known;
  const { recording, session } = opened;
  const start = recordedMachine(recording.header, recording.initial).machine;
  const { calls } = recording.header.observed;
  let machine = start;
  const runs: Run[] = [];
  for (const step of recording.steps) {
    const run = runOf(step, machine, calls);
    machine = run.after;
    runs.push(run);
  }
  const lane: LaneRuns = {
    generation: recording.header.driver,
    script: session.script,
    runAt: (line) => runs[line - 1] ?? null,
    machineAfter: (line) => (line < 1 ? start : ((runs[line - 1] ?? runs.at(-1))?.after ?? start)),
    framesOf: (line) => runs[line - 1]?.frames ?? [],
    recorded: true,
    callsKnown: calls,
    irqKey: irqIdentity(opened, runs),
  };
  made.set(opened, lane);
  return lane;
}

/** Maps a recorded irq number to the model's, through the vector that has it in the model of the same kernel. */
function irqIdentity({ session }: OpenedRecording, runs: readonly Run[]): (irq: number) => number {
  const replayed = replayWhole(session);
  const toModel = new Map<number, number>();
  runs.forEach((run, at) => {
    const model = modelMachine(replayed, at + 1).domain.descs;
    run.after.domain.descs.forEach((desc, vector) => {
      const ours = model.get(vector);
      if (ours !== undefined && !toModel.has(desc.irq)) toModel.set(desc.irq, ours.irq);
    });
    // numbers that were allocated and freed inside the line
    for (const [at_, call] of run.frames.entries()) {
      if (call.fn !== 'pci_msix_alloc_irq_at' || typeof call.ret !== 'number' || toModel.has(call.ret))
        continue;
      const nth = run.frames.slice(0, at_).filter(({ fn }) => fn === call.fn).length;
      const same = modelFrames(replayed, at + 1).filter(({ fn }) => fn === call.fn)[nth];
      if (typeof same?.ret === 'number') toModel.set(call.ret, same.ret);
    }
  });
  return (irq) => toModel.get(irq) ?? irq;
}

function runOf(step: ObservedStep, before: Machine, calls: boolean): Run {
  const after = machineOf(step, before, calls);
  const happenings = readHappenings(step, before, after);
  return {
    ret: step.ret,
    errno: knownErrno(step.errno),
    out: step.out,
    before,
    after,
    frames: framesOf(step.calls, before, after),
    happenings,
    check: null,
  };
}

/** An errno that no modelled kernel returns has no name; the −1 beside it still marks the failure. */
function knownErrno(name: string | null): Errno | null {
  return name !== null && isErrno(name) ? name : null;
}

function framesOf(calls: readonly ObservedCall[], before: Machine, after: Machine): readonly Frame[] {
  return calls.map(({ fn, depth, interrupt, ret, args }, at): Frame => {
    const end = calls.findIndex((other, place) => place > at && other.depth <= depth);
    const value = typeof ret === 'string' ? knownErrno(ret) : ret;
    return {
      fn,
      depth,
      args,
      ...(value === undefined || value === null ? {} : { ret: value }),
      interrupt,
      deferred: false,
      below: (end < 0 ? calls.length : end) - at - 1,
      before,
      after,
    };
  });
}

/** Returns the machine after a step, with every visible part. */
function machineOf(step: ObservedStep, before: Machine, calls: boolean): Machine {
  const state = step.after;
  const fds = fdsAfter(step, before);
  const pci = pciAfter(state, before);
  const domain = domainAfter(step, before, calls);
  const ctx = ctxOf(domain.descs, before.vdev.ctx);
  const irq_type = state.intx.requested
    ? VFIO_PCI_INTX_IRQ_INDEX
    : domain.mode === null
      ? VFIO_PCI_NUM_IRQS
      : domain.mode === 'msi'
        ? VFIO_PCI_MSI_IRQ_INDEX
        : VFIO_PCI_MSIX_IRQ_INDEX;
  const intx = state.intx.requested
    ? (before.vdev.intx ?? { trigger: null, masked: false, unmask: null, requested: true, looping: false })
    : null;
  return {
    ...before,
    ...fds,
    openCount: openCountAfter(step, before),
    pci,
    domain,
    vdev: { ...before.vdev, irq_type, ctx, intx },
  };
}

function openCountAfter({ op, ret }: ObservedStep, { openCount }: Machine): number {
  if (ret < 0) return openCount;
  return op.op === 'reopen' ? openCount + 1 : op.op === 'release' ? Math.max(0, openCount - 1) : openCount;
}

function fdsAfter(step: ObservedStep, before: Machine): Pick<Machine, 'fds' | 'eventfds' | 'nextEventfd'> {
  let { fds, eventfds, nextEventfd } = before;
  const { op } = step;
  if (op.op === 'eventfd' && step.out?.ev !== undefined) {
    const { ev } = step.out;
    fds = fds.set(op.fd, { kind: 'eventfd', ev });
    eventfds = eventfds.set(ev, { count: op.initval, semaphore: op.semaphore, refs: 1 });
    nextEventfd = ev + 1;
  } else if (op.op === 'file' && step.ret >= 0) fds = fds.set(op.fd, { kind: 'other' });
  else if (op.op === 'close' && step.ret >= 0) fds = fds.delete(op.fd);
  for (const [fd, count] of step.after.eventfds) {
    const file = fds.get(fd);
    if (file?.kind !== 'eventfd') continue;
    const known = eventfds.get(file.ev);
    if (known === undefined) eventfds = eventfds.set(file.ev, { count, semaphore: false, refs: 1 });
    else if (known.count !== count) eventfds = eventfds.set(file.ev, { ...known, count });
  }
  return { fds, eventfds, nextEventfd };
}

function pciAfter(state: ObservedState, { pci }: Machine): Machine['pci'] {
  let { entries } = pci;
  if (state.table != null) {
    const seen = new Set<number>();
    for (const [vector, addressLow, addressHigh, data, masked, pending] of state.table) {
      seen.add(vector);
      const now = { addressLow, addressHigh, data, masked: masked === 1, pending: pending === 1 };
      if (JSON.stringify(entries.get(vector)) !== JSON.stringify(now)) entries = entries.set(vector, now);
    }
    for (const vector of entries.keys()) if (!seen.has(vector)) entries = entries.delete(vector);
  }
  const msi =
    state.msi === undefined
      ? pci.msi
      : {
          enabled: state.msi.enabled,
          vectors: state.msi.vectors,
          message: {
            addressLow: state.msi.message[0],
            addressHigh: state.msi.message[1],
            data: state.msi.message[2],
          },
          mask: state.msi.mask ?? 0,
          pending: state.msi.pending ?? 0,
        };
  return {
    command: state.command,
    pinAsserted: state.intx.pending,
    d3hot: pci.d3hot,
    msi,
    msixEnabled: state.msix?.enabled ?? false,
    msixFunctionMask: state.msix?.functionMask ?? false,
    entries,
  };
}

function domainAfter(step: ObservedStep, before: Machine, callsKnown: boolean): IrqDomain {
  const { after, calls } = step;
  const { domain, pci } = before;
  const asked = callsKnown ? new Map<number, number>() : askedFor(step, before);
  const handlers = new Map<number, number>();
  domain.descs.forEach(({ irq, handler }) => {
    if (handler !== null) handlers.set(irq, handler);
  });
  const later = new Set<number>();
  for (const { fn, args, ret } of calls) {
    const { irq, ev, index } = args;
    if (fn === 'request_irq' && ret === 0 && typeof irq === 'number' && typeof ev === 'number')
      handlers.set(irq, ev);
    if (fn === 'free_irq' && typeof irq === 'number') handlers.delete(irq);
    if (fn === 'pci_msix_alloc_irq_at' && typeof ret === 'number' && typeof index === 'number')
      later.add(index);
  }
  const anew = calls.some(({ fn }) => fn === 'pci_alloc_irq_vectors');
  let descs = anew ? IntMap.empty<MsiDesc>() : domain.descs;
  const seen = new Set<number>();
  for (const [vector, irq, requested] of after.irqs) {
    seen.add(vector);
    const handler = requested === 0 ? null : (asked.get(vector) ?? handlers.get(irq) ?? -1);
    const had = descs.get(vector);
    const original =
      had !== undefined && had.irq === irq && !later.has(vector) ? had.original : !later.has(vector);
    if (had?.irq === irq && had.handler === handler && had.original === original) continue;
    const message = messageOf(after, vector, pci.msi.message);
    descs = descs.set(vector, { irq, message, handler, name: null, original, fixed: false, resend: false });
  }
  for (const vector of descs.keys()) if (!seen.has(vector)) descs = descs.delete(vector);
  // no irqs are allocated, but MSI-X can still be enabled (v2, v3)
  const mode =
    after.irqMode ?? (after.msix?.enabled === true ? 'msix' : after.msi?.enabled === true ? 'msi' : null);
  let numbers = IntMap.empty<number>();
  descs.forEach(({ irq }, vector) => {
    numbers = numbers.set(irq, vector);
  });
  return { ...domain, mode, descs, numbers };
}

/**
 * Returns the eventfd that each vector got from a SET_IRQS that returned 0, for recordings whose calls do not show it. A
 * failing call leaves a vector detached or unchanged.
 */
function askedFor({ op, ret }: ObservedStep, { fds }: Machine): ReadonlyMap<number, number> {
  const asked = new Map<number, number>();
  const binds = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
  if (op.op !== 'set_irqs' || ret !== 0 || op.flags !== binds) return asked;
  if (op.index !== VFIO_PCI_MSI_IRQ_INDEX && op.index !== VFIO_PCI_MSIX_IRQ_INDEX) return asked;
  asInt32(op.data, op.count).forEach((fd, at) => {
    const file = fd < 0 ? undefined : fds.get(fd);
    if (file?.kind === 'eventfd') asked.set(op.start + at, file.ev);
  });
  return asked;
}

function messageOf(
  { table, msi }: ObservedState,
  vector: number,
  last: MsiDesc['message'],
): MsiDesc['message'] {
  const entry = table?.find(([at]) => at === vector);
  if (entry !== undefined) return { addressLow: entry[1], addressHigh: entry[2], data: entry[3] };
  if (msi === undefined) return table === undefined ? last : ZERO_MESSAGE;
  return { addressLow: msi.message[0], addressHigh: msi.message[1], data: msi.message[2] };
}

function ctxOf(descs: IntMap<MsiDesc>, before: IntMap<IrqCtx>): IntMap<IrqCtx> {
  let ctx = before;
  for (const vector of before.keys())
    if ((descs.get(vector)?.handler ?? null) === null) ctx = ctx.delete(vector);
  descs.forEach(({ handler }, vector) => {
    if (handler !== null && ctx.get(vector)?.trigger !== handler)
      ctx = ctx.set(vector, { trigger: handler, producer: true });
  });
  return ctx;
}

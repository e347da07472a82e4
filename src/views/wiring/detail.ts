// The details of one row, by the four parts of the chain: eventfd, ctx, irq, table entry.

import { grouped } from '../../base/grouped.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import { BLANK_ENTRY, type Machine, type MsiMessage } from '../../machine/machine.ts';
import type { Replay } from '../../session/replay.ts';
import { hex } from '../../text/numbers.ts';
import { specialEventfd } from '../linked/row.ts';
import { descriptorsOf, eventfdOf, type Thing } from '../linked/things.ts';
import { chipName, hardwareIrq, pinHandlers } from './interrupts.ts';
import { messageMeaning } from './message.ts';
import { originOf } from './origin.ts';
import { showsMsi } from './rows.ts';

/** One fact with its name. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** One part of the chain with its facts; `things` links its highlighting. */
export interface DetailGroup {
  readonly title: string;
  readonly things: readonly Thing[];
  readonly facts: readonly Fact[];
}

const fact = (name: string, value: string): Fact => ({ name, value });

/** Returns the details of a row at a moment: `row` is a vector, or the label of the pin, of ERR or of REQ. */
export function detailsOf(
  replayed: Replay,
  line: number,
  machine: Machine,
  row: number | string,
): readonly DetailGroup[] {
  if (typeof row === 'string') return specialDetails(machine, row);
  return [
    eventfdGroup(machine, eventfdOf(machine, row)),
    ctxGroup(machine, row),
    irqGroup(replayed, line, machine, row),
    showsMsi(machine) ? msiGroup(machine, row) : entryGroup(machine, row),
  ];
}

/** Returns an eventfd object's counter and references. */
function eventfdGroup(machine: Machine, ev: number | null): DetailGroup {
  const object = ev === null ? undefined : machine.eventfds.get(ev);
  if (ev === null || object === undefined)
    return { title: 'eventfd', things: [], facts: [fact('eventfd', 'none')] };
  const fds = descriptorsOf(machine, ev);
  return {
    title: `eventfd object ${ev}`,
    things: [{ kind: 'eventfd', id: ev }],
    facts: [
      fact('descriptor', fds.length === 0 ? 'closed; the kernel has a reference' : fds.join(' ')),
      fact('counter', `${object.count}${object.semaphore ? ', EFD_SEMAPHORE' : ''}`),
      fact('references', `${object.refs}: ${referrers(machine, ev, fds.length).join(', ')}`),
    ],
  };
}

/** Returns the references of an eventfd object; many vectors are counted, not listed. */
function referrers(machine: Machine, ev: number, files: number): readonly string[] {
  const { ctx, intx, err_trigger, req_trigger } = machine.vdev;
  const bound: number[] = [];
  ctx.forEach(({ trigger }, vector) => {
    if (trigger === ev) bound.push(vector);
  });
  return [
    ...(files > 0 ? ['open file'] : []),
    ...(bound.length > 4 ? [`${grouped(bound.length)} ctx`] : bound.map((vector) => `ctx[${vector}]`)),
    ...(intx?.trigger === ev ? ['intx trigger'] : []),
    ...(intx?.unmask === ev ? ['intx unmask virqfd'] : []),
    ...(err_trigger === ev ? ['err_trigger'] : []),
    ...(req_trigger === ev ? ['req_trigger'] : []),
  ];
}

function ctxGroup(machine: Machine, vector: number): DetailGroup {
  const ctx = machine.vdev.ctx.get(vector);
  const title = `ctx[${vector}]`;
  const things: readonly Thing[] = [{ kind: 'vector', id: vector }];
  if (ctx === undefined) return { title, things, facts: [fact('ctx', 'none')] };
  const owner = ctx.trigger === null ? undefined : machine.producers.get(ctx.trigger);
  return {
    title,
    things,
    facts: [
      fact('trigger', ctx.trigger === null ? 'none' : `eventfd object ${ctx.trigger}`),
      fact(
        'bypass producer',
        ctx.producer
          ? 'registered'
          : owner === undefined
            ? 'not registered'
            : `EBUSY: irq ${owner} has the producer of this eventfd`,
      ),
    ],
  };
}

function irqGroup(replayed: Replay, line: number, machine: Machine, vector: number): DetailGroup {
  const desc = machine.domain.descs.get(vector);
  if (desc === undefined) return { title: 'Linux irq', things: [], facts: [fact('irq', 'none allocated')] };
  const origin = originOf(replayed, line, vector, desc.irq);
  const since = origin === null ? 'inside this line' : `line ${origin.line}, ${origin.by}`;
  return {
    title: `irq ${desc.irq}`,
    things: [{ kind: 'irq', id: desc.irq }],
    facts: [
      fact('allocated since', since),
      fact('handler', desc.name ?? 'not requested: cached'),
      fact('freed by', freedBy(machine, replayed.generation.id)),
      fact(
        'chip',
        `${chipName(machine, replayed.generation.id)} hwirq ${hardwareIrq(machine, replayed.generation.id, vector)}`,
      ),
      ...(machine.host.msiController === 'gic'
        ? []
        : [fact('CPU vector', desc.fixed || desc.handler !== null ? 'assigned' : 'reserved')]),
      ...(desc.resend ? [fact('resend', 'a message arrived without a handler')] : []),
    ],
  };
}

/** Returns the function that frees an irq in this generation, and its occasion. */
function freedBy({ domain, vdev }: Machine, id: GenerationId): string {
  const all = 'pci_free_irq_vectors, at a mode change or when the device is closed';
  // single irqs come and go only with dynamic MSI-X
  if (domain.mode !== 'msix' || !vdev.has_dyn_msix) return all;
  if (id === 'v2') return `pci_msix_free_irq, when its eventfd is detached; ${all}`;
  if (id === 'track') return `pci_msix_free_irq, when the assignment that allocated it fails; ${all}`;
  return id === 'v3' ? `pci_msix_free_irq, when an assignment fails; ${all}` : all;
}

function messageFacts(message: MsiMessage): readonly Fact[] {
  return [
    fact('address', `${hex(message.addressHigh, 8)} ${hex(message.addressLow, 8)}`),
    fact('data', hex(message.data, 8)),
    fact('meaning', messageMeaning(message)),
  ];
}

function entryGroup(machine: Machine, vector: number): DetailGroup {
  const entry = machine.pci.entries.get(vector) ?? BLANK_ENTRY;
  const { msixEnabled, msixFunctionMask } = machine.pci;
  return {
    title: `MSI-X entry ${vector}`,
    things: [{ kind: 'vector', id: vector }],
    facts: [
      ...messageFacts(entry),
      fact('mask bit', entry.masked ? '1: masked' : '0: unmasked'),
      fact('pending bit', entry.pending ? '1: delivered after the unmask' : '0'),
      ...(msixEnabled && msixFunctionMask ? [fact('function', 'Masked+')] : []),
    ],
  };
}

function msiGroup(machine: Machine, vector: number): DetailGroup {
  const { msi } = machine.pci;
  const maskable = machine.device.msi?.maskable === true;
  const data = msi.message.data === 0 ? 0 : msi.message.data + vector;
  return {
    title: `MSI vector ${vector}`,
    things: [{ kind: 'vector', id: vector }],
    facts: [
      ...messageFacts({ ...msi.message, data }),
      fact('mask bit', maskable ? String((msi.mask >>> vector) & 1) : 'not in the capability'),
      fact('pending bit', maskable ? String((msi.pending >>> vector) & 1) : 'not in the capability'),
    ],
  };
}

function specialDetails(machine: Machine, label: string): readonly DetailGroup[] {
  const { intx } = machine.vdev;
  const eventfd = eventfdGroup(machine, specialEventfd(machine, label));
  if (label !== 'INTx' || intx === null) return [eventfd];
  return [
    eventfd,
    {
      title: 'INTx ctx',
      things: [],
      facts: [
        fact('masked', intx.masked ? 'yes, until an unmask' : 'no'),
        fact('unmask virqfd', intx.unmask === null ? 'none' : `eventfd object ${intx.unmask}`),
        ...(intx.looping ? [fact('loop', 'trigger and unmask are one eventfd')] : []),
      ],
    },
    {
      title: `irq ${machine.host.pinIrq}`,
      things: [{ kind: 'irq', id: machine.host.pinIrq }],
      facts: [fact('handler', pinHandlers(machine) ?? 'not requested')],
    },
    {
      title: 'Pin',
      things: [],
      facts: [
        fact('asserted', machine.pci.pinAsserted ? 'yes' : 'no'),
        fact('command', `0x${hex(machine.pci.command, 4)}`),
      ],
    },
  ];
}

// Imports traces of QEMU's vfio_* events (hw/vfio/trace-events): from the log backend with or without thread and time, from
// ftrace, syslog, and simpletrace.py. Events are not ioctls; events.ts derives the ioctls around them.

import type { Op } from '../../../kernel/line.ts';
import {
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../../uapi/vfio.ts';
import {
  bad,
  became,
  type Choices,
  type ImportFormat,
  type ImportPass,
  type ImportReader,
  type Outcome,
  passed,
  shown,
} from '../format.ts';
import { Ledger } from '../ledger.ts';
import { failedEventfd, type Took } from './calls.ts';
import { chosenFacts, deviceOf, type QemuFacts } from './device.ts';
import { type QemuFailure, qemuFailureOf } from './errors.ts';
import { type QemuEvent, qemuEventOf } from './eventLine.ts';
import { QemuEvents } from './events.ts';
import { QemuSurvey } from './survey.ts';

/** Traces of QEMU. */
export const QEMU_TRACE: ImportFormat = {
  id: 'qemu-trace',
  label: 'QEMU trace (vfio_* events)',
  thing: 'QEMU trace',
  travels: true,
  mark: (text) => {
    const read = text.includes('vfio_') ? qemuEventOf(text) : null;
    if (read?.kind === 'event') return read.event.name;
    return /\bvfio\b/i.test(text) && qemuFailureOf(text) !== null
      ? 'a message about a failed SET_IRQS'
      : null;
  },
  begin: () => new QemuPass(),
};

class QemuPass implements ImportPass {
  readonly #survey = new QemuSurvey();

  look(text: string): void {
    const read = qemuEventOf(text);
    if (read.kind === 'event') this.#survey.look(read.event);
    else if (read.kind === 'passed') {
      const failure = qemuFailureOf(text);
      if (failure !== null) this.#survey.fail(failure);
      else this.#survey.other(text);
    }
  }

  open(choices: Choices): ImportReader {
    this.#survey.end();
    return new QemuTraceReader(this.#survey, chosenFacts(this.#survey.devices, choices));
  }
}

/** Events after which a waiting do_use or release can no longer belong to a vfio_msix_enable. */
const MODE_CHANGES = new Set([
  'vfio_msix_disable',
  'vfio_intx_enable',
  'vfio_msi_enable',
  'vfio_msi_disable',
]);

const NEVER_ENABLED = 'vfio_msix_enable after this line, or MSI-X enabled before the trace begins';

class QemuTraceReader implements ImportReader {
  readonly #ledger = new Ledger((line) => bad(line, 1, NEVER_ENABLED, 'the end of the trace'));
  readonly #survey: QemuSurvey;
  readonly #facts: QemuFacts | null;
  readonly #events: QemuEvents;
  /** The device of the last event that names one. */
  #current: string | null = null;
  /** Events of the imported device so far. */
  #count = 0;
  #msixIsOn: boolean;
  /** do_use and release before vfio_msix_enable. Later events decide their operations. */
  #block: { readonly line: number; readonly event: QemuEvent; readonly at: number }[] = [];
  /** The operations that lead to the state before the first event; empty once they are told. */
  #first: readonly Op[];
  /** The functions that the present hot reset touches. */
  #dependents = new Set<string>();
  /** A message reports EBUSY for INTx. */
  #busyPin = false;

  constructor(survey: QemuSurvey, facts: QemuFacts | null) {
    this.#survey = survey;
    this.#facts = facts;
    this.#events = new QemuEvents(facts?.kvmIrqfd ?? true);
    const before = facts?.before ?? 'none';
    this.#msixIsOn = before === 'msix';
    this.#first = this.#events.startFrom(before, Math.max(1, (facts?.device.mostMsi ?? 0) + 1));
  }

  add(text: string): readonly Outcome[] {
    const line = this.#ledger.next();
    const read = qemuEventOf(text);
    if (read.kind === 'event') this.#event(line, read.event);
    else if (read.kind === 'broken')
      this.#ledger.decide(line, bad(line, read.column, read.expected, read.found));
    else {
      const failure = qemuFailureOf(text);
      if (failure === null) this.#ledger.pass(line, messageOf(text) ?? read.why);
      else this.#failure(line, failure);
    }
    return this.#ledger.take();
  }

  end() {
    const outcomes = this.#ledger.end();
    const facts = this.#facts;
    const busy = this.#busyPin
      ? [
          'INTx fails with EBUSY if another driver holds the irq of the pin and not both handlers share it (IRQF_SHARED); “dmesg | grep genirq” names the driver.',
        ]
      : [];
    return {
      outcomes,
      device: facts === null ? null : deviceOf(facts.device, this.#events.noresize),
      assumed: [...(facts?.assumed ?? []), ...this.#events.assumed(), ...busy],
      guesses: facts?.guesses ?? [],
    };
  }

  #event(line: number, event: QemuEvent): void {
    const { name, device } = event;
    const chosen = this.#facts?.device.name ?? null;
    if (device !== null) this.#current = device;
    if (name === 'vfio_pci_hot_reset_has_dep_devices') this.#dependents.clear();
    if (name === 'vfio_pci_hot_reset_dep_devices' && device !== null) this.#dependents.add(device);
    const isOwn = device === null ? this.#current === null || this.#current === chosen : device === chosen;
    // a hot reset that another function starts resets this one too
    const isShared = name === 'vfio_pci_hot_reset_result' && chosen !== null && this.#dependents.has(chosen);
    if (!isOwn && !isShared) {
      this.#ledger.pass(line, `another device: ${shown(device ?? this.#current ?? '', 40)}`);
      return;
    }
    this.#count++;
    const at = this.#count;
    if (!this.#msixIsOn && (name === 'vfio_msix_vector_do_use' || name === 'vfio_msix_vector_release')) {
      this.#block.push({ line, event, at });
      return;
    }
    if (name === 'vfio_msix_enable') this.#enable(line, event, at);
    else {
      if (MODE_CHANGES.has(name)) {
        this.#msixIsOn = false;
        this.#giveUp(name);
      }
      this.#ledger.decide(line, () => this.#outcome(line, event, at));
    }
  }

  /** Decides the waiting events. */
  #enable(line: number, event: QemuEvent, last: number): void {
    const block = this.#block;
    this.#block = [];
    this.#msixIsOn = true;
    const events = block.map((one) => one.event);
    // decisions run in the order of lines, so the first one sets how QEMU enables MSI-X
    for (const [at, one] of block.entries()) {
      this.#ledger.decide(one.line, () => {
        if (at === 0) this.#events.beginEnable(events);
        return this.#outcome(one.line, one.event, one.at);
      });
    }
    this.#ledger.decide(line, () => {
      if (block.length === 0) this.#events.beginEnable([]);
      return this.#outcome(line, event, last);
    });
  }

  #giveUp(found: string): void {
    for (const { line } of this.#block) {
      this.#ledger.decide(line, bad(line, 1, NEVER_ENABLED, found));
    }
    this.#block = [];
  }

  #outcome(line: number, event: QemuEvent, at: number): Outcome {
    const chosen = this.#facts?.device.name ?? '';
    return this.#became(line, event.column, this.#events.take(event), `QEMU ${event.said}`, {
      failure: this.#survey.failureOf(chosen, at),
    });
  }

  #became(
    line: number,
    column: number,
    took: Took,
    action: string,
    { failure }: { readonly failure: QemuFailure | null },
  ): Outcome {
    const first = this.#first;
    if (typeof took === 'string') return passed(took);
    if ('expected' in took) return bad(line, column, took.expected, took.found);
    this.#first = [];
    const { ops, traced = [] } = took;
    const results = ops.map((_, at) => traced[at] ?? null);
    if (failure !== null) {
      const last = ops.findLastIndex((op) => op.op === 'set_irqs' && op.index === failure.index);
      if (last >= 0) results[last] = failure.result;
    }
    const own = became(ops, { action, traced: results });
    if (first.length === 0) return own;
    const before = became(first, { action: 'QEMU, before the trace begins' });
    return { kind: 'read', lines: [...before.lines, ...own.lines] };
  }

  /** A message about a failed ioctl: it has operations of its own, or it is the result of an event's. */
  #failure(line: number, failure: QemuFailure): void {
    const chosen = this.#facts?.device.name ?? null;
    if (failure.device !== null && chosen !== null && failure.device !== chosen) {
      this.#ledger.pass(line, `another device: ${shown(failure.device, 40)}`);
      return;
    }
    this.#ledger.decide(line, () => {
      const { index, action, result } = failure;
      const none = { failure: null };
      if (index === VFIO_PCI_MSI_IRQ_INDEX && action === 'TRIGGER') {
        const count = failure.count ?? Math.max(1, this.#facts?.device.mostMsiVectors ?? 1);
        return this.#became(line, 1, this.#events.failMsi(count, result), 'QEMU enables MSI', none);
      }
      if (index === VFIO_PCI_INTX_IRQ_INDEX && action === 'TRIGGER') {
        this.#busyPin ||= result.errno === 'EBUSY';
        return this.#became(line, 1, this.#events.failIntx(result), 'QEMU enables INTx', none);
      }
      if (index === VFIO_PCI_MSIX_IRQ_INDEX)
        return passed('the result of the SET_IRQS of the event beside this line');
      return this.#became(line, 1, failedEventfd(index, action, result), 'QEMU', none);
    });
  }
}

/** Returns what a line that is no event is, or null if it is unknown. */
function messageOf(text: string): string | null {
  if (/^\s*(?:\S+: )?qemu(?:-system-\w+|-kvm)?: /.test(text)) return 'a message of QEMU';
  if (/^\s+size: 0x[\da-f]+, offset: 0x/.test(text)) return 'the rest of the line above';
  return null;
}

// Imports traces of QEMU's vfio_* events (hw/vfio/trace-events): from the log backend with or without thread and time, from
// ftrace, and from simpletrace.py. Events are not ioctls; qemuEvents.ts derives the ioctls around them.

import {
  bad,
  became,
  firstWith,
  type ImportFormat,
  type ImportReader,
  type Outcome,
  shown,
} from './format.ts';
import { Ledger } from './ledger.ts';
import { type QemuEvent, qemuEventOf } from './qemuEventLine.ts';
import { isIrqfdUnused, QemuEvents } from './qemuEvents.ts';

/** Traces of QEMU. */
export const QEMU_TRACE: ImportFormat = {
  id: 'qemu-trace',
  label: 'QEMU trace (vfio_* events)',
  thing: 'QEMU trace',
  recognise: (head) =>
    firstWith(head, (text) => {
      const read = qemuEventOf(text);
      return read.kind === 'event' ? read.event.name : null;
    }),
  open: (head) => new QemuTraceReader(!isIrqfdUnused(eventsOf(head))),
};

function eventsOf(lines: readonly string[]): readonly QemuEvent[] {
  return lines.map(qemuEventOf).flatMap((line) => (line.kind === 'event' ? [line.event] : []));
}

/** Events after which a waiting do_use or release can no longer belong to a vfio_msix_enable. */
const MODE_CHANGES = new Set([
  'vfio_msix_disable',
  'vfio_intx_enable',
  'vfio_msi_enable',
  'vfio_msi_disable',
]);

class QemuTraceReader implements ImportReader {
  readonly #ledger = new Ledger((line) =>
    bad(
      line,
      1,
      'vfio_msix_enable after this line, which QEMU prints once MSI-X is enabled',
      'the end of the trace',
    ),
  );
  readonly #events: QemuEvents;
  /** The imported device: the first device of the trace. */
  #device: string | null = null;
  #msixIsOn = false;
  /** do_use and release before vfio_msix_enable. Later events decide their operations. */
  #block: { readonly line: number; readonly event: QemuEvent }[] = [];

  constructor(kvmIrqfd: boolean) {
    this.#events = new QemuEvents(kvmIrqfd);
  }

  add(text: string): readonly Outcome[] {
    const line = this.#ledger.next();
    const read = qemuEventOf(text);
    if (read.kind === 'passed') this.#ledger.pass(line, read.why);
    else if (read.kind === 'broken')
      this.#ledger.decide(line, () => bad(line, read.column, read.expected, read.found));
    else this.#event(line, read.event);
    return this.#ledger.take();
  }

  end() {
    const outcomes = this.#ledger.end();
    return { outcomes, device: this.#events.device(), assumed: this.#events.assumed() };
  }

  #event(line: number, event: QemuEvent): void {
    const { name, device } = event;
    if (device !== null) this.#device ??= device;
    if (device !== null && device !== this.#device) {
      this.#ledger.pass(line, `another device: ${shown(device, 20)}`);
      return;
    }
    if (!this.#msixIsOn && (name === 'vfio_msix_vector_do_use' || name === 'vfio_msix_vector_release')) {
      this.#block.push({ line, event });
      return;
    }
    if (name === 'vfio_msix_enable') this.#enable(line, event);
    else {
      if (MODE_CHANGES.has(name)) {
        this.#msixIsOn = false;
        this.#giveUp(name);
      }
      this.#ledger.decide(line, () => this.#outcome(line, event));
    }
  }

  /** Decides the waiting events. */
  #enable(line: number, event: QemuEvent): void {
    const block = this.#block;
    this.#block = [];
    this.#msixIsOn = true;
    const events = block.map((one) => one.event);
    // decisions run in the order of lines, so the first one sets how QEMU enables MSI-X
    for (const [at, one] of block.entries()) {
      this.#ledger.decide(one.line, () => {
        if (at === 0) this.#events.beginEnable(events);
        return this.#outcome(one.line, one.event);
      });
    }
    this.#ledger.decide(line, () => {
      if (block.length === 0) this.#events.beginEnable([]);
      return this.#outcome(line, event);
    });
  }

  #giveUp(found: string): void {
    for (const { line } of this.#block) {
      const outcome = bad(
        line,
        1,
        'vfio_msix_enable after this line, or a trace that begins before MSI-X is enabled',
        found,
      );
      this.#ledger.decide(line, () => outcome);
    }
    this.#block = [];
  }

  #outcome(line: number, event: QemuEvent): Outcome {
    const what = this.#events.take(event);
    if (typeof what === 'string') return { kind: 'passed', why: what };
    if ('expected' in what) return bad(line, event.column, what.expected, what.found);
    return became(what.ops, `QEMU ${event.said}`);
  }
}

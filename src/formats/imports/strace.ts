// Imports strace text in two dialects: irqscope's own (formats/strace.ts), which contains everything, and that of strace itself.
// strace does not decode vfio's structs and prints a pointer for SET_IRQS, so the arguments are unknown.

import { bad, became, type ImportFormat, type ImportReader, type Outcome, shown } from './format.ts';
import { Ledger } from './ledger.ts';
import { callOf, straceLineOf } from './straceCall.ts';
import { eventOps } from './straceEvents.ts';
import { StraceOps } from './straceOps.ts';

/** The device descriptor in the text of formats/strace.ts. */
const PRINTED_DEVICE = 50;

/** The strace text that irqscope prints. */
export const PRINTED_STRACE: ImportFormat = {
  id: 'irqscope-strace',
  label: 'strace text of irqscope',
  thing: 'strace text of irqscope',
  travels: true,
  mark: (text) =>
    /^ioctl\(50, VFIO_DEVICE_\w+(?:, \{argsz=|\) = )/.exec(text)?.[0] ??
    /^\[device (?:raises vector|zeroes MSI-X|lowers)/.exec(text)?.[0] ??
    /\bCONFIG\+0x/.exec(text)?.[0] ??
    null,
  over: ['strace'],
  begin: () => ({ open: () => new StraceReader(PRINTED_DEVICE) }),
};

/** The output of strace. */
export const STRACE: ImportFormat = {
  id: 'strace',
  label: 'strace',
  thing: 'strace',
  travels: true,
  mark: (text) => {
    const line = straceLineOf(text);
    if (line.kind === 'call') return `the system call ${line.call.name}()`;
    return line.kind === 'unfinished' ? 'an unfinished system call' : null;
  },
  begin: () => ({ open: () => new StraceReader(null) }),
};

class StraceReader implements ImportReader {
  readonly #ledger = new Ledger((line) =>
    bad(line, 1, 'a line “<... resumed>” that ends the call', 'the end of the trace'),
  );
  readonly #ops: StraceOps;
  /** Unfinished calls by process: their line and text. */
  readonly #begun = new Map<string, { readonly line: number; readonly text: string }>();
  readonly #processes = new Set<string>();

  constructor(device: number | null) {
    this.#ops = new StraceOps(device);
  }

  add(text: string): readonly Outcome[] {
    const line = this.#ledger.next();
    const read = straceLineOf(text);
    switch (read.kind) {
      case 'passed':
        this.#ledger.pass(line, read.why);
        break;
      case 'broken':
        this.#decide(line, bad(line, read.column, read.expected, read.found));
        break;
      case 'event': {
        const ops = eventOps(read.text);
        this.#decide(
          line,
          ops === null
            ? bad(
                line,
                1,
                '“[device raises vector N]”, “[device lowers its pin]” or “[device zeroes MSI-X entry N]”',
                shown(read.text),
              )
            : became(ops),
        );
        break;
      }
      case 'unfinished':
        this.#processes.add(read.pid);
        this.#begun.set(read.pid, { line, text: read.text });
        break;
      case 'resumed':
        this.#resumed(line, read.pid, read.name, read.text);
        break;
      case 'call':
        if (read.pid !== '') this.#processes.add(read.pid);
        this.#ledger.decide(line, () => this.#ops.outcome(line, read.call));
        break;
    }
    return this.#ledger.take();
  }

  end() {
    const outcomes = this.#ledger.end();
    const assumed = [...this.#ops.assumed];
    if (this.#processes.size > 1)
      assumed.push('The processes of the trace are threads of one program and share their descriptors.');
    return { outcomes, device: null, assumed };
  }

  #resumed(line: number, pid: string, name: string, text: string): void {
    const begun = this.#begun.get(pid);
    this.#begun.delete(pid);
    if (begun === undefined || !begun.text.startsWith(`${name}(`)) {
      this.#decide(
        line,
        bad(line, 1, `an unfinished ${name}() of the same process before this line`, 'no such call'),
      );
      return;
    }
    this.#ledger.pass(begun.line, `continues in line ${line}`);
    const read = callOf(`${begun.text}${text}`, 0);
    this.#ledger.decide(line, () =>
      'call' in read
        ? this.#ops.outcome(line, read.call)
        : bad(line, Math.max(1, read.column - begun.text.length), read.expected, read.found),
    );
  }

  #decide(line: number, outcome: Outcome): void {
    this.#ledger.decide(line, () => outcome);
  }
}

// Compares an imported script with the operations that a program really did (test/traces/*.right.txt). The numbers of descriptors may
// differ, but each descriptor of one script must stand for one of the other.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { parseScript } from '../../../src/formats/notation/parse.ts';
import { printBare } from '../../../src/formats/notation/printLine.ts';
import type { Op } from '../../../src/kernel/line.ts';
import type { ScriptLine, TracedResult } from '../../../src/session/script.ts';
import { VFIO_PCI_ERR_IRQ_INDEX, VFIO_PCI_REQ_IRQ_INDEX } from '../../../src/uapi/vfio.ts';

const top = fileURLToPath(new URL('../../traces/', import.meta.url));

/** Returns the text of a trace. */
export function traceText(name: string): string {
  const bytes = readFileSync(top + name);
  return new TextDecoder().decode(name.endsWith('.gz') ? gunzipSync(bytes) : bytes);
}

/** Returns the operations that the program did, with the kernel's results. */
export function truthOf(name: string): readonly ScriptLine[] {
  const { script, problems } = parseScript(traceText(name));
  if (problems.length > 0) throw new Error(`${name}: ${JSON.stringify(problems[0])}`);
  // the file names only failures; a line without a result succeeded
  return script.lines.map((line) => ({ ...line, traced: line.traced ?? { ret: 0, errno: null, out: null } }));
}

/** Names the descriptors of a script by the order in which they are opened. */
class Names {
  readonly #names = new Map<number, string>();
  #opened = 0;

  open(fd: number): string {
    const name = `fd${++this.#opened}`;
    this.#names.set(fd, name);
    return name;
  }

  of(fd: number): string {
    return fd < 0 ? String(fd) : (this.#names.get(fd) ?? `unopened ${fd}`);
  }
}

/** Prints operations so that equal ones have equal texts, whatever their descriptors are called. */
export function texts(lines: readonly ScriptLine[], isTold: (op: Op) => boolean): readonly string[] {
  const names = new Names();
  return lines.flatMap((line) => {
    const { op } = line.line;
    if (!isTold(op)) return [];
    if (op.op === 'eventfd') names.open(op.fd);
    switch (op.op) {
      case 'eventfd':
        return [`eventfd ${names.of(op.fd)}`];
      case 'close':
      case 'read':
        return [`${op.op} ${names.of(op.fd)}`];
      case 'set_irqs': {
        const { index, flags, start, count, data } = op;
        const hex = flags.toString(16);
        const values = data.kind === 'i32' ? ` [${data.values.map((fd) => names.of(fd)).join(' ')}]` : '';
        return [`set_irqs ${index} 0x${hex} ${start} ${count}${values}`];
      }
      default:
        return [printBare(line)];
    }
  });
}

/** Returns the results of the SET_IRQS operations of a script; null where none is known. */
export function resultsOf(lines: readonly ScriptLine[]): readonly (TracedResult | null)[] {
  return lines.flatMap(({ line, traced }) => (line.op.op === 'set_irqs' ? [traced ?? null] : []));
}

/** Leaves out ERR and REQ with their eventfds. */
export function withoutErrReq(lines: readonly ScriptLine[]): readonly ScriptLine[] {
  return withoutEventfds(lines, isErrOrReq).filter(({ line }) => !isErrOrReq(line.op));
}

/** Leaves out the eventfds that no SET_IRQS names. */
export function bound(lines: readonly ScriptLine[]): readonly ScriptLine[] {
  return withoutEventfds(lines, (use) => use === undefined);
}

/** Leaves out the eventfds of which `isHidden` holds for the first SET_IRQS that names them. */
function withoutEventfds(
  lines: readonly ScriptLine[],
  isHidden: (use: Op | undefined) => boolean,
): readonly ScriptLine[] {
  const hidden = new Set<number>();
  return lines.filter(({ line: { op } }, at) => {
    if (op.op === 'eventfd') {
      if (isHidden(firstUse(lines, at, op.fd))) hidden.add(op.fd);
      else hidden.delete(op.fd);
      return !hidden.has(op.fd);
    }
    return !(op.op === 'close' && hidden.has(op.fd));
  });
}

function isErrOrReq(op: Op | undefined): boolean {
  return (
    op?.op === 'set_irqs' && (op.index === VFIO_PCI_ERR_IRQ_INDEX || op.index === VFIO_PCI_REQ_IRQ_INDEX)
  );
}

function firstUse(lines: readonly ScriptLine[], at: number, fd: number): Op | undefined {
  for (const { line } of lines.slice(at + 1)) {
    const { op } = line;
    if ((op.op === 'close' || op.op === 'eventfd') && op.fd === fd) return undefined;
    if (op.op === 'set_irqs' && op.data.kind === 'i32' && op.data.values.includes(fd)) return op;
  }
  return undefined;
}

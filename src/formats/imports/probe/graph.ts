// Reads lines of ftrace's function_graph tracer: calls without arguments (from Linux 6.15 on also with), and results where
// funcgraph-retval is on.

import { type Field, fieldsOf } from '../fields.ts';
import { closesDevice } from './callers.ts';

/** A line of function_graph about vfio_pci_set_irqs_ioctl. */
export type GraphLine =
  | {
      readonly kind: 'call';
      readonly thread: string;
      readonly fields: ReadonlyMap<string, Field>;
      readonly column: number;
      /** The function around it that closes the device, or null. */
      readonly caller: string | null;
      /** The result, if the line has it. */
      readonly ret: number | null;
      /** The call ends in this line. */
      readonly isWhole: boolean;
    }
  | { readonly kind: 'end'; readonly thread: string; readonly ret: number | null }
  | { readonly kind: 'passed'; readonly why: string };

/** Matches processor, thread if shown, and the call behind the last bar. */
const LINE = /^(?:\s*\d+\.\d+ \|)?\s*(\d+)\)\s(?:\s*\S.*-(\d+)\s+\|)?[^|]*\|(\s*)(\S.*)$/;
const CALL = /^(\w+)(?:\.\w+)*(?: \[\w+\])?\((.*?)\)(;| \{)(.*)$/;
const RETURNS = /\/\*[^*]*(?:ret=|=\s*)(-?\d+|0x[\da-f]+)\s*\*\//;

/** The functions that are open on one processor. */
interface Open {
  readonly name: string;
  readonly indent: number;
}

/** Reads the lines of one text. */
export class Graph {
  readonly #open = new Map<string, Open[]>();

  /** Returns null for a line of another kind. */
  read(text: string): GraphLine | null {
    const found = text.includes('|') ? LINE.exec(text) : null;
    if (found === null) return null;
    const [, cpu = '', pid, space = '', rest = ''] = found;
    const thread = pid ?? `cpu ${cpu}`;
    const open = this.#open.get(thread) ?? [];
    this.#open.set(thread, open);
    const indent = space.length;
    while ((open.at(-1)?.indent ?? -1) > indent) open.pop();
    const returned = RETURNS.exec(rest)?.[1];
    const ret = returned === undefined ? null : signed(returned);
    if (rest.startsWith('}')) {
      const ended = open.at(-1)?.indent === indent ? open.pop() : undefined;
      const isOurs = ended?.name === OURS || (ended === undefined && rest.includes(OURS));
      return isOurs ? { kind: 'end', thread, ret } : { kind: 'passed', why: 'the end of another function' };
    }
    const call = CALL.exec(rest);
    if (call === null) return { kind: 'passed', why: 'another line of function_graph' };
    const [, name = '', args = '', end = ''] = call;
    const caller = open.findLast((one) => closesDevice(one.name))?.name ?? null;
    if (end !== ';') open.push({ name, indent });
    if (name !== OURS) return { kind: 'passed', why: 'another function of the kernel' };
    const column = text.length - rest.length + 1;
    return { kind: 'call', thread, fields: fieldsOf(args), column, caller, ret, isWhole: end === ';' };
  }
}

const OURS = 'vfio_pci_set_irqs_ioctl';

/** Returns the lower 32 bits as a signed number. */
function signed(text: string): number {
  return Number(BigInt.asIntN(32, BigInt(text)));
}

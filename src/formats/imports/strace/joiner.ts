// Joins the two lines of a system call that another process interrupts in the trace.

import { shown } from '../format.ts';
import { type Call, callOf, straceLineOf } from './call.ts';

/** A line, with the whole call where the line ends one. */
export type Joined =
  /** `begun` is the line in which the call begins, where that is another one. */
  | { readonly kind: 'call'; readonly pid: string; readonly call: Call; readonly begun: number | null }
  /** A later line ends the call. */
  | { readonly kind: 'begun'; readonly pid: string; readonly text: string }
  | { readonly kind: 'exit'; readonly pid: string }
  | { readonly kind: 'event'; readonly text: string }
  | { readonly kind: 'ignored'; readonly pid: string }
  | { readonly kind: 'passed'; readonly why: string }
  | {
      readonly kind: 'broken';
      readonly column: number;
      readonly expected: string;
      readonly found: string;
      readonly begun: number | null;
    };

/** Joins the calls of one text. */
export class CallJoiner {
  #line = 0;
  /** Unfinished calls by process: their line and text. */
  readonly #begun = new Map<string, { readonly line: number; readonly text: string }>();
  /** The process whose line a message of strace cut last. */
  #last = '';
  #lost: number[] = [];
  readonly #ignored: ReadonlySet<string>;

  /** `ignored`: the names of calls of which only the process is needed, where one line contains the whole call. */
  constructor(ignored: ReadonlySet<string> = new Set()) {
    this.#ignored = ignored;
  }

  /** Reads the next line. */
  add(text: string): Joined {
    this.#line++;
    const read = straceLineOf(text, this.#ignored);
    switch (read.kind) {
      case 'call':
        return { kind: 'call', pid: read.pid, call: read.call, begun: null };
      case 'unfinished': {
        this.#lose(read.pid);
        this.#begun.set(read.pid, { line: this.#line, text: read.text });
        this.#last = read.pid;
        return { kind: 'begun', pid: read.pid, text: read.text };
      }
      case 'resumed':
        return this.#resumed(read.name, read.text, read.pid);
      case 'exit':
        this.#lose(read.pid);
        return read;
      case 'broken':
        return { ...read, begun: null };
      case 'other':
        return { kind: 'passed', why: read.why };
      default:
        return read;
    }
  }

  /** Returns the lines of calls whose end will not come. The next call returns only later ones. */
  takeLost(): readonly number[] {
    const lost = this.#lost;
    this.#lost = [];
    return lost;
  }

  #lose(pid: string): void {
    const begun = this.#begun.get(pid);
    if (begun !== undefined) this.#lost.push(begun.line);
    this.#begun.delete(pid);
  }

  #resumed(name: string, text: string, said: string): Joined {
    const pid = name === '' && !this.#begun.has(said) ? this.#last : said;
    const begun = this.#begun.get(pid);
    if (begun === undefined || (name !== '' && !begun.text.startsWith(`${name}(`)))
      return { kind: 'passed', why: 'the end of a call whose beginning is not watched or not in the trace' };
    this.#begun.delete(pid);
    const read = callOf(`${begun.text}${text}`, 0);
    if ('call' in read) return { kind: 'call', pid, call: read.call, begun: begun.line };
    const column = Math.max(1, read.column - begun.text.length);
    return { kind: 'broken', ...read, found: shown(read.found), column, begun: begun.line };
  }
}

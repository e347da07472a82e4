// The descriptors of eventfd objects over the lines, as columns: a name needs no replay of the lines before it.

import { descriptorsName } from '../../text/eventfds.ts';

/** Numbers of an entry: line, eventfd object, descriptor, and 1 where it opens or 0 where it closes. */
const NAME_FIELDS = 4;

/** A descriptor that opens or closes. */
interface NameChange {
  readonly line: number;
  readonly fd: number;
  readonly opens: boolean;
}

/** The names of eventfds at every line of a timeline. */
export class EventfdNames {
  /** By eventfd object, ascending by line. */
  readonly #changes = new Map<number, NameChange[]>();
  #count = 0;

  /** Changes so far. */
  get count(): number {
    return this.#count;
  }

  /** Adds changes of later lines. */
  append(names: Int32Array): void {
    for (let at = 0; at < names.length; at += NAME_FIELDS) {
      const [line = 0, ev = 0, fd = 0, opens = 0] = names.subarray(at, at + NAME_FIELDS);
      const known = this.#changes.get(ev) ?? [];
      this.#changes.set(ev, known);
      known.push({ line, fd, opens: opens === 1 });
      this.#count++;
    }
  }

  /** Removes the changes of every line after the first `length`. */
  truncate(length: number): void {
    this.#count = 0;
    for (const [ev, changes] of this.#changes) {
      while ((changes.at(-1)?.line ?? 0) > length) changes.pop();
      this.#count += changes.length;
      if (changes.length === 0) this.#changes.delete(ev);
    }
  }

  /** Returns the name of an eventfd after a line, for instance `fd 100`. */
  at(ev: number, line: number): string {
    const fds = new Set<number>();
    for (const change of this.#changes.get(ev) ?? []) {
      if (change.line > line) break;
      if (change.opens) fds.add(change.fd);
      else fds.delete(change.fd);
    }
    return descriptorsName([...fds].sort((a, b) => a - b));
  }
}

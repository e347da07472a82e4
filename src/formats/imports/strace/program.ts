// Follows the descriptors of the traced processes: what each number stands for, and when the last descriptor of a thing is closed.
// Both readings of a text follow the same calls, so a thing has the same number in both.

/** What a descriptor stands for. */
export type ThingKind = 'eventfd' | 'file' | 'cdev' | 'device' | 'group' | 'container';

/** An open file of the kernel. */
export interface Thing {
  readonly kind: ThingKind;
  /** The number of an eventfd or file in the order of opening; −1 for others. */
  readonly id: number;
  /** The descriptor that opened it. */
  readonly fd: number;
  /** The path, or the name of a device; empty if unknown. */
  readonly name: string;
  readonly initval: bigint;
  readonly semaphore: boolean;
  /** Its descriptors in all processes. */
  refs: number;
}

/** The kind of a thing with the facts of its opening. */
type Opening = Pick<Thing, 'kind'> & Partial<Pick<Thing, 'name' | 'initval' | 'semaphore'>>;

/** The descriptors of processes that share them. */
interface Table {
  readonly open: Map<number, Thing>;
  /** What a closed number stood for last. */
  readonly closed: Map<number, Thing>;
  /** The living processes that have appeared. */
  readonly pids: Set<string>;
}

/** A thing that has lost its last descriptor. */
export interface Ended {
  readonly thing: Thing;
  readonly fd: number;
}

/** All processes of a trace. */
export class Program {
  readonly #first: Table = { open: new Map(), closed: new Map(), pids: new Set() };
  readonly #tables = new Map<string, Table>();
  #things = 0;
  /** The process whose call that makes another one has not ended. */
  #forking: { readonly pid: string; readonly isShared: boolean } | null = null;
  /** Several processes share descriptors, and the trace does not show how they began. */
  shares = false;

  #table(pid: string): Table {
    const known = this.#tables.get(pid);
    if (known !== undefined) return known;
    if (this.#forking !== null) {
      const { pid: parent, isShared } = this.#forking;
      this.fork(parent, pid, isShared);
      return this.#table(pid);
    }
    this.#tables.set(pid, this.#first);
    this.#first.pids.add(pid);
    if ([...this.#first.pids].filter((one) => one !== '').length > 1) this.shares = true;
    return this.#first;
  }

  /** Notes that the process runs. A new one is the process that a call has begun to make. */
  meet(pid: string): void {
    this.#table(pid);
  }

  /** Returns the thing behind a descriptor. */
  at(pid: string, fd: number): Thing | undefined {
    return this.#table(pid).open.get(fd);
  }

  /** Returns true if a device of that name is open. */
  isOpen(name: string): boolean {
    const tables = new Set([this.#first, ...this.#tables.values()]);
    return [...tables].some(({ open }) =>
      [...open.values()].some((thing) => thing.name === name && thing.kind === 'device'),
    );
  }

  /** Returns the thing that a closed descriptor stood for last. */
  was(pid: string, fd: number): Thing | undefined {
    return this.#table(pid).closed.get(fd);
  }

  /** Opens a thing. A thing that still has the descriptor was closed without a line; it is returned too. */
  open(pid: string, fd: number, opening: Opening): { readonly thing: Thing; readonly ended: Ended | null } {
    const ended = this.close(pid, fd);
    const { kind, name = '', initval = 0n, semaphore = false } = opening;
    const id = kind === 'eventfd' || kind === 'file' ? this.#things++ : -1;
    const thing: Thing = { kind, id, fd, name, initval, semaphore, refs: 1 };
    this.#table(pid).open.set(fd, thing);
    return { thing, ended };
  }

  /** Adds a descriptor; returns the thing that had it before and has lost its last one. */
  copy(pid: string, from: number, to: number): Ended | null {
    const thing = this.at(pid, from);
    if (from === to) return null;
    const ended = this.close(pid, to);
    if (thing !== undefined) {
      thing.refs++;
      this.#table(pid).open.set(to, thing);
    }
    return ended;
  }

  /** Closes a descriptor; returns its thing if that was the last one. */
  close(pid: string, fd: number): Ended | null {
    const { open, closed } = this.#table(pid);
    const thing = open.get(fd);
    if (thing === undefined) return null;
    open.delete(fd);
    closed.set(fd, thing);
    thing.refs--;
    return thing.refs === 0 ? { thing, fd } : null;
  }

  /** Closes the descriptors of a range; returns the things that lose their last one. */
  closeRange(pid: string, first: number, last: number): readonly Ended[] {
    const fds = [...this.#table(pid).open.keys()].filter((fd) => fd >= first && fd <= last);
    return fds.sort((a, b) => a - b).flatMap((fd) => this.close(pid, fd) ?? []);
  }

  /** Begins a call that makes a process: the next new process is that one. */
  beginFork(pid: string, isShared: boolean): void {
    this.#table(pid);
    this.#forking = { pid, isShared };
  }

  /** Makes a process; it shares the descriptors or has copies of them. */
  fork(pid: string, child: string, isShared: boolean): void {
    this.#forking = null;
    const table = this.#table(pid);
    const known = this.#tables.get(child);
    // the child's own lines can come before the end of the call that made it
    if (known !== undefined && known !== this.#first) return;
    this.#first.pids.delete(child);
    if (isShared) {
      table.pids.add(child);
      this.#tables.set(child, table);
      return;
    }
    for (const thing of table.open.values()) thing.refs++;
    this.#tables.set(child, { open: new Map(table.open), closed: new Map(), pids: new Set([child]) });
  }

  /**
   * Starts another program in a process. Descriptors of vfio and eventfds of its parent do not usually go on there, so a process
   * that was forked gives up its copies. Returns the things that lose their last descriptor.
   */
  exec(pid: string): readonly Ended[] {
    const table = this.#tables.get(pid);
    if (table === this.#first || (table === undefined && this.#first.pids.size === 0)) return [];
    const ended = table === undefined ? [] : this.exit(pid);
    this.#tables.set(pid, { open: new Map(), closed: new Map(), pids: new Set([pid]) });
    return ended;
  }

  /** Ends a process; returns the things that lose their last descriptor, by ascending descriptor. */
  exit(pid: string): readonly Ended[] {
    const table = this.#table(pid);
    table.pids.delete(pid);
    this.#tables.delete(pid);
    if (table.pids.size > 0) return [];
    const ended: Ended[] = [];
    for (const [fd, thing] of [...table.open].sort(([a], [b]) => a - b)) {
      thing.refs--;
      if (thing.refs === 0) ended.push({ thing, fd });
    }
    table.open.clear();
    table.closed.clear();
    return ended;
  }
}

// Converts a machine to a row of small integers and back: cell 0 for the globals, one per vector, one per eventfd object
// (whether it has a bypass producer). Each new value of a cell gets the next number.

import type { Eventfd, File, IrqCtx, Machine, MsiDesc, TableEntry } from '../machine/machine.ts';
import { domainOf, pciOf, vdevOf } from './assemble.ts';
import { CellMap, type Watch, type Watched } from './cellMap.ts';
import { GlobalValues } from './globalValues.ts';
import type { CellValues } from './space.ts';
import { type Globals, type KeyParts, type VectorState, vectorCode, vectorOfCode } from './state.ts';
import { type VectorParts, vectorParts, withUsualMessages } from './vectorParts.ts';
import { vectorsOf } from './vectors.ts';

/** Irq numbers in use, and the lowest free one. */
interface GivenNumbers {
  readonly numbers: CellMap<number>;
  readonly lowestFree: number;
}

/** The cells of the machines of one search, built from its start machine. */
export class Cells {
  readonly vectors: number;
  /** Number of eventfd objects with a cell; 0 where counters are in the key. */
  readonly objects: number;
  /** Number of cells of a state. */
  readonly count: number;
  readonly #parts: KeyParts;
  readonly #start: Machine;
  readonly #globals: GlobalValues;
  readonly #states: VectorState[] = [];
  readonly #stateIds = new Map<number, number>();
  /** By number of a vector state. */
  readonly #codes: number[] = [];
  /** The values that `newValues` has returned. */
  #told = { globals: 0, vectors: 0 };
  /** Indexed by vector, then by value of the cell. */
  readonly #vectorParts: VectorParts[][];
  /** Keyed by the set of allocated vectors. */
  readonly #numbers = new Map<number, GivenNumbers>();
  /** Keyed by the references of each object. */
  readonly #eventfdTables = new Map<number, CellMap<Eventfd>>();
  #watch: Watch | null = null;
  #ofVectors: Watched | null = null;
  #ofObjects: Watched | null = null;
  /** Number of descriptors per eventfd object. */
  readonly #fileRefs: number[];

  constructor(start: Machine, parts: KeyParts) {
    this.#start = start;
    this.#parts = parts;
    this.#globals = new GlobalValues(parts);
    this.vectors = vectorsOf(start);
    this.objects = parts.counters ? 0 : start.nextEventfd;
    this.count = 1 + this.vectors + this.objects;
    this.#vectorParts = Array.from({ length: this.vectors }, () => []);
    this.#fileRefs = Array.from({ length: start.nextEventfd }, () => 0);
    start.fds.forEach((file) => {
      if (file.kind === 'eventfd') this.#fileRefs[file.ev] = (this.#fileRefs[file.ev] ?? 0) + 1;
    });
  }

  /** Returns the number of a cell's value in a machine. */
  value(machine: Machine, cell: number): number {
    if (cell === 0) return this.#globals.idOf(machine);
    if (cell <= this.vectors) return this.#vectorId(vectorCode(machine, cell - 1, this.#parts));
    return machine.producers.has(cell - 1 - this.vectors) ? 1 : 0;
  }

  /** Returns the globals of that number. */
  globals(id: number): Globals {
    return this.#globals.at(id);
  }

  /** Returns the vector state of that number. */
  vector(id: number): VectorState {
    const found = this.#states[id];
    if (found === undefined) throw new Error(`unknown vector state ${id}`);
    return found;
  }

  #vectorId(code: number): number {
    let id = this.#stateIds.get(code);
    if (id === undefined) {
      id = this.#states.push(vectorOfCode(code)) - 1;
      this.#codes.push(code);
      this.#stateIds.set(code, id);
    }
    return id;
  }

  /** Returns the values that are new since the last call. */
  newValues(): CellValues {
    const values = {
      globals: this.#globals.from(this.#told.globals),
      vectors: this.#codes.slice(this.#told.vectors),
    };
    this.#told = {
      globals: this.#told.globals + values.globals.length,
      vectors: this.#told.vectors + values.vectors.length,
    };
    return values;
  }

  /** Returns the numbers of values here. */
  numbersOf({ globals, vectors }: CellValues): {
    readonly globals: Int32Array;
    readonly vectors: Int32Array;
  } {
    return {
      globals: Int32Array.from(globals, (one) => this.#globals.numberOf(one)),
      vectors: Int32Array.from(vectors, (code) => this.#vectorId(code)),
    };
  }

  /** Returns the machine of a row. With a watch, a run on it reports the cells that it reads; every run reads the globals. */
  machine(row: Int32Array, watch: Watch | null): Machine {
    const { vectors } = this;
    const { host, device } = this.#start;
    const globals = this.globals(row[0] ?? 0);
    const descs = new Array<MsiDesc | undefined>(vectors);
    const ctx = new Array<IrqCtx | undefined>(vectors);
    const entries = new Array<TableEntry | undefined>(vectors);
    const refs = globals.files === null ? this.#fileRefs.slice() : [];
    const producers = new Array<number | undefined>(this.objects);
    let allocated = 0;
    let contexts = 0;
    let unblank = 0;
    let cpuVectorsUsed = 0;
    let producing = 0;
    let mask = 0;
    for (let vector = vectors - 1; vector >= 0; vector--) {
      const parts = this.#partsOf(vector, row[1 + vector] ?? 0);
      descs[vector] = parts.desc;
      ctx[vector] = parts.ctx;
      entries[vector] = parts.entry;
      if (parts.entry !== undefined) unblank++;
      if (parts.holdsCpuVector) cpuVectorsUsed++;
      if (parts.desc !== undefined) {
        allocated++;
        mask += 2 ** vector;
      }
      if (parts.ctx !== undefined) {
        contexts++;
        const { trigger, producer } = parts.ctx;
        if (trigger !== null) refs[trigger] = (refs[trigger] ?? 0) + 1;
        if (producer && trigger !== null) {
          producers[trigger] = host.firstIrq + vector;
          producing++;
        }
      }
    }
    if (globals.files === null) addOtherUses(refs, globals);
    this.#check(row, globals, producers, cpuVectorsUsed);
    const given = this.#givenNumbers(mask, descs, allocated);
    if (watch !== this.#watch) this.#watchedBy(watch);
    const ofVectors = this.#ofVectors;
    const files = globals.files === null ? null : filesOf(globals.files);
    return {
      host,
      device,
      fds: files === null ? this.#start.fds : files.fds,
      eventfds: files === null ? this.#eventfds(refs, globals.nonzero ?? []) : files.eventfds,
      nextEventfd: globals.nextEventfd,
      openCount: globals.openCount,
      pci: pciOf(globals.pci, new CellMap(entries, unblank, ofVectors)),
      domain: domainOf(globals.domain, {
        descs: new CellMap(descs, allocated, ofVectors),
        numbers: given.numbers,
        lowestFree: given.lowestFree,
        cpuVectorsUsed,
        reserved: host.msiController === 'gic' ? 0 : allocated - cpuVectorsUsed,
      }),
      vdev: vdevOf(globals.vdev, new CellMap(ctx, contexts, ofVectors)),
      producers: new CellMap(producers, producing, files === null ? this.#ofObjects : null),
    };
  }

  #givenNumbers(mask: number, descs: readonly (MsiDesc | undefined)[], allocated: number): GivenNumbers {
    // a larger set has no exact number, and a search does not get far on such a wide device
    const exact = this.vectors <= 48 && !this.#parts.numbers;
    const known = exact ? this.#numbers.get(mask) : undefined;
    if (known !== undefined) return known;
    const { firstIrq } = this.#start.host;
    const byNumber: (number | undefined)[] = [];
    descs.forEach((desc, vector) => {
      if (desc !== undefined) byNumber[desc.irq] = vector;
    });
    const numbers = new CellMap(byNumber, allocated);
    const made = { numbers, lowestFree: numbers.firstFree(firstIrq) };
    if (exact) this.#numbers.set(mask, made);
    return made;
  }

  /** Facts that follow from the vectors are left out of the key; throws where they do not follow. */
  #check(
    row: Int32Array,
    globals: Globals,
    producers: readonly (number | undefined)[],
    cpuVectorsUsed: number,
  ): void {
    if (this.#parts.reservations && globals.cpuVectorsUsed !== cpuVectorsUsed) {
      throw new Error(`${globals.cpuVectorsUsed} CPU vectors in use, but the vectors have ${cpuVectorsUsed}`);
    }
    for (let ev = 0; ev < this.objects; ev++) {
      if ((row[1 + this.vectors + ev] === 1) !== (producers[ev] !== undefined)) {
        throw new Error(`eventfd object ${ev}: its bypass producer differs from that of the vectors`);
      }
    }
  }

  /** Builds the cell ranges for a watch once, because every run uses the same watch. */
  #watchedBy(watch: Watch | null): void {
    this.#watch = watch;
    this.#ofVectors = watch === null ? null : { watch, first: 1, count: this.vectors };
    this.#ofObjects = watch === null ? null : { watch, first: 1 + this.vectors, count: this.objects };
  }

  /** Returns the eventfd objects with these references and counters above zero. Few tables occur. */
  #eventfds(refs: readonly number[], nonzero: readonly number[]): CellMap<Eventfd> {
    // the file, each vector, INTx with its UNMASK eventfd, ERR and REQ
    const most = 2 * (this.vectors + 6);
    let code = 0;
    for (let ev = 0; ev < refs.length; ev++) {
      code = code * most + 2 * (refs[ev] ?? 0) + (nonzero.includes(ev) ? 1 : 0);
    }
    const exact = most ** refs.length < 2 ** 53;
    const known = exact ? this.#eventfdTables.get(code) : undefined;
    if (known !== undefined) return known;
    let size = 0;
    const objects = refs.map((count, ev) => {
      if (count === 0) return undefined;
      size++;
      const above = nonzero.includes(ev) ? 1n : 0n;
      return { count: above, semaphore: this.#start.eventfds.get(ev)?.semaphore ?? false, refs: count };
    });
    const made = new CellMap(objects, size);
    if (exact) this.#eventfdTables.set(code, made);
    return made;
  }

  #partsOf(vector: number, id: number): VectorParts {
    const known = this.#vectorParts[vector]?.[id];
    if (known !== undefined) return known;
    const state = this.vector(id);
    const full = this.#parts.messages ? state : withUsualMessages(state);
    const number = this.#parts.numbers ? full.number : vector;
    const made = vectorParts(this.#start, this.vectors, vector, number, full);
    const list = this.#vectorParts[vector];
    if (list !== undefined) list[id] = made;
    return made;
  }
}

/** Counts the uses of eventfd objects by INTx, ERR and REQ. */
function addOtherUses(refs: number[], { vdev: { intx, err_trigger, req_trigger } }: Globals): void {
  for (const ev of [intx?.trigger, intx?.unmask, err_trigger, req_trigger]) {
    if (ev !== null && ev !== undefined) refs[ev] = (refs[ev] ?? 0) + 1;
  }
}

function filesOf(files: NonNullable<Globals['files']>): {
  readonly fds: CellMap<File>;
  readonly eventfds: CellMap<Eventfd>;
} {
  const fds: (File | undefined)[] = [];
  for (const [fd, file] of files.fds) fds[fd] = file;
  const eventfds: (Eventfd | undefined)[] = [];
  for (const [ev, { count, semaphore, refs }] of files.eventfds) {
    eventfds[ev] = { count: BigInt(count), semaphore, refs };
  }
  return {
    fds: new CellMap(fds, files.fds.length),
    eventfds: new CellMap(eventfds, files.eventfds.length),
  };
}

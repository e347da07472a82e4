// Imports /proc/interrupts and listings of msi_irqs, also both in one text: the irqs of one device become the expected state, and
// a script that makes this state. Earlier tables of the same text are passed, because the last one shows the newest state.

import type { ExpectedIrq, IrqMode } from '../../../session/expectedState.ts';
import { counted } from '../../../text/numbers.ts';
import {
  bad,
  became,
  type ImportEnd,
  type ImportFormat,
  type ImportReader,
  type Outcome,
  passed,
  shown,
} from '../format.ts';
import { chosenIndex, deviceChoice, deviceGuesses, type ImportChoice, type ImportDevice } from './address.ts';
import { type MsiIrqsLine, msiIrqsLine } from './msiIrqsLine.ts';
import { type ProcRow, procRow } from './procRow.ts';
import { type ChipFacts, mostVectors, type PlacedIrq, tableDevice, tableOps } from './tableScript.ts';
import { tableSentences } from './tableSentences.ts';

/** /proc/interrupts. */
export const PROC_INTERRUPTS: ImportFormat = {
  id: 'proc-interrupts',
  label: '/proc/interrupts',
  thing: 'table of /proc/interrupts',
  travels: true,
  isState: true,
  mark: (text) => {
    const row = procRow(text, 0);
    if (row.kind === 'cpus') return 'the heading of /proc/interrupts';
    if (row.kind === 'broken') return row.found.startsWith('vfio-') ? 'a handler of vfio' : null;
    if (row.kind !== 'irq') return null;
    const [name] = row.vfio;
    if (name !== undefined) return `the handler vfio-${name.mode}`;
    return row.counts.length > 0 &&
      (row.place !== null || /\bIO-APIC\b|\bXT-PIC\b|\bGICv?\d?\b/.test(row.rest))
      ? 'an irq with counts and its chip'
      : null;
  },
  begin: () => ({ open: (choices) => new TableReader(deviceChoice(choices)) }),
};

/** A listing of msi_irqs. */
export const MSI_IRQS: ImportFormat = {
  id: 'msi-irqs',
  label: 'msi_irqs of sysfs',
  thing: 'listing of msi_irqs',
  travels: true,
  isState: true,
  mark: (text) => {
    if (/\bmsi_irqs\b/.test(text)) return 'msi_irqs';
    const line = msiIrqsLine(text);
    return line.kind === 'irqs' && line.mode !== null ? shown(text, 20) : null;
  },
  begin: () => ({ open: (choices) => new TableReader(deviceChoice(choices)) }),
};

class TableReader implements ImportReader {
  readonly #lines: string[] = [];
  readonly #choice: ImportChoice | undefined;

  constructor(choice: ImportChoice | undefined) {
    this.#choice = choice;
  }

  add(text: string): readonly Outcome[] {
    this.#lines.push(text);
    return [];
  }

  end(): ImportEnd {
    return new Tables(this.#lines).end(this.#choice);
  }
}

type IrqRow = Extract<ProcRow, { readonly kind: 'irq' }>;
type Listed = Extract<MsiIrqsLine, { readonly kind: 'irqs' }>;

/** An irq with its line, from 0. */
interface SeenIrq extends ExpectedIrq {
  readonly line: number;
}

/** The lines of a text, sorted by their kind. */
class Tables {
  readonly #outcomes: (Outcome | null)[];
  readonly #rows: { readonly line: number; readonly row: IrqRow }[] = [];
  readonly #lists: { readonly line: number; readonly list: Listed; readonly device: string | null }[] = [];
  /** The mode that the contents of the files name. */
  #listedMode: 'msi' | 'msix' | null = null;
  #hasTable = false;
  #absent = false;

  constructor(lines: readonly string[]) {
    this.#outcomes = lines.map(() => null);
    let cpus = 0;
    let folder: string | null = null;
    for (const [line, text] of lines.entries()) {
      if (text.trim() === '') {
        this.#outcomes[line] = passed('empty');
        continue;
      }
      const row = procRow(text, cpus);
      if (row.kind !== 'unknown') {
        if (row.kind === 'cpus') cpus = row.cpus;
        this.#proc(line, row);
        continue;
      }
      const list = msiIrqsLine(text);
      if (list.kind === 'folder') folder = list.device;
      this.#sysfs(line, text, list, folder);
    }
  }

  #proc(line: number, row: Exclude<ProcRow, { readonly kind: 'unknown' }>): void {
    switch (row.kind) {
      case 'cpus':
        for (const { line: earlier } of this.#rows)
          this.#outcomes[earlier] ??= passed('a row of an earlier table; the last table of the text counts');
        this.#rows.length = 0;
        this.#hasTable = true;
        this.#outcomes[line] = passed(
          row.cpus === 0 ? 'the heading, cut off' : `the heading: ${counted(row.cpus, 'CPU')}`,
        );
        return;
      case 'other':
        this.#outcomes[line] = passed(`${row.name}: interrupts of the CPUs, not of a device`);
        return;
      case 'broken':
        this.#outcomes[line] = bad(line + 1, row.column, row.expected, shown(row.found));
        return;
      case 'irq':
        this.#hasTable = true;
        this.#rows.push({ line, row });
    }
  }

  #sysfs(line: number, text: string, list: MsiIrqsLine, folder: string | null): void {
    switch (list.kind) {
      case 'irqs':
        this.#listedMode ??= list.mode;
        this.#lists.push({ line, list, device: list.device ?? folder });
        return;
      case 'mode':
        this.#listedMode ??= list.mode;
        this.#outcomes[line] = passed(`the irq has mode ${list.mode}`);
        return;
      case 'folder':
        this.#outcomes[line] = passed(list.isCommand ? 'a command' : 'the name of the folder');
        return;
      case 'absent':
        this.#absent = true;
        this.#outcomes[line] = passed('no folder msi_irqs: neither MSI nor MSI-X is enabled');
        return;
      case 'broken':
        this.#outcomes[line] = bad(line + 1, list.column, 'msi or msix', shown(list.found, 20));
        return;
      case 'nothing':
        this.#outcomes[line] = passed('an entry that is not an irq');
        return;
      case 'unknown':
        this.#outcomes[line] = /vfio|msi|irq/i.test(text)
          ? passed('not read: no row of an irq, and no file of msi_irqs')
          : passed('text outside the table');
    }
  }

  end(choice: ImportChoice | undefined): ImportEnd {
    const devices = this.#devices();
    const chosen = devices[chosenIndex(devices, choice, this.#preferred(devices))]?.name ?? null;
    const tabled = this.#ownRows(chosen);
    const listed = this.#ownFiles(chosen, tabled);
    // the SET_IRQS comes with the last line, after all eventfds
    const inOrder = [...tabled, ...listed].sort((a, b) => a.line - b.line);
    const irqs = placed(inOrder, !this.#hasTable);
    const ops = tableOps(irqs);
    const byLine = new Map<number, (typeof ops)[number][number][]>();
    for (const [at, { line }] of irqs.entries())
      byLine.set(line, [...(byLine.get(line) ?? []), ...(ops[at] ?? [])]);
    for (const [line, all] of byLine)
      this.#outcomes[line] = all.length > 0 ? became(all) : passed('an irq without a handler');
    const expected = {
      device: chosen,
      saysHandlers: this.#hasTable,
      listsAll: this.#lists.length > 0,
      irqs: irqs.map(({ irq, mode, vector, handler, count }) => ({ irq, mode, vector, handler, count })),
    };
    const about = {
      ...expected,
      irqs,
      chips: this.#chips(irqs),
      isModeKnown: this.#listedMode !== null,
      isAbsent: this.#absent,
      pinNames: this.#pinNames(irqs),
    };
    return {
      outcomes: this.#outcomes.map((outcome) => outcome ?? passed('not an irq of this device')),
      device: irqs.length === 0 ? null : tableDevice(irqs, chosen, about.chips),
      assumed: tableSentences(about),
      ...(irqs.length === 0 ? {} : { expected }),
      ...deviceGuesses(devices, chosen ?? '', 'it is the first with MSI-X or MSI', choice),
    };
  }

  /** Returns the devices that vfio handles, then those with a listing. */
  #devices(): readonly ImportDevice[] {
    const numbers = new Map<string, number>();
    const count = (device: string, more: number) => numbers.set(device, (numbers.get(device) ?? 0) + more);
    for (const { row } of this.#rows) for (const { device } of row.vfio) count(device, 1);
    const tabled = new Set(numbers.keys());
    for (const { list, device } of this.#lists)
      if (device !== null && !tabled.has(device)) count(device, list.irqs.length);
    return [...numbers].map(([name, irqs]) => ({
      name,
      about: `${irqs} irq${irqs === 1 ? '' : 's'} in the text`,
    }));
  }

  /** Returns the index of the first device with MSI-X or MSI, or of the first one. */
  #preferred(devices: readonly ImportDevice[]): number {
    const isIntx = new Set(
      this.#rows.flatMap(({ row }) =>
        row.vfio.flatMap(({ mode, device }) => (mode === 'intx' ? [device] : [])),
      ),
    );
    return Math.max(
      0,
      devices.findIndex(({ name }) => !isIntx.has(name)),
    );
  }

  /** Returns the irqs of the chosen device in the table, of one mode, and decides the other rows. */
  #ownRows(chosen: string | null): readonly SeenIrq[] {
    const names = this.#rows.flatMap(({ row }) => row.vfio.filter(({ device }) => device === chosen));
    const modes: readonly IrqMode[] = ['msix', 'msi', 'intx'];
    const mode = modes.find((one) => names.some((name) => name.mode === one));
    const seen: SeenIrq[] = [];
    for (const { line, row } of this.#rows) {
      const name = row.vfio.find(({ device }) => device === chosen);
      const isBare = row.names === '' && row.place !== null && row.place.device === chosen;
      const irqMode = name?.mode ?? (isBare ? (row.place?.mode ?? mode ?? 'msix') : null);
      const vector = name === undefined ? (row.place?.vector ?? null) : name.vector;
      if (irqMode === null) {
        const [other] = row.vfio;
        this.#outcomes[line] = passed(
          other === undefined ? 'no handler of vfio' : `another device: ${other.device}`,
        );
      } else if (mode !== undefined && irqMode !== mode) {
        this.#outcomes[line] = passed(
          `an irq of another mode; a device has one, and the script uses ${mode}`,
        );
      } else if (vector !== null && vector >= mostVectors(irqMode)) {
        const expected = `a vector below ${mostVectors(irqMode)}`;
        this.#outcomes[line] = bad(line + 1, 1, expected, `vector ${vector}`);
      } else if (seen.some((one) => one.irq === row.irq || (vector !== null && one.vector === vector))) {
        this.#outcomes[line] = passed('the irq or vector of an earlier row');
      } else {
        const count = row.counts.length === 0 ? null : row.counts.reduce((sum, one) => sum + one, 0);
        seen.push({ line, irq: row.irq, mode: irqMode, vector, handler: name !== undefined, count });
      }
    }
    return seen;
  }

  /** Returns the irqs that only the listing has, and decides its lines. */
  #ownFiles(chosen: string | null, tabled: readonly SeenIrq[]): readonly SeenIrq[] {
    const known = new Set(tabled.map(({ irq }) => irq));
    const mode = tabled[0]?.mode === 'msi' ? 'msi' : (this.#listedMode ?? 'msix');
    const seen: SeenIrq[] = [];
    for (const { line, list, device } of this.#lists) {
      if (device !== null && chosen !== null && device !== chosen) {
        this.#outcomes[line] = passed(`another device: ${device}`);
        continue;
      }
      const fresh = list.irqs.filter((irq) => !known.has(irq));
      for (const irq of fresh) known.add(irq);
      if (known.size > mostVectors(mode)) {
        const expected = `at most ${mostVectors(mode)} irqs of one device`;
        this.#outcomes[line] = bad(line + 1, 1, expected, `${known.size}`);
        return seen;
      }
      for (const irq of fresh) seen.push({ line, irq, mode, vector: null, handler: false, count: null });
      if (fresh.length === 0) this.#outcomes[line] = passed('an irq of the table or of an earlier line');
    }
    return seen;
  }

  /** Returns the other handlers on the irq of the pin. */
  #pinNames(irqs: readonly PlacedIrq[]): readonly string[] {
    const pin = irqs.find(({ mode }) => mode === 'intx')?.irq;
    const rest = this.#rows.find(({ row }) => row.irq === pin)?.row.rest ?? '';
    const names = /(?:fasteoi|level|edge)\S*\s+(.*)$/i.exec(rest)?.[1] ?? rest;
    const others = names.split(/,\s*/).filter((name) => name !== '' && !name.includes('vfio-intx('));
    return pin === undefined ? [] : others.map((name) => shown(name, 40));
  }

  #chips(irqs: readonly { readonly irq: number }[]): ChipFacts {
    const own = new Set(irqs.map(({ irq }) => irq));
    const chips = this.#rows.filter(({ row }) => own.has(row.irq)).map(({ row }) => row.rest);
    const some = (test: RegExp) => chips.some((text) => test.test(text));
    if (some(/^(?:ITS|GIC)/i)) return { controller: 'gic', remapping: null };
    if (some(/^IR-/)) return { controller: 'apic', remapping: true };
    return some(/^PCI-MSI/)
      ? { controller: 'apic', remapping: false }
      : { controller: null, remapping: null };
  }
}

/** Gives each irq a vector: that of the text, or else the one that its number suggests, or else the next free one. */
function placed(
  irqs: readonly SeenIrq[],
  bindAll: boolean,
): readonly (PlacedIrq & { readonly line: number })[] {
  const [mode] = irqs.map((one) => one.mode);
  const taken = new Set(irqs.flatMap(({ vector }) => (vector === null ? [] : [vector])));
  const known = irqs.find(({ vector }) => vector !== null);
  const offset = known?.vector === undefined || known.vector === null ? null : known.irq - known.vector;
  const most = mode === undefined ? 0 : mostVectors(mode);
  const places = new Map<SeenIrq, number>();
  let next = 0;
  for (const one of [...irqs].sort((a, b) => a.irq - b.irq)) {
    const guess = offset === null ? -1 : one.irq - offset;
    let at = one.vector ?? guess;
    if (one.vector === null && (at < 0 || at >= most || taken.has(at))) {
      while (taken.has(next)) next++;
      at = next;
    }
    taken.add(at);
    places.set(one, at);
  }
  return irqs.map((one) => ({ ...one, at: places.get(one) ?? 0, bound: bindAll || one.handler }));
}

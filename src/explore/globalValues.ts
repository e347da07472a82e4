// The different values of the globals cell, numbered in the order of their first use.

import type { Machine } from '../machine/machine.ts';
import { type Globals, globalsOf, globalsText, type KeyParts } from './state.ts';

/** The globals of all states of a search. */
export class GlobalValues {
  readonly #parts: KeyParts;
  /** True if the globals consist of scalars alone. */
  readonly #plain: boolean;
  readonly #values: Globals[] = [];
  readonly #ids = new Map<string, number>();
  /** Number of the latest globals, which most runs do not change. */
  #last = 0;

  constructor(parts: KeyParts) {
    this.#parts = parts;
    this.#plain = !parts.counters && !parts.nonzero && !parts.numbers && !parts.pool && !parts.reservations;
  }

  /** Returns the number of the globals of a machine. */
  idOf(machine: Machine): number {
    const last = this.#values[this.#last];
    if (last === undefined || !this.#sameScalars(last, machine))
      this.#last = this.numberOf(globalsOf(machine, this.#parts));
    return this.#last;
  }

  /** Returns the globals of that number. */
  at(id: number): Globals {
    const found = this.#values[id];
    if (found === undefined) throw new Error(`unknown globals ${id}`);
    return found;
  }

  /** Returns true if every part is identical to that of the machine, so that the texts are equal as well. */
  #sameScalars(globals: Globals, machine: Machine): boolean {
    if (!this.#plain) return false;
    const { pci, vdev, domain } = globals;
    const now = machine.pci;
    const held = machine.vdev;
    return (
      globals.openCount === machine.openCount &&
      globals.nextEventfd === machine.nextEventfd &&
      domain.mode === machine.domain.mode &&
      domain.msiGranted === machine.domain.msiGranted &&
      (!this.#parts.originals || domain.initialRange === machine.domain.initialRange) &&
      pci.command === now.command &&
      pci.pinAsserted === now.pinAsserted &&
      pci.d3hot === now.d3hot &&
      pci.msi === now.msi &&
      pci.msixEnabled === now.msixEnabled &&
      pci.msixFunctionMask === now.msixFunctionMask &&
      vdev.irq_type === held.irq_type &&
      vdev.num_ctx === held.num_ctx &&
      vdev.intx === held.intx &&
      vdev.err_trigger === held.err_trigger &&
      vdev.req_trigger === held.req_trigger &&
      vdev.has_dyn_msix === held.has_dyn_msix &&
      vdev.virq_disabled === held.virq_disabled &&
      vdev.msi_qmax === held.msi_qmax &&
      vdev.virtualCommand === held.virtualCommand &&
      vdev.virtualMsi === held.virtualMsi &&
      vdev.savedCommand === held.savedCommand &&
      vdev.pm_save === held.pm_save
    );
  }

  /** Returns the globals from that number on. */
  from(id: number): readonly Globals[] {
    return this.#values.slice(id);
  }

  /** Returns the number of globals. */
  numberOf(globals: Globals): number {
    // the quick text depends on the order of fields, so the same globals may have several
    const quick = JSON.stringify(globals);
    const known = this.#ids.get(quick);
    if (known !== undefined) return known;
    const text = globalsText(globals);
    const id = this.#ids.get(text) ?? this.#values.push(globals) - 1;
    this.#ids.set(text, id);
    this.#ids.set(quick, id);
    return id;
  }
}

// The different values of the globals cell, numbered as they are met.

import type { Machine } from '../machine/machine.ts';
import { type Globals, globalsOf, globalsText, type KeyParts } from './state.ts';

/** The globals that a search has met. */
export class GlobalValues {
  readonly #parts: KeyParts;
  /** Globals are the scalars alone: nothing is counted or listed in them. */
  readonly #plain: boolean;
  readonly #values: Globals[] = [];
  readonly #ids = new Map<string, number>();
  /** The globals met last, which most runs leave as they are. */
  #last = 0;

  constructor(parts: KeyParts) {
    this.#parts = parts;
    this.#plain = !parts.counters && !parts.numbers && !parts.pool && !parts.reservations;
  }

  /** The number of a machine's globals. */
  idOf(machine: Machine): number {
    const last = this.#values[this.#last];
    if (last === undefined || !this.#sameScalars(last, machine)) this.#last = this.#numberOf(machine);
    return this.#last;
  }

  /** The globals of that number. */
  at(id: number): Globals {
    const found = this.#values[id];
    if (found === undefined) throw new Error(`no globals ${id}`);
    return found;
  }

  /** Every scalar and every object that the globals are made of is the very same, so their text is. */
  #sameScalars(globals: Globals, machine: Machine): boolean {
    if (!this.#plain) return false;
    const { pci, vdev, domain } = globals;
    const now = machine.pci;
    const held = machine.vdev;
    return (
      globals.opened === machine.opened &&
      globals.nextEventfd === machine.nextEventfd &&
      domain.mode === machine.domain.mode &&
      domain.msiGranted === machine.domain.msiGranted &&
      (!this.#parts.originals || domain.initialRange === machine.domain.initialRange) &&
      pci.command === now.command &&
      pci.pinAsserted === now.pinAsserted &&
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
      vdev.savedCommand === held.savedCommand
    );
  }

  #numberOf(machine: Machine): number {
    const globals = globalsOf(machine, this.#parts);
    // the quick text depends on the order of fields, so several may stand for the same globals
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

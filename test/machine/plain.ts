// Converts a machine for comparison with toEqual, because maps keep their content private.
import type { Machine } from '../../src/machine/machine.ts';

/** Returns the whole machine, with maps as ordered entries. */
export function plainMachine(machine: Machine): unknown {
  return {
    ...machine,
    fds: machine.fds.entries(),
    eventfds: machine.eventfds.entries(),
    pci: { ...machine.pci, entries: machine.pci.entries.entries() },
    domain: {
      ...machine.domain,
      descs: machine.domain.descs.entries(),
      numbers: machine.domain.numbers.entries(),
    },
    vdev: { ...machine.vdev, ctx: machine.vdev.ctx.entries() },
    producers: machine.producers.entries(),
  };
}

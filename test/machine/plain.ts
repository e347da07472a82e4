// A machine in a form in which everything can be compared: maps keep their content private.
import type { Machine } from '../../src/machine/machine.ts';

/** Everything of a machine, maps as entries in order. */
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

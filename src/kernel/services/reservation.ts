// x86's vector matrix as far as it shows: CPU vectors in use and reservations beside them (kernel/irq/matrix.c,
// arch/x86/kernel/apic/vector.c). Every irq starts as a reservation; a handler, or an early activation, turns it into
// a CPU vector.

import { ENOSPC } from '../../uapi/errno.ts';
import type { Kernel } from '../kernel.ts';

/** One more reservation. The kernel warns at the moment at which reservations reach what is free, and goes on. */
export function reserve(k: Kernel): void {
  const free = k.host.cpuVectors - k.domain.cpuVectorsUsed;
  if (k.domain.reserved + k.host.otherReservations === free) {
    k.happened({ kind: 'log', text: 'Interrupt reservation exceeds available resources' });
  }
  k.setDomain({ reserved: k.domain.reserved + 1 });
}

/** One reservation less. */
export function unreserve(k: Kernel): void {
  k.setDomain({ reserved: k.domain.reserved - 1 });
}

/** Turns a reservation into a CPU vector: 0, or −ENOSPC when none is left. */
export function assignCpuVector(k: Kernel): number {
  if (k.domain.cpuVectorsUsed >= k.host.cpuVectors) return k.refuse('irq.no-cpu-vector', ENOSPC);
  k.setDomain({ cpuVectorsUsed: k.domain.cpuVectorsUsed + 1, reserved: k.domain.reserved - 1 });
  return 0;
}

/** Gives a CPU vector back. */
export function releaseCpuVector(k: Kernel): void {
  k.setDomain({ cpuVectorsUsed: k.domain.cpuVectorsUsed - 1 });
}

// The visible part of x86's vector matrix: used CPU vectors and reservations (kernel/irq/matrix.c,
// arch/x86/kernel/apic/vector.c). Every irq starts as a reservation; installing a handler, or an early activation, replaces
// it by a CPU vector. A GIC has no such vectors, so nothing is counted there.

import { ENOSPC } from '../../uapi/errno.ts';
import type { Kernel } from '../kernel.ts';

/** Adds a reservation. The kernel warns when it adds one while all reservations equal the free vectors (docs/facts.md N8). */
export function reserve(k: Kernel): void {
  if (k.host.msiController === 'gic') return;
  const free = k.host.cpuVectors - k.domain.cpuVectorsUsed;
  if (k.domain.reserved + k.host.otherReservations === free) {
    k.happened({ kind: 'log', text: 'Interrupt reservation exceeds available resources' });
  }
  k.setDomain({ reserved: k.domain.reserved + 1 });
}

/** Removes a reservation. */
export function unreserve(k: Kernel): void {
  if (k.host.msiController === 'gic') return;
  k.setDomain({ reserved: k.domain.reserved - 1 });
}

/** Replaces a reservation by a CPU vector. Returns 0, or −ENOSPC if all are used. */
export function assignCpuVector(k: Kernel): number {
  if (k.host.msiController === 'gic') return 0;
  if (k.domain.cpuVectorsUsed >= k.host.cpuVectors) return k.refuse('irq.no-cpu-vector', ENOSPC);
  k.setDomain({ cpuVectorsUsed: k.domain.cpuVectorsUsed + 1, reserved: k.domain.reserved - 1 });
  return 0;
}

/** Frees a CPU vector. */
export function releaseCpuVector(k: Kernel): void {
  if (k.host.msiController === 'gic') return;
  k.setDomain({ cpuVectorsUsed: k.domain.cpuVectorsUsed - 1 });
}

// The changes to host and device that can explain the results of a trace.

import type { ScriptLine } from './script.ts';
import type { Setup } from './session.ts';

/** The kinds of changes; a search tries at most one of a kind. */
export const CHANGE_KINDS = [
  'no-dynamic',
  'dynamic',
  'no-remapping',
  'irqs',
  'cpu-vectors',
  'no-reset',
  'reset',
  'express',
  'conventional',
  'no-pin',
  'pin-unconnected',
  'pin-no-irq',
  'pin-shared',
  'no-intx-mask',
] as const;

/** A kind of change. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One change to the host or the device of a session. */
export interface Change {
  readonly kind: ChangeKind;
  /** The number of irqs or CPU vectors; null for other kinds. */
  readonly count: number | null;
  readonly apply: (setup: Setup) => Setup;
}

const withHost = (host: Partial<Setup['host']>) => (setup: Setup) => ({
  ...setup,
  host: { ...setup.host, ...host },
});
const withDevice = (device: Partial<Setup['device']>) => (setup: Setup) => ({
  ...setup,
  device: { ...setup.device, ...device },
});

/** The largest shortage that is tried, in irqs or CPU vectors. */
const MOST = 64;

/** Returns the changes that the results of the script can call for; none of them equals the setup. */
export function changesFor({ device, host }: Setup, script: readonly ScriptLine[]): readonly Change[] {
  const made: Change[] = [];
  const add = (kind: ChangeKind, apply: Change['apply'], count: number | null = null) =>
    made.push({ kind, count, apply });
  if (host.canAllocDyn) add('no-dynamic', withHost({ canAllocDyn: false }));
  else add('dynamic', withHost({ canAllocDyn: true }));
  if (host.irqRemapping) add('no-remapping', withHost({ irqRemapping: false }));
  if (device.reset) add('no-reset', withDevice({ reset: false }));
  else add('reset', withDevice({ reset: true }));
  if (device.pcie) add('conventional', withDevice({ pcie: false }));
  else add('express', withDevice({ pcie: true }));
  if (device.intx) add('no-pin', withDevice({ intx: false }));
  if (device.intx && host.pin === 'connected') {
    add('pin-unconnected', withHost({ pin: 'not-connected' }));
    add('pin-no-irq', withHost({ pin: 'no-irq' }));
  }
  if (device.intx && host.pinShared === 'alone') add('pin-shared', withHost({ pinShared: 'exclusive' }));
  if (device.pci_2_3) add('no-intx-mask', withDevice({ pci_2_3: false }));
  if (script.some(({ traced }) => traced !== undefined && (traced.ret > 0 || traced.errno === 'ENOSPC'))) {
    for (const count of shortages(script)) {
      add('irqs', withHost({ irqPool: count }), count);
      add('cpu-vectors', withHost({ cpuVectors: count }), count);
    }
  }
  return made;
}

/** Returns the numbers of irqs that a shortage can leave, the numbers that the kernel returned first. */
function shortages(script: readonly ScriptLine[]): readonly number[] {
  const counts = new Set<number>();
  for (const { line, traced } of script)
    if (line.op.op === 'set_irqs' && traced !== undefined && traced.ret > 0 && traced.ret <= MOST)
      counts.add(traced.ret);
  for (let count = 1; count <= MOST; count++) counts.add(count);
  return [...counts];
}

// The hosts of the kernels that most recordings were made on: 6.1.192 for the static driver, 6.12.117 for all others. The page
// needs them before it loads the table of releases; a test compares them with the table (test/model/kernels.test.ts).

import type { Host, ReleaseFacts } from '../machine/host.ts';
import type { GenerationId } from './generations/generation.ts';
import { baseOf } from './generations/policies.ts';

/** The facts of the recorded machine (kernel/presets.ts names their sources). */
export const RECORDED_MACHINE = {
  canAllocDyn: true,
  irqRemapping: true,
  msiController: 'apic',
  firstIrq: 25,
  pinIrq: 20,
  pin: 'connected',
  pinShared: 'alone',
  pinIsLevel: false,
  cpuVectors: 194,
  otherReservations: 10,
  irqPool: null,
} as const;

const FACTS_6_12: ReleaseFacts = {
  intx: 'persistent',
  errReq: 'rcu',
  staticUndo: 'repaired',
  unmaskReads: true,
  errIndex: 'express',
  resetWarns: false,
  resetRestore: 'memory-on',
  pinCheck: 'connected',
  bypassKey: 'token',
  longEventfdWrite: 'EINVAL',
  nointxmask: 'at-load',
  release: '',
};

const FACTS_6_1: ReleaseFacts = {
  ...FACTS_6_12,
  errReq: 'plain',
  longEventfdWrite: 'accepted',
};

/** Returns the host of the recorded kernel of a generation. */
export function usualHost(id: GenerationId): Host {
  return { ...RECORDED_MACHINE, ...(baseOf(id) === 'static' ? FACTS_6_1 : FACTS_6_12) };
}

/** Returns the release of the recorded kernel of a generation. */
export function usualRelease(id: GenerationId): '6.1' | '6.12' {
  return baseOf(id) === 'static' ? '6.1' : '6.12';
}

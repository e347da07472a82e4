// Facts of kernel releases as one table. Presets and recordings take the facts of a host from here; the code of the model
// reads only the host, never a release. Evidence and source of every fact are in releaseSources.ts.

import type { ReleaseFacts } from '../machine/host.ts';
import type { GenerationId } from './generations/generation.ts';

/** One release of Linux. */
export interface KernelRelease {
  readonly id: string;
  readonly label: string;
  /** The recorded version, or null if the facts are only read. */
  readonly version: string | null;
  /** The first version to which these facts are applied: `[6, 12, 111]`. */
  readonly order: readonly [number, number, number];
  /** The lowest ABI number of Debian's kernels with these facts, in a series whose `uname -r` has no patch level. */
  readonly debianAbi: number | null;
  readonly generation: GenerationId;
  /** Whether the list of kernels offers this release; the others are stable releases that only recordings name. */
  readonly offered: boolean;
  readonly facts: ReleaseFacts;
}

/** Facts of 6.12.117. */
const FACTS_6_12: ReleaseFacts = {
  staticUndo: 'repaired',
  unmaskReads: true,
  intx: 'persistent',
  errReq: 'rcu',
  errIndex: 'express',
  resetWarns: false,
  resetRestore: 'memory-on',
  pinCheck: 'connected',
  bypassKey: 'token',
  longEventfdWrite: 'EINVAL',
  nointxmask: 'at-load',
  release: '',
};

/** Facts of 6.1.192. */
const FACTS_6_1: ReleaseFacts = {
  ...FACTS_6_12,
  staticUndo: 'repaired',
  errReq: 'plain',
  resetRestore: 'memory-on',
  longEventfdWrite: 'accepted',
  nointxmask: 'at-load',
};

/** Facts of 6.4 as released, of which no kernel was recorded. */
const FACTS_6_4: ReleaseFacts = {
  staticUndo: 'released',
  unmaskReads: true,
  intx: 'legacy',
  errReq: 'plain',
  errIndex: 'express',
  resetWarns: false,
  resetRestore: 'memory-as-is',
  pinCheck: 'none',
  bypassKey: 'token',
  longEventfdWrite: 'accepted',
  nointxmask: 'at-load',
  release: '',
};

/** Facts of 6.16.12. */
const FACTS_6_16: ReleaseFacts = {
  ...FACTS_6_12,
  errReq: 'plain',
  resetWarns: true,
  resetRestore: 'memory-as-is',
  pinCheck: 'has-irq',
  nointxmask: 'at-load',
};

/** Facts of 6.18.15. */
const FACTS_6_18: ReleaseFacts = { ...FACTS_6_16, errReq: 'rcu', bypassKey: 'eventfd' };

/** Facts of 7.2.13. */
const FACTS_7_2: ReleaseFacts = {
  ...FACTS_6_18,
  resetRestore: 'memory-on',
  nointxmask: 'at-bind',
};

const TABLE = [
  {
    id: '5.10',
    label: 'Linux 5.10.223',
    version: '5.10.223',
    order: [5, 10, 0],
    debianAbi: 0,
    generation: 'static',
    offered: true,
    facts: {
      ...FACTS_6_4,
      staticUndo: 'released',
      unmaskReads: false,
      intx: 'persistent',
      errReq: 'plain',
      errIndex: 'express',
      resetWarns: false,
      nointxmask: 'at-open',
    },
  },
  {
    id: '5.11',
    label: 'Linux 5.11 as released',
    version: null,
    order: [5, 11, 0],
    debianAbi: null,
    generation: 'static',
    offered: false,
    facts: { ...FACTS_6_4, nointxmask: 'at-open' },
  },
  {
    id: '5.15',
    label: 'Linux 5.15 as released',
    version: null,
    order: [5, 15, 0],
    debianAbi: null,
    generation: 'static',
    offered: false,
    facts: { ...FACTS_6_4, release: '5.15' },
  },
  {
    id: '6.1.187',
    label: 'Linux 6.1.187',
    version: '6.1.187',
    order: [6, 1, 0],
    debianAbi: 0,
    generation: 'static',
    offered: false,
    facts: {
      ...FACTS_6_1,
      resetRestore: 'memory-as-is',
    },
  },
  {
    id: '6.1.190',
    label: 'Linux 6.1.190',
    version: '6.1.190',
    order: [6, 1, 190],
    debianAbi: 54,
    generation: 'static',
    offered: false,
    facts: { ...FACTS_6_1, release: '6.1.190' },
  },
  {
    id: '6.1',
    label: 'Linux 6.1.192',
    version: '6.1.192',
    order: [6, 1, 192],
    debianAbi: 56,
    generation: 'static',
    offered: true,
    facts: FACTS_6_1,
  },
  {
    id: '6.4',
    label: 'Linux 6.4 as released',
    version: null,
    // 6.2 and 6.3 have the facts of 6.4; stable 6.1 has later fixes
    order: [6, 2, 0],
    debianAbi: null,
    generation: 'static',
    offered: true,
    facts: FACTS_6_4,
  },
  {
    id: '6.6',
    label: 'Linux 6.6 as released',
    version: null,
    order: [6, 5, 0],
    debianAbi: null,
    generation: 'dynamic',
    offered: true,
    facts: { ...FACTS_6_4, staticUndo: 'repaired' },
  },
  {
    id: '6.12.57',
    label: 'Linux 6.12.57',
    version: null,
    order: [6, 12, 0],
    debianAbi: null,
    generation: 'dynamic',
    offered: false,
    facts: {
      ...FACTS_6_12,
      errReq: 'plain',
      resetRestore: 'memory-as-is',
      nointxmask: 'at-load',
    },
  },
  {
    id: '6.12.107',
    label: 'Linux 6.12.107',
    version: '6.12.107',
    order: [6, 12, 63],
    debianAbi: null,
    generation: 'dynamic',
    offered: false,
    facts: {
      ...FACTS_6_12,
      resetRestore: 'memory-as-is',
    },
  },
  {
    id: '6.12.111',
    label: 'Linux 6.12.111',
    version: '6.12.111',
    order: [6, 12, 111],
    debianAbi: null,
    generation: 'dynamic',
    offered: false,
    facts: { ...FACTS_6_12, release: '6.12.111' },
  },
  {
    id: '6.12',
    label: 'Linux 6.12.117',
    version: '6.12.117',
    order: [6, 12, 117],
    debianAbi: null,
    generation: 'dynamic',
    offered: true,
    facts: FACTS_6_12,
  },
  {
    id: '6.16',
    label: 'Linux 6.16.12',
    version: '6.16.12',
    order: [6, 16, 0],
    debianAbi: null,
    generation: 'dynamic',
    offered: false,
    facts: FACTS_6_16,
  },
  {
    id: '6.17',
    label: 'Linux 6.17.13',
    version: '6.17.13',
    order: [6, 17, 0],
    debianAbi: null,
    generation: 'dynamic',
    offered: false,
    facts: { ...FACTS_6_18, release: '6.17' },
  },
  {
    id: '6.18',
    label: 'Linux 6.18.15',
    version: '6.18.15',
    order: [6, 18, 0],
    debianAbi: null,
    generation: 'dynamic',
    offered: true,
    facts: FACTS_6_18,
  },
  {
    id: '7.2',
    label: 'Linux 7.2.13',
    version: '7.2.13',
    order: [7, 2, 0],
    debianAbi: null,
    generation: 'dynamic',
    offered: true,
    facts: FACTS_7_2,
  },
  {
    id: '7.3',
    label: 'Linux 7.3.4',
    version: '7.3.4',
    order: [7, 3, 0],
    debianAbi: null,
    generation: 'dynamic',
    offered: true,
    facts: {
      ...FACTS_7_2,
      errIndex: 'any',
      resetRestore: 'memory-on',
    },
  },
] as const satisfies readonly KernelRelease[];

/** The id of a release. */
export type ReleaseId = (typeof TABLE)[number]['id'];

/** Every release of the table, oldest first. */
export const RELEASES: readonly (KernelRelease & { readonly id: ReleaseId })[] = TABLE;

/** Returns the release with that id. Throws for an id that is not in the table. */
export function release(id: string): (typeof RELEASES)[number] {
  const found = RELEASES.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no release ${id}`);
  return found;
}

/**
 * Returns the release of a kernel by its `uname -r`: the newest one of the table in the same series that is not newer, else
 * the oldest of the series, else the newest earlier release, else the oldest. Debian's names up to 6.1 (`6.1.0-56-amd64`)
 * contain an ABI number instead of the patch level.
 */
export function releaseOf(uname: string): (typeof RELEASES)[number] {
  const [oldest] = RELEASES;
  if (oldest === undefined) throw new Error('the table of releases is empty');
  const [, major = 0, minor = 0, patch = 0, abi = 0] =
    /^(\d+)\.(\d+)(?:\.(\d+)(?:-(\d+)-)?)?/.exec(uname)?.map(Number) ?? [];
  const series = RELEASES.filter(({ order }) => order[0] === major && order[1] === minor);
  const reached = series.filter(({ order, debianAbi }) =>
    patch === 0 && abi > 0 && debianAbi !== null ? debianAbi <= abi : order[2] <= patch,
  );
  const earlier = RELEASES.filter(
    ({ order }) => order[0] < major || (order[0] === major && order[1] < minor),
  );
  return reached.at(-1) ?? series[0] ?? earlier.at(-1) ?? oldest;
}

/** Returns the version in a `uname -r`, or null for Debian's names up to 6.1, which contain an ABI number instead. */
export function versionIn(uname: string): string | null {
  return /^\d+\.\d+\.[1-9]\d*/.exec(uname)?.[0] ?? null;
}

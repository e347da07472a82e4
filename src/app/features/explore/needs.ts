// The needs of a question in the page: the missing operations and host facts, and the change of the form that adds them.

import { cannotHappen, type Means, type Need, unmet } from '../../../explore/needs.ts';
import {
  type AlphabetPart,
  MSI_VECTORS,
  SEARCH_MODES,
  SEARCH_RANGES,
  type SearchSetup,
  usedModes,
} from '../../../session/search.ts';
import { searchProblem } from '../../../views/explore/problem.ts';

/** A question that cannot happen with the chosen operations and host. */
export interface Lack {
  /** The reason, a clause without a full stop. */
  readonly missing: string;
  /** The change with which the question can be searched; null when no choice of the form adds the missing part. */
  readonly change: Partial<SearchSetup> | null;
}

/** Returns the unmet needs of the chosen question; null when they are met or the question is unreadable. */
export function lackOf(setup: SearchSetup): Lack | null {
  // longer blocks add no kind of operation, and there may be a hundred thousand of them
  const problem = searchProblem({ ...setup, block: 1 });
  if (!problem.ok) return null;
  const searched = problem.value.problem;
  const { needs } = searched.question;
  const need = unmet(needs, searched);
  const missing = cannotHappen(needs, searched);
  return need === null || missing === null ? null : { missing, change: changeFor(need, setup) };
}

function changeFor(need: Need, setup: SearchSetup): Partial<SearchSetup> | null {
  if ('means' in need) return changeForMeans(need, setup);
  if ('any' in need) {
    for (const part of need.any) {
      const change = changeFor(part, setup);
      if (change !== null) return change;
    }
    return null;
  }
  let changed: Partial<SearchSetup> = {};
  for (const part of need.all) {
    const change = changeFor(part, { ...setup, ...changed });
    if (change === null) return null;
    changed = { ...changed, ...change };
  }
  return changed;
}

/** The change that gives the device a vector: of MSI-X where operations use it, else of MSI. */
function vectorsFor(vector: number, { modes }: SearchSetup): Partial<SearchSetup> | null {
  if (modes.includes('msix')) return vector < SEARCH_RANGES.vectors.to ? { vectors: vector + 1 } : null;
  const msi = MSI_VECTORS.find((size) => size > vector);
  return modes.includes('msi') && msi !== undefined ? { msi } : null;
}

const PART_OF: Readonly<Partial<Record<Means['means'], AlphabetPart>>> = {
  raise: 'raise',
  close: 'close',
  reset: 'reset',
  loopback: 'loopback',
  disable: 'disable',
  'count-zero': 'count0',
  'bad-fd': 'bad',
  failure: 'bad',
};

function changeForMeans(need: Means, setup: SearchSetup): Partial<SearchSetup> | null {
  const { modes, parts, device } = setup;
  const most = Math.max(...usedModes(setup).map(({ vectors }) => vectors));
  const part = PART_OF[need.means];
  if (part !== undefined) return { parts: [...parts, part] };
  switch (need.means) {
    case 'few-irqs':
      return { irqs: most - 1 };
    case 'few-cpu-vectors':
      return { cpuVectors: most - 1 };
    case 'dynamic':
      return { dynamic: true };
    case 'vector':
      return vectorsFor(need.vector, setup);
    case 'can-raise':
      return { device: { ...device, raise: 'always' } };
    case 'intx':
      return { modes: SEARCH_MODES.filter((mode) => mode === 'intx' || modes.includes(mode)) };
    case 'lower':
      return {
        parts: parts.includes('raise') ? parts : [...parts, 'raise'],
        modes: SEARCH_MODES.filter((mode) => mode === 'intx' || modes.includes(mode)),
      };
    case 'fault': {
      const { errno } = need;
      const usual = errno === null || errno === 'ENOSPC' || errno === 'ENOMEM';
      return usual ? { parts: [...parts, 'faults'] } : null;
    }
    default:
      return null;
  }
}

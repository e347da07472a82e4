// The facts of a release in words, for the page.

import { FACT_WORDS, RELEASE_SOURCES } from '../kernel/releaseSources.ts';
import { release } from '../kernel/releases.ts';

/** A fact of a release as the page shows it. */
export interface FactRow {
  readonly name: string;
  readonly about: string;
  readonly value: string;
  /** `recorded`, or `read, not recorded`. */
  readonly evidence: string;
  readonly source: string;
}

/** A release as the page shows it. */
export interface ReleaseWords {
  readonly label: string;
  /** Comparison with another release. */
  readonly sinceMsix: string;
  /** The facts in the order of the table. */
  readonly rows: readonly FactRow[];
}

/** Returns a release with its facts. Throws for an id that is not in the table. */
export function releaseWords(releaseId: string): ReleaseWords {
  const { id, label, facts } = release(releaseId);
  const { sinceMsix, facts: sources } = RELEASE_SOURCES[id];
  const rows = FACT_WORDS.map(({ name, about }) => {
    const value = facts[name];
    const { evidence, source } = sources[name];
    return {
      name,
      about,
      value: typeof value === 'boolean' ? (value ? 'yes' : 'no') : value.replaceAll('-', ' '),
      evidence: evidence === 'recorded' ? 'recorded' : 'read, not recorded',
      source,
    };
  });
  return { label, sinceMsix, rows };
}

// Texts of the kernel choice: what is recorded, the facts of a kernel, and the postings of patches.

import { generation } from '../kernel/generations/index.ts';
import type { NamedKernel } from '../kernel/kernels.ts';
import { type FactRow, releaseWords } from './releaseFacts.ts';

/** The mark of a fact or kernel that no recording shows. */
const READ_ONLY = 'read, not recorded';

/** Returns the facts of a kernel in the order of display. Kernels without the static driver have no fact about it. */
export function kernelFacts({ generation: id, release }: NamedKernel): readonly FactRow[] {
  return releaseWords(release.id).rows.filter(({ name }) => name !== 'staticUndo' || id === 'static');
}

/** The design of the driver: `≤ 6.4 static` or `≥ 6.5 dynamic`; for a patch or alternative the base of its facts. */
export function designText({ generation: id, release, isRelease }: NamedKernel): string {
  return isRelease ? generation(id).label : `on ${release.version ?? release.id}`;
}

const RECORDED_PATCHES: Readonly<Record<string, string>> = { v2: 'recorded', v3: 'recorded' };

/** Returns the evidence of a kernel as a phrase: `recorded 6.12.117`, `read, not recorded`. */
export function evidenceText({ id, release, isRelease }: NamedKernel): string {
  if (!isRelease) return RECORDED_PATCHES[id] ?? READ_ONLY;
  return release.version === null ? READ_ONLY : `recorded ${release.version}`;
}

/** Returns how many of the facts are recorded, and how many are only read in the source. */
export function readFactsText(rows: readonly FactRow[]): string {
  const read = rows.filter(({ evidence }) => evidence === READ_ONLY).length;
  return `${rows.length - read} recorded, ${read} only read`;
}

/** Subject, author and author's date of a posting, in the form that becomes a link to lore. */
const POSTINGS: Readonly<Record<string, string>> = {
  v2: '"[PATCH V2 7/8] vfio/pci: Support dynamic MSI-X", Reinette Chatre, 28 March 2023',
  v3: '"[PATCH V3 09/10] vfio/pci: Support dynamic MSI-X", Reinette Chatre, 18 April 2023',
  hold: 'In no kernel; "[PATCH v6 0/3]", 2019; "Re: [PATCH V3 09/10]", maintainer, 19 April 2023',
};

/** Returns the posting of a patch, or the mail that names an alternative; null for a release. */
export function postingText({ id, isRelease }: NamedKernel): string | null {
  if (isRelease) return null;
  return POSTINGS[id] ?? 'In no kernel; named in "Re: [PATCH V3 09/10]", maintainer, 19 April 2023';
}

/** Returns the line below the choice: what the kernel shares with 6.12, and what changed since then. */
export function sinceText({ generation: id, release, isRelease }: NamedKernel): string {
  return isRelease ? releaseWords(release.id).sinceMsix : generation(id).policy;
}

// Turns citations into links and places that open: lines of kernel functions and checks, commits, mails, recordings and
// scenarios. The page sends a request only when a person follows a link.

import type { CheckId } from '../../kernel/checks.ts';
import { type GenerationId, isProposal } from '../../kernel/generations/generation.ts';
import { chosenKernel } from '../../kernel/kernels.ts';
import type { KernelRelease } from '../../kernel/releases.ts';
import type { Host } from '../../machine/host.ts';
import { recordingFile } from './citedRecordings.ts';
import { KERNEL_LINES } from './kernelLines.ts';
import { MAILS, mailAddress, mailOf } from './mails.ts';

/** A link to another site. */
export interface SourceLink {
  readonly label: string;
  readonly href: string;
}

/** The source tree that links point into. */
export interface Release {
  /** The tag, for instance `v6.12.117`. */
  readonly tag: string;
  /** The lines of this tag are recorded. */
  readonly recorded: boolean;
  /** The posting whose MSI and MSI-X functions replace those of the tree, or null. */
  readonly posting: 'v2' | 'v3' | null;
  /** The MSI and MSI-X functions are a proposal that no kernel has, next to those of the tree. */
  readonly proposed: boolean;
}

/** The tags whose lines are recorded, newest last. */
export const RECORDED_TAGS: readonly string[] = Object.keys(KERNEL_LINES);

const tree = (tag: string, posting: Release['posting'] = null, proposed = false): Release => ({
  tag,
  recorded: Object.hasOwn(KERNEL_LINES, tag),
  posting,
  proposed,
});

/** Returns the release with that tag. */
export function releaseOfTag(tag: string): Release {
  return tree(tag);
}

/** Returns the tag of a kernel: the one with recorded lines in its series, else its recorded version or its name. */
function tagOf({ id, version }: KernelRelease): string {
  const series = /^\d+\.\d+/.exec(id)?.[0] ?? id;
  return RECORDED_TAGS.find((tag) => tag.startsWith(`v${series}.`)) ?? `v${version ?? id}`;
}

/**
 * Returns the release of a kernel choice: the tree of the kernel with these facts. Patches and alternatives have no tree; their
 * nearest one is the tree into which they were put for recording; `track` starts from V3 and `hold` from the merged driver.
 */
export function releaseOf(generation: GenerationId, host: Partial<Host>): Release {
  const posting =
    generation === 'v2' || generation === 'v3' ? generation : generation === 'track' ? 'v3' : null;
  return tree(tagOf(chosenKernel(generation, host).kernel.release), posting, isProposal(generation));
}

const POSTED: ReadonlySet<string> = new Set([
  'vfio_pci_set_msi_trigger',
  'vfio_msi_enable',
  'vfio_msi_disable',
  'vfio_msi_set_block',
  'vfio_msi_set_vector_signal',
  'vfio_msi_alloc_irq',
  'vfio_msi_free_irq',
  'vfio_irq_ctx_alloc',
  'vfio_irq_ctx_free',
]);

const POSTINGS = { v2: '[PATCH V2 7/8]', v3: '[PATCH V3 09/10]' } as const;
/** The series of 2019 that lets a swap keep its irq. */
const POSTED_2019 = '[PATCH v6 0/3]';

/** A kernel function or check with the links that open it. */
export interface KernelPlace {
  /** For instance `drivers/vfio/pci/vfio_pci_intrs.c:447`, or the name of the function where no line is recorded. */
  readonly where: string;
  readonly links: readonly SourceLink[];
  /** The reason for a missing line, or the tree of the line. */
  readonly note: string;
}

/** Returns the source of a kernel function, macro, structure or errno in a release; null for a name that is not recorded. */
export function symbolPlace(name: string, release: Release): KernelPlace | null {
  const known = KERNEL_LINES['v6.12.117']?.symbols[name];
  if (known === undefined) return null;
  return placeOf(name, KERNEL_LINES[release.tag]?.symbols[name], release);
}

/** Returns the source of a check's refusing line in a release; `fn` is the function that makes the check. */
export function checkPlace(id: CheckId, fn: string, release: Release): KernelPlace {
  return placeOf(fn, KERNEL_LINES[release.tag]?.checks[id], release);
}

function placeOf(fn: string, line: string | undefined, release: Release): KernelPlace {
  const { tag, posting, proposed } = release;
  const posted = posting !== null && POSTED.has(fn) ? postedLink(POSTINGS[posting]) : [];
  if (fn === 'irq_update_devid')
    return { where: fn, links: postedLink(POSTED_2019), note: 'posted, in no kernel' };
  if (line?.startsWith('- ') === true) {
    return { where: fn, links: posted, note: posted.length > 0 ? 'as posted' : `${tag}: ${line.slice(2)}` };
  }
  if (line === undefined) {
    const href = `https://elixir.bootlin.com/linux/${tag}/A/ident/${fn}`;
    return { where: fn, links: [{ label: 'Elixir', href }], note: `${tag}, lines not recorded` };
  }
  const at = line.lastIndexOf(':');
  return {
    where: line,
    links: [...posted, ...lineLinks(tag, line.slice(0, at), line.slice(at + 1))],
    note:
      proposed && POSTED.has(fn)
        ? `proposed, in no kernel; nearest tree ${tag}`
        : posted.length > 0
          ? `as posted; nearest tree ${tag}`
          : tag,
  };
}

function postedLink(wanted: string): readonly SourceLink[] {
  const mail = MAILS.find(({ subject }) => subject === wanted);
  return mail === undefined ? [] : [{ label: mail.subject, href: mailAddress(mail.id) }];
}

/** Returns the links to a line of a file: git.kernel.org and Elixir. Without a line they open the file. */
function lineLinks(tag: string, file: string, line: string): readonly SourceLink[] {
  const stable = `https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/${file}?h=${tag}`;
  const elixir = `https://elixir.bootlin.com/linux/${tag}/source/${file}`;
  return [
    { label: 'git.kernel.org', href: line === '' ? stable : `${stable}#n${line}` },
    { label: 'Elixir', href: line === '' ? elixir : `${elixir}#L${line}` },
  ];
}

/** A place in the page that a citation opens: a shipped recording at a line, counted from 1, or a scenario. */
export type PagePlace =
  | { readonly kind: 'recording'; readonly file: string; readonly line: number }
  | { readonly kind: 'scenario'; readonly id: string };

/** A piece of a source text: plain text, or a citation with links or a place in the page. */
export interface SourcePart {
  readonly text: string;
  /** Offset in the whole text. */
  readonly at: number;
  readonly links: readonly SourceLink[];
  readonly place?: PagePlace;
}

const CITED = new RegExp(
  [
    '"(?<subject>[^"]*PATCH[^"]*)"[^;"]*',
    String.raw`<(?<id>[^<>\s]+@[^<>\s]+)>`,
    String.raw`\brecordings? (?<recording>(?:[\w.-]+\/)*[a-z0-9-]+[a-z0-9](?:@[a-z0-9]+)?)(?:, steps? (?<step>\d+))?`,
    String.raw`\bscenario (?<scenario>[ST]\d+b?)\b`,
    String.raw`\bcommit (?<commit>[0-9a-f]{8,40})\b`,
    String.raw`\b(?<hash>[0-9a-f]{12})\b`,
    String.raw`\b(?<fn>[a-z_]\w+)\(\)`,
    String.raw`\bstruct (?<struct>vfio_irq_set|vfio_irq_info|vfio_pci_core_device|vfio_pci_irq_ctx|msi_msg)\b`,
    String.raw`\b(?<file>(?:drivers|fs|kernel|include|virt|arch|mm|lib)\/[\w./-]+\.[ch])\b`,
  ].join('|'),
  'g',
);

/** Splits a source text at the functions, files, commits and mails that it cites. `docs/` citations stay plain text. */
export function sourceParts(text: string, release: Release): readonly SourcePart[] {
  const parts: SourcePart[] = [];
  let done = 0;
  for (const match of text.matchAll(CITED)) {
    const groups = match.groups ?? {};
    const links = linksOf(groups, match[0], release);
    const place = pagePlace(groups);
    if (links.length === 0 && place === null) continue;
    if (match.index > done) parts.push({ text: text.slice(done, match.index), at: done, links: [] });
    parts.push({ text: match[0], at: match.index, links, ...(place === null ? {} : { place }) });
    done = match.index + match[0].length;
  }
  if (done < text.length) parts.push({ text: text.slice(done), at: done, links: [] });
  return parts;
}

function pagePlace({
  recording,
  step = '',
  scenario,
}: Readonly<Record<string, string | undefined>>): PagePlace | null {
  if (scenario !== undefined) return { kind: 'scenario', id: scenario };
  const file = recording === undefined ? null : recordingFile(recording);
  // steps of a recording count from 0, lines of its script from 1
  return file === null ? null : { kind: 'recording', file, line: Number(step) + 1 };
}

function linksOf(
  { subject, id, commit, hash, fn, struct, file }: Readonly<Record<string, string | undefined>>,
  all: string,
  release: Release,
): readonly SourceLink[] {
  if (subject !== undefined) {
    const mail = mailOf(subject, all);
    return mail === null ? [] : [{ label: 'lore', href: mailAddress(mail.id) }];
  }
  if (id !== undefined) return [{ label: 'lore', href: mailAddress(id) }];
  const digits = commit ?? hash;
  if (digits !== undefined) return [{ label: 'git.kernel.org', href: commitAddress(digits) }];
  const name = fn ?? struct;
  if (name !== undefined) return symbolPlace(name, release)?.links ?? [];
  return file === undefined ? [] : lineLinks(release.tag, file, '');
}

/** Returns the address of a mainline commit. */
function commitAddress(commit: string): string {
  return `https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=${commit}`;
}

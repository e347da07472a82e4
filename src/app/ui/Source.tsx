// The source of a statement with links that open it: kernel lines and commits on git.kernel.org and Elixir, mails on lore;
// sections of docs/, recordings and scenarios in the page. A link leaves the page only when it is followed.

import { type KernelPlace, type Release, type SourceLink, sourceParts } from '../../views/trace/sources.ts';
import { useApp } from '../store/appContext.ts';
import { openPagePlace } from '../store/pagePlace.ts';
import { Citation } from './Citation.tsx';
import './source.css';

/** A source text such as `vfio_msi_set_block(); docs/driver.md §6.3`; its citations are links. */
export function Source({ text, release }: { readonly text: string; readonly release: Release }) {
  const app = useApp();
  return sourceParts(text, release).map(({ text: part, at, links, place }) =>
    place !== undefined ? (
      <button key={at} type="button" className="citation" onClick={() => openPagePlace(app, place)}>
        {part}
      </button>
    ) : links.length === 0 ? (
      <Citation key={at} source={part} />
    ) : (
      <span key={at} className="anywhere">
        {part} <Links of={part} links={links} />
      </span>
    ),
  );
}

/** A kernel function or check: file and line, release and links. */
export function KernelSource({ place, name }: { readonly place: KernelPlace; readonly name: string }) {
  return (
    <span className="anywhere">
      <code>{place.where}</code>
      {place.where === name ? '' : `, ${name}`} ({place.note}){place.links.length > 0 && ' '}
      <Links of={name} links={place.links} />
    </span>
  );
}

function Links({ of, links }: { readonly of: string; readonly links: readonly SourceLink[] }) {
  return links.map(({ label, href }, at) => (
    <span key={href}>
      {at > 0 && ' '}
      <a
        className="source-link"
        href={href}
        target="_blank"
        rel="noopener noreferrer"
        aria-label={`${of} on ${label}, opens a new tab`}
      >
        {label}
      </a>
    </span>
  ));
}

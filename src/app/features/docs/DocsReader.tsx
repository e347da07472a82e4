// One document with its headings beside it. Links are real addresses (`#docs=driver&section=6.4`), followed in place.

import { type MouseEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { type Doc, type DocSection, type DocsFile, findSection } from '../../../formats/docs/docs.ts';
import { placeOfFragment } from '../../../views/docs/citations.ts';
import type { App } from '../../store/app.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { docsSlice, openDocs } from '../../store/docs.ts';
import { DocBlocks } from './DocBlocks.tsx';

export function DocsReader({ file }: { readonly file: DocsFile }) {
  const app = useApp();
  const place = useSlice(docsSlice, (state) => state.place);
  const article = useRef<HTMLElement>(null);
  const contents = useRef<HTMLDivElement>(null);
  const doc = file.docs.find(({ id }) => id === place.doc) ?? file.docs[0];
  const section = doc === undefined || place.section === null ? undefined : findSection(doc, place.section);
  // a place is a new object for every request, so that asking twice scrolls twice
  useEffect(() => {
    const id = (doc === undefined ? undefined : findSection(doc, place.section ?? ''))?.id ?? '';
    const headings = [...(article.current?.querySelectorAll<HTMLElement>('[data-section]') ?? [])];
    // the title of the document has no section
    const target = headings.find(({ dataset }) => dataset['section'] === id) ?? headings[0];
    target?.scrollIntoView({ block: 'start' });
    contents.current?.querySelector('[aria-current="location"]')?.scrollIntoView({ block: 'nearest' });
    target?.focus({ preventScroll: true });
  }, [place, doc]);
  if (doc === undefined) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: takes over the clicks and Enter keys of the links inside
    // biome-ignore lint/a11y/useKeyWithClickEvents: a link turns Enter into a click
    <div className="docs-columns tracks fill" onClick={(event) => followInPlace(app, event)}>
      <Contents ref={contents} file={file} doc={doc} current={section?.id ?? null} />
      <article ref={article} aria-label={doc.title} tabIndex={0}>
        <h3 data-section="" tabIndex={-1}>
          {doc.title}
        </h3>
        {place.section !== null && section === undefined && (
          <p role="alert">
            docs/{doc.id}.md has no section {place.section}.
          </p>
        )}
        {doc.sections.map((one) => (
          <SectionView key={one.id} section={one} isCurrent={one === section} />
        ))}
      </article>
    </div>
  );
}

/** Follows a link to a section without leaving the sheet; new tabs and links to the web go the browser's way. */
function followInPlace(app: App, event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const place = placeOfFragment(link?.getAttribute('href') ?? '');
  if (place === null) return;
  event.preventDefault();
  openDocs(app, place);
}

interface ContentsProps {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly file: DocsFile;
  readonly doc: Doc;
  readonly current: string | null;
}

/** The documents and the headings of the open one; a narrow window hides them behind a button. */
function Contents({ ref, file, doc, current }: ContentsProps) {
  const place = useSlice(docsSlice, (state) => state.place);
  // the list belongs to the place where it was opened: a followed link closes it
  const [openAt, setOpenAt] = useState<typeof place | null>(null);
  const open = openAt === place;
  return (
    <div ref={ref} className="docs-contents scroll low" data-open={open || undefined}>
      <button
        type="button"
        className="docs-toggle"
        aria-expanded={open}
        onClick={() => setOpenAt(open ? null : place)}
      >
        Contents
      </button>
      <div className="docs-lists">
        <nav aria-label="Documents">
          <ul>
            {file.docs.map(({ id, title }) => (
              <li key={id}>
                <a
                  href={`#docs=${id}`}
                  aria-current={id === doc.id ? (current === null ? 'page' : 'true') : undefined}
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <nav aria-label={`Sections of ${doc.title}`}>
          <ul>
            {doc.sections.flatMap(({ id, level, title }) =>
              id === '' ? (
                []
              ) : (
                <li key={id} data-level={level}>
                  <a
                    href={`#docs=${doc.id}&section=${id}`}
                    aria-current={id === current ? 'location' : undefined}
                  >
                    {title}
                  </a>
                </li>
              ),
            )}
          </ul>
        </nav>
      </div>
    </div>
  );
}

interface SectionProps {
  readonly section: DocSection;
  readonly isCurrent: boolean;
}

function SectionView({ section: { id, level, title, blocks }, isCurrent }: SectionProps) {
  const Heading = level === 3 ? 'h5' : 'h4';
  return (
    <section className={isCurrent ? 'cited' : undefined} aria-label={title === '' ? 'Introduction' : title}>
      {title !== '' && (
        <Heading data-section={id} tabIndex={-1}>
          {title}
        </Heading>
      )}
      <DocBlocks name={title} blocks={blocks} />
    </section>
  );
}

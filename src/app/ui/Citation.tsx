// Citations that open the cited section of docs/ in the page.

import { Fragment } from 'react';
import { citedParts, type DocPlace } from '../../views/docs/citations.ts';
import { useApp } from '../store/appContext.ts';
import { openDocs } from '../store/docs.ts';
import './term.css';

/**
 * A source line: its citations of docs/ are buttons that open the section, the rest is text. `source` is a single citation
 * such as `docs/driver.md §6.4` or a longer text such as `Linux 6.12 fs/eventfd.c; docs/driver.md §11, docs/facts.md 20`.
 */
export function Citation({ source }: { readonly source: string }) {
  return citedParts(source).map(({ text, at, place }) =>
    place === null ? (
      <Fragment key={at}>{text}</Fragment>
    ) : (
      <DocsButton key={at} place={place}>
        {text}
      </DocsButton>
    ),
  );
}

function DocsButton({ place, children }: { readonly place: DocPlace; readonly children: string }) {
  const app = useApp();
  return (
    <button
      type="button"
      className="citation"
      aria-haspopup="dialog"
      onClick={(event) => {
        // a cell or row around it has a click of its own
        event.stopPropagation();
        openDocs(app, place);
      }}
    >
      {children}
    </button>
  );
}

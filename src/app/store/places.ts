// Places of the page with an address of their own: sheets that open over a view. To add one is to add a row.

import { docsFragment, placeOfFragment } from '../../views/docs/citations.ts';
import type { App } from './app.ts';
import { docsSlice, openDocs } from './docs.ts';
import { type Overlay, overlaySlice, showOverlay } from './overlay.ts';
import { openReview, reviewSlice } from './review.ts';
import { glossarySlice, openGlossary } from './term.ts';
import { openView } from './view.ts';

/** A sheet with an address: `#prefix`, or `#prefix=rest`. */
interface Place {
  readonly prefix: string;
  /** The overlay that shows it. */
  readonly overlay: Exclude<Overlay, null>;
  /** Opens the sheet; `rest` is the decoded text after `prefix=`, empty without one. */
  readonly open: (app: App, rest: string) => void;
  /** The text after `prefix=` of the open sheet; empty for the bare prefix. Encoded by the caller. */
  readonly rest: (app: App) => string;
}

/** Returns the place of a sheet without parts. */
function whole(prefix: 'start' | 'tour' | 'help' | 'keys' | 'trust', before?: (app: App) => void): Place {
  return {
    prefix,
    overlay: prefix,
    open: (app) => {
      before?.(app);
      showOverlay(app, prefix);
    },
    rest: () => '',
  };
}

const PLACES: readonly Place[] = [
  whole('start'),
  // the tour points at the parts of the lab
  whole('tour', (app) => openView(app, 'lab')),
  whole('help'),
  whole('keys'),
  whole('trust'),
  {
    prefix: 'glossary',
    overlay: 'glossary',
    open: openGlossary,
    rest: (app: App) => app.get(glossarySlice).query,
  },
  {
    prefix: 'docs',
    overlay: 'docs',
    open: (app, rest) => openDocs(app, placeOfFragment(`docs=${rest}`) ?? { doc: 'README', section: null }),
    rest: (app: App) => docsFragment(app.get(docsSlice).place).slice('docs='.length),
  },
  {
    prefix: 'review',
    overlay: 'review',
    open: (app, rest) => {
      const [a = '', b = ''] = rest.split(',');
      openReview(app, rest === '' ? app.get(reviewSlice) : { a, b });
    },
    rest: (app: App) => Object.values(app.get(reviewSlice)).join(),
  },
];

/** The beginnings of the fragments of sheets. */
export const PLACE_FRAGMENTS: readonly string[] = PLACES.map(({ prefix }) => prefix);

/** Opens the sheet of a fragment (with `#`); returns false for any other fragment. */
export function openPlace(app: App, hash: string): boolean {
  const [, prefix, rest = ''] = /^#([a-z]+)(?:=(.*))?$/s.exec(hash) ?? [];
  const place = PLACES.find((one) => one.prefix === prefix);
  place?.open(app, decoded(rest));
  return place !== undefined;
}

/** Returns the fragment of the open sheet without `#`, or null while no such sheet is open. */
export function shownPlace(app: App): string | null {
  const { overlay } = app.get(overlaySlice);
  const place = PLACES.find((one) => one.overlay === overlay);
  if (place === undefined) return null;
  const rest = place.rest(app);
  return rest === '' ? place.prefix : `${place.prefix}=${encoded(rest)}`;
}

/** Encodes all but `=`, `&`, `,`, `/` and `:`, so that `driver&section=6.4` stays readable. */
function encoded(rest: string): string {
  return encodeURIComponent(rest).replace(/%(3D|26|2C|2F|3A)/g, (code) => decodeURIComponent(code));
}

function decoded(rest: string): string {
  try {
    return decodeURIComponent(rest);
  } catch {
    // a lone percent sign was typed by hand
    return rest;
  }
}

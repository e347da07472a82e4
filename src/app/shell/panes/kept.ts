// The sizes of the panes in the browser's storage, and on the page. Loaded before the first picture if there are any.

import type { CSSProperties } from 'react';
import { parseSizes, printSizes } from '../../../formats/sizes.ts';
import { BOUNDARIES, type Boundary, type Sizes } from '../../../views/panes/sizes.ts';
import { type App, slice } from '../../store/app.ts';
import { PANES, panesSlice } from '../../store/panes.ts';
import './panes.css';

/** The sizes that the person has chosen. */
export const sizesSlice = slice<{ readonly sizes: Sizes }>(({ services: { kept } }) => {
  const read = parseSizes(kept.read(PANES) ?? '', BOUNDARIES);
  const of = (name: Boundary) => read?.get(name) ?? null;
  return {
    sizes: { script: of('script'), calls: of('calls'), lines: of('lines'), timeline: of('timeline') },
  };
});

/** Shows the kept sizes. */
export function showKept(app: App): void {
  show(app, app.get(sizesSlice).sizes);
}

function show(app: App, sizes: Sizes): void {
  const chosen = BOUNDARIES.flatMap((name) => {
    const size = sizes[name];
    return size === null ? [] : [{ name, size }];
  });
  const style: CSSProperties & Record<`--${string}`, string> = {};
  for (const { name, size } of chosen) style[`--${name}-size`] = `${size}px`;
  const sized = chosen.map(({ name, size }) => (size === 0 ? `no-${name}` : name)).join(' ');
  app.set(panesSlice, { style, sized });
}

/** Changes the size of one pane; `keep` is false while a drag goes on. */
export function setSize(app: App, name: Boundary, size: number | null, keep = true): void {
  const { sizes } = app.get(sizesSlice);
  setSizes(app, { ...sizes, [name]: size }, keep);
}

/** Changes all sizes, and keeps them in the storage. */
export function setSizes(app: App, sizes: Sizes, keep = true): void {
  app.set(sizesSlice, { sizes });
  show(app, sizes);
  if (!keep) return;
  const text = printSizes(sizes);
  if (text === '') app.services.kept.remove(PANES);
  else app.services.kept.write(PANES, text);
}

// Links to files beside the page, when the page is a single file: a link to a file saves that file; a link to a page
// offers the files of its folder, because a single-file page cannot show another page.

import { saveFile } from '../services/files.ts';
import { shippedFile, shippedPaths } from '../services/shipped.ts';
import type { App } from '../store/app.ts';
import { showProblem } from '../store/lab.ts';

/** Handles clicks on the links of the document; returns a function that stops this. */
export function followShippedLinks(app: App): () => void {
  const click = (event: MouseEvent) => onClick(app, event);
  document.addEventListener('click', click);
  return () => document.removeEventListener('click', click);
}

function onClick(app: App, event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const path = link?.getAttribute('href') ?? '#';
  if (event.defaultPrevented || /^(#|[a-z]+:)/i.test(path)) return;
  event.preventDefault();
  const name = path.replace(/^\.\//, '').replace(/[?#].*$/, '');
  if (!name.endsWith('.html') && !name.endsWith('/')) {
    void save(app, name);
    return;
  }
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  const files = shippedPaths().filter((one) => folder !== '' && one.startsWith(folder));
  showProblem(app, {
    title: `This single-file page cannot show ${name}.`,
    details: [files.length === 0 ? 'The file does not contain it.' : 'The file contains these parts of it.'],
    actions: files.map((one) => ({
      label: `Save ${one.slice(folder.length)}`,
      run: () => void save(app, one),
    })),
  });
}

async function save(app: App, path: string): Promise<void> {
  try {
    saveFile(path.slice(path.lastIndexOf('/') + 1), await shippedFile(path));
  } catch (error) {
    const details = [error instanceof Error ? error.message : String(error)];
    showProblem(app, { title: `${path} could not be saved.`, details });
  }
}

// Links to what lies beside the page, where the page is one file and nothing lies beside it: a file that came with it is
// saved; of a page the files of its folder are offered, because a page of its own cannot be shown from within this one.

import { showProblem } from './lab.ts';
import { shippedFile, shippedPaths } from './shipped.ts';

/** Takes over the links of the document; the result ends that. */
export function followShippedLinks(): () => void {
  document.addEventListener('click', onClick);
  return () => document.removeEventListener('click', onClick);
}

function onClick(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  const path = link?.getAttribute('href') ?? '#';
  if (event.defaultPrevented || /^(#|[a-z]+:)/i.test(path)) return;
  event.preventDefault();
  const name = path.replace(/^\.\//, '').replace(/[?#].*$/, '');
  if (!name.endsWith('.html') && !name.endsWith('/')) {
    void save(name);
    return;
  }
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  const files = shippedPaths().filter((one) => folder !== '' && one.startsWith(folder));
  showProblem({
    title: `This page is one file: ${name} is not shown in it.`,
    details: [files.length === 0 ? 'It is not in this file.' : 'What belongs to it is in this file.'],
    actions: files.map((one) => ({
      label: `Save ${one.slice(folder.length)}`,
      run: () => void save(one),
    })),
  });
}

async function save(path: string): Promise<void> {
  try {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await shippedFile(path));
    link.download = path.slice(path.lastIndexOf('/') + 1);
    link.click();
    // the download has its own hold on the bytes once it has begun
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  } catch (error) {
    const details = [error instanceof Error ? error.message : String(error)];
    showProblem({ title: `${path} could not be saved.`, details });
  }
}

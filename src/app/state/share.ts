// Copying the link.

import { counted } from '../../views/words/numbers.ts';
import { writeAddress } from './address.ts';
import { showProblem, useLab } from './lab.ts';

/** A link to a file is explained once. */
let toldOfFile = false;

/** Puts the address into the clipboard and says so; false where the browser does not let us. */
export async function copyLink(): Promise<boolean> {
  writeAddress();
  const { href, hash } = window.location;
  if (hash === '') {
    showProblem({
      title: 'The script is too long for a link, and for this browser to keep.',
      details: ['“Notation…” saves it as a file, which can be opened again.'],
    });
    return false;
  }
  try {
    await navigator.clipboard.writeText(href);
  } catch {
    showProblem({ title: 'The browser does not allow copying.', details: [href] });
    return false;
  }
  if (window.location.protocol === 'file:' && !toldOfFile) {
    toldOfFile = true;
    showProblem({
      title: 'The link is copied. It names a file of this computer.',
      details: ['Elsewhere, put what follows # behind the address of any irqscope.'],
      note: 'Or send this file along with it.',
    });
    return true;
  }
  const announcement = hash.startsWith('#kept=')
    ? 'Link copied. The script is too long for a link: it opens in this browser only.'
    : `Link copied, ${counted(href.length, 'character')}.`;
  useLab.setState({ announcement });
  return true;
}

// Copies the link.

import { counted } from '../../text/numbers.ts';
import { type App, local } from './app.ts';
import { keepNow } from './kept.ts';
import { labSlice, showProblem } from './lab.ts';
import { sessionFragment } from './shownFragment.ts';
import { viewSlice } from './view.ts';

/** The values of an app that no pane shows. */
interface Held {
  /** The note about a link to a file appears once. */
  toldOfFile: boolean;
}

const held = local<Held>(() => ({
  toldOfFile: false,
}));

/**
 * Copies a link to the session, also while the address is a lesson's; Explore and Lessons have links of their own. Returns
 * false where the browser blocks copying.
 */
export async function copyLink(app: App): Promise<boolean> {
  const my = app.local(held);
  keepNow(app);
  const fragment = app.get(viewSlice).own ?? sessionFragment(app);
  if (fragment === null) {
    showProblem(app, {
      title: 'The script is too long for a link, and for this browser to keep.',
      details: ['“Notation…” saves it as a file that irqscope opens again.'],
    });
    return false;
  }
  const hash = `#${fragment}`;
  const href = `${window.location.href.replace(/#.*$/s, '')}${hash}`;
  if (!(await app.services.copyText(href))) {
    showProblem(app, { title: 'The browser blocks copying.', details: [href] });
    return false;
  }
  if (window.location.protocol === 'file:' && !my.toldOfFile) {
    my.toldOfFile = true;
    showProblem(app, {
      title: 'Link copied. It names a file on this computer.',
      details: [
        'On another computer, open any irqscope and add the part of this link that begins with # to its address.',
      ],
      note: 'Or send this file together with the link.',
    });
    return true;
  }
  const announcement = hash.startsWith('#kept=')
    ? 'Link copied. It opens in this browser only, because the script is too long for a link.'
    : `Link copied, ${counted(href.length, 'character')}.`;
  app.set(labSlice, { announcement });
  return true;
}

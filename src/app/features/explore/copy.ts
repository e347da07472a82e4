// Copies results of this view as text.

import type { App } from '../../store/app.ts';
import { labSlice, showProblem } from '../../store/lab.ts';

/** Copies the text and announces `Copied {what}.`; shows the text and returns false where the browser blocks copying. */
export async function copyResult(app: App, text: string, what: string): Promise<boolean> {
  const copied = await app.services.copyText(text);
  if (copied) app.set(labSlice, { announcement: `Copied ${what}.` });
  else showProblem(app, { title: 'The browser blocks copying.', details: text.split('\n') });
  return copied;
}

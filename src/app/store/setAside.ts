// Unreadable text of the browser's storage: reported and kept under another key, never deleted.

import type { App } from './app.ts';
import { showProblem } from './lab.ts';

/** The beginning of every key of the page. */
const OWN = 'irqscope.';

/** A kept text that cannot be read. */
interface Unreadable {
  /** The key under which the browser keeps it. */
  readonly key: string;
  readonly text: string;
  /** The message for a person. */
  readonly title: string;
  readonly details: readonly string[];
}

/**
 * Copies the text to `irqscope.set-aside.…` and reports it. The caller replaces or removes the text under its key. A slice may call
 * this while it is made, so the message waits until it exists.
 */
export function setAside(app: App, { key, text, title, details }: Unreadable): void {
  const aside = key.replace(OWN, `${OWN}set-aside.`);
  app.services.kept.write(aside, text);
  queueMicrotask(() =>
    showProblem(app, { title, details, note: `The local storage keeps a copy under ${aside}.` }),
  );
}

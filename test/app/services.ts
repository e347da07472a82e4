// Services of a page without a browser.

import type { Services, TextStore } from '../../src/app/services/services.ts';

function textStore(texts: Map<string, string>): TextStore {
  return {
    read: (key) => texts.get(key) ?? null,
    write: (key, text) => {
      texts.set(key, text);
      return true;
    },
    remove: (key) => texts.delete(key),
  };
}

/** Returns services that keep texts in memory; `kept` has those that outlive a visit. */
export function fakeServices(kept = new Map<string, string>()): Services {
  return { kept: textStore(kept), tab: textStore(new Map()), copyText: () => Promise.resolve(true) };
}

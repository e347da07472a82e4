// The browser's storage and clipboard as services of a page. Tests make pages with other services.

/** Texts by key. No function throws: a browser can forbid the storage, and it can be full. */
export interface TextStore {
  /** Returns the text under the key; null if there is none. */
  readonly read: (key: string) => string | null;
  /** Keeps a text; returns false if the browser does not keep it. */
  readonly write: (key: string, text: string) => boolean;
  readonly remove: (key: string) => void;
}

/** The services of a page. */
export interface Services {
  /** Texts that outlive the visit. */
  readonly kept: TextStore;
  /** Texts that outlive a reload of the tab. */
  readonly tab: TextStore;
  /** Copies a text to the clipboard; resolves to false where the browser blocks copying. */
  readonly copyText: (text: string) => Promise<boolean>;
}

/** Returns the services of the browser. */
export function browserServices(): Services {
  return {
    kept: storeOf(() => localStorage),
    tab: storeOf(() => sessionStorage),
    copyText: async (text) => {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        return false;
      }
    },
  };
}

function storeOf(storage: () => Storage): TextStore {
  const tried = <T>(use: (of: Storage) => T, otherwise: T): T => {
    try {
      return use(storage());
    } catch {
      return otherwise;
    }
  };
  return {
    read: (key) => tried((of) => of.getItem(key), null),
    write: (key, text) =>
      tried((of) => {
        of.setItem(key, text);
        return true;
      }, false),
    remove: (key) => tried((of) => of.removeItem(key), undefined),
  };
}

// The data of an entry of the browser's history: a tree of edits, a node of it, and the shown view or sheet.

/** An entry of the browser's history: a tree and a node of it. */
export interface Entry {
  readonly tree: string;
  readonly node: number;
  /** View and lanes, as text (formats/permalink/viewPart.ts); absent for the lab. */
  readonly view?: string;
  /** The address is still that of the previous entry; it is written a moment later. */
  readonly late?: true;
  /** The fragment of the open sheet (places.ts). */
  readonly place?: string;
  /** The sheet's entry was added on top of the view's entry, so closing the sheet goes back to that. */
  readonly over?: true;
  /** The entries of the documentation between this one and the first of the sheet; closing the sheet skips them. */
  readonly deep?: number;
  /** The view's own fragment below the sheet. */
  readonly own?: string;
}

/** Reads the data that this page wrote with an entry of the browser's history; null for an entry of another page or of a followed link. */
export function entryOf(state: unknown): Entry | null {
  if (typeof state !== 'object' || state === null || !('tree' in state) || !('node' in state)) return null;
  const { tree: id, node } = state;
  if (typeof id !== 'string' || typeof node !== 'number') return null;
  return {
    tree: id,
    node,
    ...('view' in state && typeof state.view === 'string' ? { view: state.view } : {}),
    ...('late' in state ? { late: true as const } : {}),
    ...('place' in state && typeof state.place === 'string' ? { place: state.place } : {}),
    ...('over' in state ? { over: true as const } : {}),
    ...('deep' in state && typeof state.deep === 'number' ? { deep: state.deep } : {}),
    ...('own' in state && typeof state.own === 'string' ? { own: state.own } : {}),
  };
}

/** Returns the entry that the page kept when the person left it, if this is a reload; the browser may have lost its latest data. */
export function leftEntry(noted: string | null): Entry | null {
  const [navigation] = performance.getEntriesByType('navigation');
  if (noted === null || !(navigation && 'type' in navigation && navigation.type === 'reload')) return null;
  try {
    return entryOf(JSON.parse(noted));
  } catch {
    return null;
  }
}

// Chooses a range of vectors in the wiring: by dragging over their numbers, or with Shift and the arrow keys. Fetched after
// the first picture.

import type { App } from '../../../store/app.ts';
import { chooseRange, compose } from '../../../store/compose.ts';
import { labSlice } from '../../../store/lab.ts';
import { pointAtVector, pointedVector } from '../../../store/pointed.ts';

/** Returns the vector of the row around an element, or null. */
function vectorOf(target: EventTarget | null): number | null {
  if (!(target instanceof Element)) return null;
  const row = target.closest<HTMLElement>('[data-vector]');
  return row === null ? null : Number(row.dataset['vector']);
}

/** Watches the element of the rows; `vectors` is their number, `reveal` scrolls to one. Returns a function that ends it. */
export function watchVectorRange(
  app: App,
  element: HTMLElement,
  vectors: number,
  reveal: (vector: number) => void,
): () => void {
  let anchor: number | null = null;
  let end = 0;
  let dragged = false;
  const onDown = (event: PointerEvent) => {
    const isNumber = event.target instanceof Element && event.target.closest('.vector') !== null;
    const vector = isNumber && event.button === 0 ? vectorOf(event.target) : null;
    if (vector === null) return;
    // a drag selects no text; a click without a drag opens the row
    event.preventDefault();
    anchor = vector;
    end = vector;
    dragged = false;
  };
  const onMove = (event: PointerEvent) => {
    if (anchor === null) return;
    // the pointer may be captured by the row it was pressed on
    const vector = vectorOf(document.elementFromPoint(event.clientX, event.clientY));
    if (vector === null || vector === end) return;
    end = vector;
    dragged = true;
    chooseRange(app, anchor, vector);
  };
  const onUp = () => {
    if (anchor === null) return;
    anchor = null;
    if (!dragged) return;
    // Enter then runs the ioctl
    document.querySelector<HTMLElement>('.composer .primary')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step === undefined || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const { draft } = app.get(labSlice);
    if (anchor === null) {
      anchor = pointedVector(app) ?? (Number(draft.start) || 0);
      end = anchor;
    } else {
      end = Math.max(0, Math.min(vectors - 1, end + step));
    }
    chooseRange(app, anchor, end);
    pointAtVector(app, end);
    reveal(end);
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key === 'Shift') anchor = null;
  };
  const onFocusOut = () => compose(app, { composing: false });
  element.addEventListener('pointerdown', onDown);
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onUp);
  element.addEventListener('keydown', onKeyDown);
  element.addEventListener('keyup', onKeyUp);
  element.addEventListener('focusout', onFocusOut);
  return () => {
    element.removeEventListener('pointerdown', onDown);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    element.removeEventListener('keydown', onKeyDown);
    element.removeEventListener('keyup', onKeyUp);
    element.removeEventListener('focusout', onFocusOut);
  };
}

// Choosing a range of vectors in the wiring: by dragging over their numbers, or with Shift and the arrow keys. Fetched behind
// the first picture.

import { chooseRange, compose } from '../../state/compose.ts';
import { useLab } from '../../state/lab.ts';
import { pointAtVector, pointedVector } from '../../state/pointed.ts';

/** The vector of the row that something on the page belongs to, or null. */
function vectorOf(target: EventTarget | null): number | null {
  if (!(target instanceof Element)) return null;
  const row = target.closest<HTMLElement>('[data-vector]');
  return row === null ? null : Number(row.dataset['vector']);
}

/** Watches the element that holds the rows; `vectors` is how many there are, `reveal` scrolls to one. The result ends it. */
export function watchVectorRange(
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
    // no text is selected by a drag; a click without one opens the row
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
    chooseRange(anchor, vector);
  };
  const onUp = () => {
    if (anchor === null) return;
    anchor = null;
    if (!dragged) return;
    // Enter then runs what was chosen
    document.querySelector<HTMLElement>('.composer .primary')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step === undefined || !event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const { draft } = useLab.getState();
    if (anchor === null) {
      anchor = pointedVector() ?? (Number(draft.start) || 0);
      end = anchor;
    } else {
      end = Math.max(0, Math.min(vectors - 1, end + step));
    }
    chooseRange(anchor, end);
    pointAtVector(end);
    reveal(end);
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key === 'Shift') anchor = null;
  };
  const onFocusOut = () => compose({ composing: false });
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

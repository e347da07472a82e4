// Focus for text that replaces the button that was pressed.

import { type RefObject, useLayoutEffect } from 'react';

/** Scrolls the element into view when it appears, and gives it the focus if the pressed button has disappeared. */
export function useTakeLostFocus(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    // braces: newer browsers return a promise, which an effect must not
    element.scrollIntoView?.({ block: 'nearest' });
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) element.focus({ preventScroll: true });
  }, [ref]);
}

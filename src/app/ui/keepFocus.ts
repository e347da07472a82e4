// Keeps the keyboard's place: when an action removes or disables the focused element, the focus moves to the nearest element
// that is left. Without this the browser drops the focus, and Tab starts again at the top of the page.

const TABBABLE =
  'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]';

/** Returns the element that takes the focus: a focusable ancestor, or the first tabbable element inside an ancestor. */
function nearest(around: readonly Element[]): HTMLElement | null {
  for (const element of around) {
    if (!(element instanceof HTMLElement) || !element.isConnected || element === document.body) continue;
    if (element.matches(TABBABLE)) return element;
    // beyond the view a control would be far from where the person was
    if (element.matches('main, dialog') || element.querySelector('main') !== null) {
      const home = element.matches('main, dialog') ? element : element.querySelector('main');
      if (!(home instanceof HTMLElement)) continue;
      home.tabIndex = -1;
      return home;
    }
    // the next view is being fetched: its arrival is another change, and until then the skip link would take the focus
    if (element.querySelector('.skip') !== null) return null;
    const inside = [...element.querySelectorAll<HTMLElement>(TABBABLE)].find(
      (one) => one.tabIndex >= 0 && one.checkVisibility?.() !== false,
    );
    if (inside !== undefined) return inside;
  }
  return null;
}

/** Watches the document; the returned function ends that. */
export function keepFocus(): () => void {
  // the focused element and its ancestors, from the inside out
  let around: readonly Element[] = [];
  let frame = 0;
  const onFocus = ({ target }: FocusEvent) => {
    const path: Element[] = [];
    for (let at = target instanceof Element ? target : null; at !== null; at = at.parentElement)
      path.push(at);
    around = path;
  };
  // a press on an empty place takes the focus away on purpose
  const onPress = ({ target }: PointerEvent) => {
    if (target instanceof Element && target.closest(`${TABBABLE}, [tabindex], label`) === null) around = [];
  };
  const look = () => {
    frame = 0;
    const { activeElement: active } = document;
    const isLost = active === null || active === document.body || active.matches(':disabled');
    const [focused] = around;
    if (!isLost || focused === undefined) return;
    if (focused.isConnected && !focused.matches(':disabled')) return;
    nearest(around)?.focus({ preventScroll: true });
  };
  const observer = new MutationObserver(() => {
    // a pane may give the focus to an element of its own first
    if (frame === 0 && around.length > 0) frame = requestAnimationFrame(() => setTimeout(look));
  });
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  });
  document.addEventListener('focusin', onFocus);
  document.addEventListener('pointerdown', onPress);
  return () => {
    observer.disconnect();
    cancelAnimationFrame(frame);
    document.removeEventListener('focusin', onFocus);
    document.removeEventListener('pointerdown', onPress);
  };
}

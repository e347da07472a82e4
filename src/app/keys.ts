// The keys of the page, by their place on the keyboard (`event.code`), so that they hold for every layout.

import { go, redoEdit, undoEdit } from './state/lab.ts';

const TRAVEL = {
  ArrowLeft: 'previous',
  ArrowRight: 'next',
  ArrowDown: 'into',
  ArrowUp: 'out',
  Home: 'first',
  End: 'last',
} as const;

/** What a key does that is pressed while no field has the focus. */
export function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || isField(event.target)) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.code !== 'KeyZ' && event.code !== 'KeyY') return;
    event.preventDefault();
    if (event.code === 'KeyY' || event.shiftKey) redoEdit();
    else undoEdit();
    return;
  }
  for (const code in TRAVEL) {
    if (!isTravel(code) || code !== event.code) continue;
    event.preventDefault();
    go(TRAVEL[code]);
  }
}

function isTravel(code: string): code is keyof typeof TRAVEL {
  return Object.hasOwn(TRAVEL, code);
}

/** In a field, and in a group of radio buttons, the keys belong to the field. */
function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input:not([type="checkbox"]), select, textarea') !== null
  );
}

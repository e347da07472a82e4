// Runs the command of a pressed key.

import { isCharacter, isPressed } from '../../../views/commands/keys.ts';
import type { App } from '../../store/app.ts';
import { commandsOf, isEnabled, isInView } from '../../store/commands.ts';
import { composeSlice } from '../../store/compose.ts';
import { isModal, keepTyped, overlaySlice, showOverlay } from '../../store/overlay.ts';
import { loadPalette } from '../Overlays.tsx';

const TEXT_FIELDS = 'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable]';

/** Runs the command of the pressed key. A text field keeps its keys, except those of commands with `inFields`. */
export function onKey(app: App, event: KeyboardEvent): void {
  // Ctrl comes before K: the palette is fetched meanwhile
  if (event.key === 'Control' || event.key === 'Meta') void loadPalette();
  if (event.defaultPrevented) return;
  const within = (selector: string) =>
    event.target instanceof Element && event.target.closest(selector) !== null;
  // Enter in a text field submits its form; on a choice it does not
  if (event.key === 'Enter' && within('input[type="radio"], input[type="checkbox"]')) event.preventDefault();
  if (isModal(app)) {
    if (!within('dialog')) keepTyped(app, event);
    else if (asksForHelp(app, event, within(TEXT_FIELDS))) {
      event.preventDefault();
      showOverlay(app, 'help');
    }
    return;
  }
  const choice = within('select') ? 'select' : within('input[type="radio"]') ? 'radio' : null;
  if (choice !== null && choosesIn(choice, event)) return;
  const inField = within(TEXT_FIELDS);
  // Space presses the button that has the focus
  if (event.code === 'Space' && within('button, summary, a[href], input')) return;
  for (const command of commandsOf(app)) {
    const pressed = command.keys?.find((key) => isPressed(key, event));
    if (pressed === undefined || !isInView(app, command) || (inField && command.inFields !== true)) continue;
    if (isCharacter(pressed) && !app.get(composeSlice).letters) continue;
    event.preventDefault();
    if (isEnabled(app, command)) command.run(app);
    return;
  }
  // also without a command ← and → change no choice, such as the kernel
  if (choice !== null && /^Arrow(Left|Right)$/.test(event.code)) event.preventDefault();
}

/** True for the keys of the help in a sheet; the palette and a text field keep their characters. */
function asksForHelp(app: App, event: KeyboardEvent, inField: boolean): boolean {
  const { overlay } = app.get(overlaySlice);
  if (overlay === 'palette' || overlay === 'help') return false;
  return (
    isPressed('F1', event) || (!inField && app.get(composeSlice).letters && isPressed('Shift+Slash', event))
  );
}

/** True for the keys that choose in a group of radio buttons or in a list. ← and → belong to the page. */
function choosesIn(choice: 'select' | 'radio', event: KeyboardEvent): boolean {
  const { code, altKey, ctrlKey, metaKey, shiftKey } = event;
  if (choice === 'select') return /^(Arrow(Up|Down)|Home|End|Page(Up|Down))$/.test(code);
  return /^Arrow(Up|Down)$/.test(code) && !altKey && !ctrlKey && !metaKey && !shiftKey;
}

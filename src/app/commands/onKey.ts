// Keys to commands.

import { isCharacter, isPressed } from '../../views/commands/keys.ts';
import { useCompose } from '../state/compose.ts';
import { useOverlay } from '../state/overlay.ts';
import { isEnabled, isInView } from './command.ts';
import { loadPalette } from './Overlays.tsx';
import { COMMANDS } from './table.ts';

/** Runs the command of the key that was pressed. In a field, keys belong to the field but for those that say otherwise. */
export function onKey(event: KeyboardEvent): void {
  // what is typed right after Ctrl K must not find the palette still on its way
  if (event.key === 'Control' || event.key === 'Meta') void loadPalette();
  if (event.defaultPrevented || useOverlay.getState().overlay !== null) return;
  const inField = isField(event.target);
  const { letters } = useCompose.getState();
  for (const command of COMMANDS) {
    const pressed = command.keys?.find((key) => isPressed(key, event));
    if (pressed === undefined || !isInView(command) || (inField && command.inFields !== true)) continue;
    if (isCharacter(pressed) && !letters) continue;
    event.preventDefault();
    if (isEnabled(command)) command.run();
    return;
  }
}

/** In a field, and in a group of radio buttons, the keys belong to the field. */
function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest('input:not([type="checkbox"]), select, textarea') !== null
  );
}

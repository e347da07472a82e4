// Commands that show a group of the operations beside the usual ones. They have no keys and are fetched with the palette.

import type { Command } from '../../../store/commands.ts';
import { type MorePart, reveal } from '../../../store/compose.ts';

const GROUPS: readonly (readonly [MorePart, string])[] = [
  ['bytes', 'Show the bytes of the structure'],
  ['faults', 'Inject a fault during the call'],
  ['raises', 'Raise an interrupt during the call'],
  ['eventfds', 'Show the operations on eventfds: create, read, write, close'],
  ['device', 'Show the operations on the device: reset, release, config space'],
];

/** One command per group. */
export const COMPOSE_RARE: readonly Command[] = GROUPS.map(([part, title]) => ({
  id: `compose.${part}`,
  section: 'Compose',
  title,
  run: (app) => reveal(app, part),
}));

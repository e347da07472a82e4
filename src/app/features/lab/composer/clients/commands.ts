// The commands of the client panel: the actions of the chosen client, with the numbers in the panel. Their code is fetched
// with the panel.

import type { ActionKind } from '../../../../../clients/client.ts';
import type { Command } from '../../../../store/commands.ts';
import { composeSlice } from '../../../../store/compose.ts';
import { viewSlice } from '../../../../store/view.ts';

/** In the order of the palette. */
const TITLES: readonly (readonly [ActionKind, string])[] = [
  ['enable-msix', 'guest enables MSI-X'],
  ['unmask', 'guest unmasks the vector'],
  ['mask', 'guest masks the vector'],
  ['function-mask', 'guest sets or clears the function mask'],
  ['disable-msix', 'guest disables MSI-X'],
  ['enable-msi', 'guest enables MSI'],
  ['disable-msi', 'guest disables MSI'],
  ['acknowledge-intx', 'guest services INTx'],
  ['enable-queues', 'driver enables queue interrupts'],
  ['stop-queues', 'driver stops its queues'],
  ['trigger', 'test triggers the vector'],
  ['move-route', 'guest moves the route of INTx'],
  ['command', 'guest writes COMMAND'],
  ['reset', 'guest resets the device'],
  ['unplug', 'device is unplugged'],
  ['end', 'program ends'],
];

/** One command per action, for the palette. */
export const CLIENT_COMMANDS: readonly Command[] = TITLES.map(([kind, title]) => ({
  id: `client.${kind}`,
  section: 'Compose',
  title: `Client: ${title}`,
  enabled: (app) => app.get(viewSlice).view === 'lab' && app.get(composeSlice).client,
  run: (app) => void import('./clients.ts').then(({ actByKind }) => actByKind(app, kind)),
}));

// The scenario library, and the commands of the client panel: what can happen to the client at work, with the numbers that
// stand in the panel. What they do is fetched with the panel.

import type { ActionKind } from '../../clients/client.ts';
import { useCompose } from '../state/compose.ts';
import { openView, setOwnFragment, useView } from '../state/view.ts';
import type { Command } from './command.ts';

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
  ['trigger', 'test triggers the vector'],
  ['reset', 'guest resets the device'],
  ['unplug', 'device is unplugged'],
];

const SCENARIOS: Command = {
  id: 'lessons.scenarios',
  section: 'Lessons',
  title: 'Scenarios: what real programs send, to search and to open',
  run: () => {
    openView('learn');
    setOwnFragment('learn=scenarios');
  },
};

/** The library, and one command an action, for the palette. */
export const CLIENT_COMMANDS: readonly Command[] = [
  SCENARIOS,
  ...TITLES.map(
    ([kind, title]): Command => ({
      id: `client.${kind}`,
      section: 'Compose',
      title: `Client: ${title}`,
      enabled: () => useView.getState().view === 'lab' && useCompose.getState().client,
      run: () => void import('../state/clients.ts').then(({ actByKind }) => actByKind(kind)),
    }),
  ),
];

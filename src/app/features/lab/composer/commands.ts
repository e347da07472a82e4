// The commands of the composer.

import type { App } from '../../../store/app.ts';
import type { Command } from '../../../store/commands.ts';
import {
  chooseMode,
  composed,
  composeSlice,
  editableLine,
  editCurrent,
  replaceByComposed,
  reveal,
  runComposed,
  setMore,
  showClient,
  toggle,
} from '../../../store/compose.ts';
import { focusPane } from '../../../ui/focusPane.ts';

const section = 'Compose' as const;
const isReadable = (app: App) => !('wrong' in composed(app));

/** Commands that run or replace a line, and that change the form. */
export const COMPOSING: readonly Command[] = [
  {
    id: 'compose.run',
    section,
    title: 'Run the composed ioctl',
    keys: ['Ctrl+Enter'],
    inFields: true,
    enabled: isReadable,
    run: runComposed,
  },
  {
    id: 'compose.edit',
    section,
    title: 'Edit the current line in the form',
    keys: ['KeyE'],
    enabled: (app) => editableLine(app) !== null,
    run: (app) => {
      editCurrent(app);
      focusPane('compose');
    },
  },
  {
    id: 'compose.replace',
    section,
    title: 'Replace the current line with the composed ioctl',
    keys: ['Ctrl+Shift+Enter'],
    inFields: true,
    enabled: (app) => isReadable(app) && editableLine(app) !== null,
    run: replaceByComposed,
  },
  {
    id: 'compose.mode',
    section,
    title: 'Raw form: any argsz, flags and bytes (on or off)',
    keys: ['KeyB'],
    run: (app) => {
      const isRaw = app.get(composeSlice).mode === 'raw';
      chooseMode(app, isRaw ? 'form' : 'raw');
      if (isRaw) focusPane('compose');
      else reveal(app, 'raw');
    },
  },
  {
    id: 'compose.client',
    section,
    title: 'Act as a client: QEMU, DPDK and others (on or off)',
    keys: ['KeyA'],
    run: (app) => {
      const { client, more } = app.get(composeSlice);
      if (!client || !more) reveal(app, 'client');
      else {
        showClient(app, false);
        focusPane('compose');
      }
    },
  },
  {
    id: 'compose.more',
    section,
    title: 'More operations: bytes, faults, eventfds, the device (open or close)',
    keys: ['KeyU'],
    run: (app) => {
      if (!app.get(composeSlice).more) reveal(app, 'bytes');
      else {
        setMore(app, false);
        focusPane('more');
      }
    },
  },
  {
    id: 'compose.ghost',
    section,
    title: 'Preview in the wiring while composing (on or off)',
    keys: ['KeyG'],
    run: (app) => toggle(app, 'ghost', 'Preview in the wiring'),
  },
  {
    id: 'compose.typed',
    section,
    title: 'Type a line',
    keys: ['Slash'],
    run: () => focusPane('typed'),
  },
];

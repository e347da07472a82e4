// The commands of the composer.

import { INDEX_NAMES } from '../../uapi/vfio.ts';
import { ACTION_NAMES, DATA_NAMES } from '../../views/composer/draft.ts';
import {
  chooseMode,
  composed,
  draftChange,
  editableLine,
  editCurrent,
  replaceByComposed,
  runComposed,
  showClient,
  toggle,
  useCompose,
} from '../state/compose.ts';
import type { Command } from './command.ts';
import { focusPane } from './focus.ts';

const section = 'Compose' as const;
const isReadable = () => !('wrong' in composed());

/** Running, replacing, and every field of the form. */
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
    title: 'Take the current line into the form',
    keys: ['KeyE'],
    enabled: () => editableLine() !== null,
    run: () => {
      editCurrent();
      focusPane('compose');
    },
  },
  {
    id: 'compose.replace',
    section,
    title: 'Replace the current line by the composed ioctl',
    keys: ['Ctrl+Shift+Enter'],
    inFields: true,
    enabled: () => isReadable() && editableLine() !== null,
    run: replaceByComposed,
  },
  {
    id: 'compose.mode',
    section,
    title: 'Raw mode: any argsz, flags and bytes (or back to the form)',
    keys: ['KeyB'],
    run: () => chooseMode(useCompose.getState().mode === 'raw' ? 'form' : 'raw'),
  },
  {
    id: 'compose.client',
    section,
    title: 'Act as a client: QEMU, DPDK and others (or back to the form)',
    keys: ['KeyA'],
    run: () => {
      showClient(!useCompose.getState().client);
      focusPane('compose');
    },
  },
  {
    id: 'compose.ghost',
    section,
    title: 'Show or hide the effect in the wiring while composing',
    keys: ['KeyG'],
    run: () => toggle('ghost', 'Effect in the wiring'),
  },
  {
    id: 'compose.typed',
    section,
    title: 'Type a line',
    keys: ['Slash'],
    run: () => focusPane('typed'),
  },
  ...INDEX_NAMES.map((name, index) => ({
    id: `compose.index.${index}`,
    section,
    title: `Index ${name}`,
    run: () => inForm(() => draftChange({ index })),
  })),
  ...ACTION_NAMES.map((action) => ({
    id: `compose.action.${action}`,
    section,
    title: `Action ${action}`,
    run: () => inForm(() => draftChange({ action })),
  })),
  ...DATA_NAMES.map((data) => ({
    id: `compose.data.${data}`,
    section,
    title: `Data ${data}`,
    run: () => inForm(() => draftChange({ data })),
  })),
];

function inForm(change: () => void): void {
  const { mode, client } = useCompose.getState();
  if (mode === 'raw') chooseMode('form');
  if (client) showClient(false);
  change();
  focusPane('compose');
}

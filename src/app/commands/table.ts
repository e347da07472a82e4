// The one table of commands.

import { toggle } from '../state/compose.ts';
import { showOverlay } from '../state/overlay.ts';
import { nextTheme } from '../state/theme.ts';
import type { Command } from './command.ts';
import { COMPOSING } from './composing.ts';
import { focusPane } from './focus.ts';
import { KERNELS } from './kernels.ts';
import { SCRIPT, TIME } from './moving.ts';
import { OPERATIONS } from './operations.ts';
import { TIMELINE } from './timeline.ts';

const PANES = [
  ['compose', 'composer'],
  ['script', 'script'],
  ['wiring', 'wiring'],
  ['trace', 'kernel calls'],
  ['timeline', 'timeline'],
] as const;

const VIEW: readonly Command[] = [
  {
    id: 'view.palette',
    section: 'View',
    title: 'Command palette',
    keys: ['Ctrl+KeyK'],
    inFields: true,
    run: () => showOverlay('palette'),
  },
  {
    id: 'view.help',
    section: 'View',
    title: 'All keys, and what the marks mean',
    keys: ['Shift+Slash', 'F1'],
    run: () => showOverlay('help'),
  },
  ...PANES.map(([pane, name], at) => ({
    id: `view.${pane}`,
    section: 'View' as const,
    title: `Go to the ${name}`,
    keys: [`Alt+Digit${at + 1}`],
    inFields: true as const,
    run: () => focusPane(pane),
  })),
  {
    id: 'view.theme',
    section: 'View',
    title: 'Theme: system, light or dark',
    keys: ['KeyT'],
    run: nextTheme,
  },
  {
    id: 'view.letters',
    section: 'View',
    title: 'Single-letter keys on or off',
    run: () => toggle('letters', 'Single-letter keys'),
  },
];

/** Every command of the page. */
export const COMMANDS: readonly Command[] = [
  ...COMPOSING,
  ...OPERATIONS,
  ...TIME,
  ...TIMELINE,
  ...SCRIPT,
  ...KERNELS,
  ...VIEW,
];

const byId = new Map(COMMANDS.map((command) => [command.id, command]));

/** The command of that id. */
export function commandById(id: string): Command {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no command ${id}`);
  return found;
}

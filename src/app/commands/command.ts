// What a command is. Buttons, keys, the palette and the sheet of keys are all fed from the one table of them.

import { useView, type ViewId } from '../state/view.ts';

/** The sections of the table, in the order of the sheet. */
export const SECTIONS = [
  'Compose',
  'Operations',
  'Time',
  'Script',
  'Kernel and device',
  'Explore',
  'View',
] as const;

/** The view that a section belongs to; the others hold everywhere. */
const VIEW_OF_SECTION: Partial<Record<(typeof SECTIONS)[number], ViewId>> = {
  Compose: 'lab',
  Operations: 'lab',
  Time: 'lab',
  Script: 'lab',
  'Kernel and device': 'lab',
  Explore: 'explore',
};

/** Something that a person can do to the page. */
export interface Command {
  readonly id: string;
  readonly section: (typeof SECTIONS)[number];
  /** What it does, for instance `Step into the line`. */
  readonly title: string;
  /** For instance `Ctrl+KeyZ` (views/commands/keys.ts); the first is the one that is shown. */
  readonly keys?: readonly string[];
  /** Its keys hold also while a field has the focus. */
  readonly inFields?: true;
  /** Without it the command can always be run. */
  readonly enabled?: () => boolean;
  readonly run: () => void;
}

/** True while the command belongs to the view that is open. */
export function isInView({ section }: Command): boolean {
  const view = VIEW_OF_SECTION[section];
  return view === undefined || view === useView.getState().view;
}

/** True while the command can be run. */
export function isEnabled(command: Command): boolean {
  return isInView(command) && (command.enabled?.() ?? true);
}

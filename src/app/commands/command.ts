// What a command is. Buttons, keys, the palette and the sheet of keys are all fed from the one table of them.

import { isPresenting } from '../state/lesson.ts';
import { useView, type ViewId } from '../state/view.ts';

/** The sections of the table, in the order of the sheet. */
export const SECTIONS = [
  'Compose',
  'Operations',
  'Time',
  'Timeline',
  'Script',
  'Kernel and device',
  'Compare',
  'Explore',
  'Lessons',
  'Presenting',
  'View',
] as const;

const NOT_EXPLORE: readonly ViewId[] = ['lab', 'compare'];

/** The views that a section belongs to; the others hold everywhere. */
const VIEWS_OF_SECTION: Partial<Record<(typeof SECTIONS)[number], readonly ViewId[]>> = {
  Compose: NOT_EXPLORE,
  Operations: NOT_EXPLORE,
  Time: NOT_EXPLORE,
  Timeline: NOT_EXPLORE,
  Script: NOT_EXPLORE,
  'Kernel and device': NOT_EXPLORE,
  Explore: ['explore'],
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
  if (section === 'Presenting') return isPresenting();
  return VIEWS_OF_SECTION[section]?.includes(useView.getState().view) ?? true;
}

/** True while the command can be run. */
export function isEnabled(command: Command): boolean {
  return isInView(command) && (command.enabled?.() ?? true);
}

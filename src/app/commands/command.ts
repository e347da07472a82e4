// What a command is. Buttons, keys, the palette and the sheet of keys are all fed from the one table of them.

/** The sections of the table, in the order of the sheet. */
export const SECTIONS = [
  'Compose',
  'Operations',
  'Time',
  'Timeline',
  'Script',
  'Kernel and device',
  'View',
] as const;

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

/** True while the command can be run. */
export function isEnabled(command: Command): boolean {
  return command.enabled?.() ?? true;
}

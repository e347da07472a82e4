// The shape of a command. One table of commands feeds the buttons, the keys, the palette and the keyboard shortcuts.

import { type App, local } from './app.ts';
import { isPresenting } from './lesson.ts';
import { type ViewId, viewSlice } from './view.ts';

/** The sections of the table, in the order of the list of shortcuts. */
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

/** The views of a section; sections without an entry belong to all views. */
const VIEWS_OF_SECTION: Partial<Record<(typeof SECTIONS)[number], readonly ViewId[]>> = {
  Compose: NOT_EXPLORE,
  Operations: NOT_EXPLORE,
  Time: NOT_EXPLORE,
  Timeline: NOT_EXPLORE,
  Script: NOT_EXPLORE,
  'Kernel and device': NOT_EXPLORE,
  Explore: ['explore'],
};

/** An action that a person can take. */
export interface Command {
  readonly id: string;
  readonly section: (typeof SECTIONS)[number];
  /** For instance `Step into the line`. */
  readonly title: string;
  /** For instance `Ctrl+KeyZ` (views/commands/keys.ts); the page shows the first one. */
  readonly keys?: readonly string[];
  /** Its keys work also while a text field has the focus. */
  readonly inFields?: true;
  /** Without it the command is always enabled. */
  readonly enabled?: (app: App) => boolean;
  readonly run: (app: App) => void;
}

const offered = local<{ all: ReadonlyMap<string, Command> }>(() => ({ all: new Map() }));

/**
 * Adds commands after those that the page has: the shell's table first, then those of a view that is fetched. With `first` their
 * keys precede all others.
 */
export function addCommands(app: App, commands: readonly Command[], first = false): void {
  const my = app.local(offered);
  if (commands.every(({ id }) => my.all.has(id))) return;
  const more = commands.map((command) => [command.id, command] as const);
  my.all = new Map(first ? [...more, ...my.all] : [...my.all, ...more]);
}

/** Returns the commands with a key or a button, in the order in which keys find them. */
export function commandsOf(app: App): Iterable<Command> {
  return app.local(offered).all.values();
}

/** Returns the command with that id; throws for a command that nothing has added. */
export function commandById(app: App, id: string): Command {
  const found = app.local(offered).all.get(id);
  if (found === undefined) throw new Error(`unknown command ${id}`);
  return found;
}

/** True while the command belongs to the open view. */
export function isInView(app: App, { section }: Command): boolean {
  if (section === 'Presenting') return isPresenting(app);
  return VIEWS_OF_SECTION[section]?.includes(app.get(viewSlice).view) ?? true;
}

/** True while the command is enabled in the open view. */
export function isEnabled(app: App, command: Command): boolean {
  return isInView(app, command) && (command.enabled?.(app) ?? true);
}

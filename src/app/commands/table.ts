// The one table of commands.

import { toggle } from '../state/compose.ts';
import { showOverlay } from '../state/overlay.ts';
import { openGlossary } from '../state/term.ts';
import { nextTheme } from '../state/theme.ts';
import { openView, useView } from '../state/view.ts';
import { CLIENT_COMMANDS } from './clients.ts';
import type { Command } from './command.ts';
import { COMPARING } from './comparing.ts';
import { COMPOSING } from './composing.ts';
import { EXPLORE } from './exploring.ts';
import { focusPane } from './focus.ts';
import { KERNELS } from './kernels.ts';
import { LESSON_COMMANDS, PRESENTING } from './lessons.ts';
import { SCRIPT, TIME } from './moving.ts';
import { OPERATIONS } from './operations.ts';
import { TIMELINE } from './timeline.ts';
import { TIMELINE_TOOLS } from './timelineTools.ts';

const PANES = [
  ['compose', 'composer'],
  ['script', 'script'],
  ['wiring', 'wiring'],
  ['trace', 'kernel calls'],
  ['timeline', 'timeline'],
] as const;

/** Scripts to try the page with. */
const WORKLOADS: readonly Command[] = [1_000, 10_000, 100_000].map((lines) => ({
  id: `script.workload-${lines}`,
  section: 'Script',
  title: `Open a generated workload: ${lines.toLocaleString('en')} lines on 2,048 vectors`,
  run: () => {
    void import('../state/openScript.ts').then(({ openWorkload }) =>
      openWorkload({ lines, vectors: 2048, seed: 1 }),
    );
  },
}));

/** Everything that the session can be taken away as. */
const TAKE_AWAY: Command = {
  id: 'script.takeAway',
  section: 'Script',
  title: 'Take away: as link, file, mail, picture or C program',
  keys: ['KeyY'],
  run: () => showOverlay('takeAway'),
};

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
  {
    id: 'view.glossary',
    section: 'View',
    title: 'Glossary: what a term, a function or an errno means',
    keys: ['KeyW'],
    run: () => openGlossary(''),
  },
  {
    id: 'view.embed',
    section: 'View',
    title: 'Embed: this script as HTML for another page',
    run: () => showOverlay('embed'),
  },
  {
    id: 'view.trust',
    section: 'View',
    title: 'What is checked: the recordings, the figures, and what the model does not claim',
    run: () => showOverlay('trust'),
  },
  {
    id: 'view.lab',
    section: 'View',
    title: 'Open the lab',
    keys: ['KeyM'],
    run: () => openView('lab'),
  },
  {
    id: 'view.explore',
    section: 'View',
    title: 'Explore: search every state for an answer',
    keys: ['KeyS'],
    run: () => openView('explore'),
  },
  ...PANES.map(([pane, name], at) => ({
    id: `view.${pane}`,
    section: 'View' as const,
    title: `Go to the ${name}`,
    keys: [`Alt+Digit${at + 1}`],
    inFields: true as const,
    enabled: () => useView.getState().view === 'lab',
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
  ...PRESENTING,
  ...COMPOSING,
  ...CLIENT_COMMANDS,
  ...OPERATIONS,
  ...TIME,
  ...TIMELINE,
  ...TIMELINE_TOOLS,
  ...SCRIPT,
  TAKE_AWAY,
  ...WORKLOADS,
  ...KERNELS,
  ...EXPLORE,
  ...COMPARING,
  ...LESSON_COMMANDS,
  ...VIEW,
];

const byId = new Map(COMMANDS.map((command) => [command.id, command]));

/** The command of that id. */
export function commandById(id: string): Command {
  const found = byId.get(id);
  if (found === undefined) throw new Error(`no command ${id}`);
  return found;
}

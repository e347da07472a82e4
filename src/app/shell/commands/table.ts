// The table of commands with a key or a button; rare.ts contains the others. A view that is fetched brings its own (exploring.ts).

import { COMPARING } from '../../features/compare/commands.ts';
import { COMPOSING } from '../../features/lab/composer/commands.ts';
import { OPERATIONS } from '../../features/lab/composer/operationCommands.ts';
import { SCRIPT, TIME } from '../../features/lab/script/commands.ts';
import { TIMELINE } from '../../features/lab/timeline/commands.ts';
import { TIMELINE_TOOLS } from '../../features/lab/timeline/toolCommands.ts';
import { LESSON_COMMANDS, PRESENTING } from '../../features/learn/commands.ts';
import { REVIEWING } from '../../features/review/commands.ts';
import type { App } from '../../store/app.ts';
import type { Command } from '../../store/commands.ts';
import { openDocs } from '../../store/docs.ts';
import { showOverlay } from '../../store/overlay.ts';
import { openGlossary } from '../../store/term.ts';
import { nextTheme } from '../../store/theme.ts';
import { openView, viewSlice } from '../../store/view.ts';
import { focusPane } from '../../ui/focusPane.ts';
import { KERNELS } from '../topbar/commands.ts';

const PANES = [
  ['compose', 'composer'],
  ['script', 'script'],
  ['wiring', 'wiring'],
  ['trace', 'kernel calls'],
  ['timeline', 'timeline'],
] as const;

const isLab = (app: App) => app.get(viewSlice).view === 'lab';

const EXPORT: Command = {
  id: 'script.takeAway',
  section: 'Script',
  title: 'Export: link, file, mail, picture or C program',
  keys: ['KeyY'],
  run: (app) => showOverlay(app, 'takeAway'),
};

const VIEW: readonly Command[] = [
  {
    id: 'view.palette',
    section: 'View',
    title: 'Command palette',
    keys: ['Ctrl+KeyK'],
    inFields: true,
    run: (app) => showOverlay(app, 'palette'),
  },
  {
    id: 'view.help',
    section: 'View',
    title: 'Help: tour, keys, glossary, documentation',
    keys: ['Shift+Slash', 'F1'],
    run: (app) => showOverlay(app, 'help'),
  },
  {
    id: 'view.start',
    section: 'View',
    title: 'Start: the first lesson, the 2023 debate, an empty lab',
    run: (app) => showOverlay(app, 'start'),
  },
  {
    id: 'view.glossary',
    section: 'View',
    title: 'Glossary: terms, functions and errnos',
    keys: ['KeyW'],
    run: (app) => openGlossary(app, ''),
  },
  {
    id: 'view.embed',
    section: 'View',
    title: 'Embed: this script as HTML for another page',
    run: (app) => showOverlay(app, 'embed'),
  },
  {
    id: 'view.docs',
    section: 'View',
    title: 'Documentation: the driver, recorded facts, recording format, clients, history',
    run: (app) => openDocs(app, { doc: 'README', section: null }),
  },
  {
    id: 'view.trust',
    section: 'View',
    title: 'How the model is verified',
    run: (app) => showOverlay(app, 'trust'),
  },
  {
    id: 'view.lab',
    section: 'View',
    title: 'Lab: compose, run and step through a script',
    keys: ['KeyM'],
    run: (app) => openView(app, 'lab'),
  },
  {
    id: 'view.explore',
    section: 'View',
    title: 'Explore: search all states for an answer',
    keys: ['KeyS'],
    run: (app) => openView(app, 'explore'),
  },
  ...PANES.map(([pane, name], at) => ({
    id: `view.${pane}`,
    section: 'View' as const,
    title: `Go to the ${name}`,
    keys: [`Alt+Digit${at + 1}`],
    inFields: true as const,
    enabled: isLab,
    run: () => focusPane(pane),
  })),
  {
    id: 'view.maximise',
    section: 'View',
    title: 'Maximise the pane with the focus, or show all panes',
    keys: ['Alt+Digit0'],
    inFields: true,
    enabled: isLab,
    run: (app) => void import('../panes/actions.ts').then(({ toggleMaximised }) => toggleMaximised(app)),
  },
  {
    id: 'view.theme',
    section: 'View',
    title: 'Theme: system, light or dark',
    keys: ['KeyT'],
    run: nextTheme,
  },
];

/** Every command with a key or a button of the first picture. */
export const COMMANDS: readonly Command[] = [
  ...PRESENTING,
  ...COMPOSING,
  ...OPERATIONS,
  ...TIME,
  ...TIMELINE,
  ...TIMELINE_TOOLS,
  ...SCRIPT,
  EXPORT,
  ...KERNELS,
  ...COMPARING,
  REVIEWING,
  ...LESSON_COMMANDS,
  ...VIEW,
];

// The entries of the help. To add one is to add a row: the id of a command and a sentence about it.

import type { Command } from '../../store/commands.ts';
import { showOverlay } from '../../store/overlay.ts';
import { openView, viewSlice } from '../../store/view.ts';

/** Commands that the help opens and that have no key and no button of their own. */
export const HELP_COMMANDS: readonly Command[] = [
  {
    id: 'view.tour',
    section: 'View',
    title: 'Two-minute tour of the lab',
    run: (app) => {
      openView(app, 'lab');
      showOverlay(app, 'tour');
    },
  },
  {
    id: 'view.keys',
    section: 'View',
    title: 'Keyboard shortcuts, and the meaning of the marks',
    run: (app) => showOverlay(app, 'keys'),
  },
  {
    id: 'view.teach',
    section: 'View',
    title: 'Teach with irqscope: plans, common wrong ideas, worksheets and results',
    run: (app) => app.set(viewSlice, { view: 'learn', own: 'learn=teach' }),
  },
];

/** An entry of the help. */
export interface HelpEntry {
  /** The id of its command. */
  readonly id: string;
  readonly name: string;
  readonly about: string;
}

/** The entries in their order. */
export const HELP: readonly HelpEntry[] = [
  { id: 'view.start', name: 'Start', about: 'Lesson 1, the 2023 debate in one picture, or an empty lab.' },
  { id: 'view.tour', name: 'Two-minute tour', about: 'The parts of the lab, one after the other.' },
  { id: 'view.keys', name: 'Keyboard shortcuts', about: 'Every key, and the meaning of the marks.' },
  {
    id: 'view.teach',
    name: 'Teach with irqscope',
    about: 'Plans for 20, 45 and 90 minutes, common wrong ideas, worksheets and results.',
  },
  { id: 'view.glossary', name: 'Glossary', about: 'Terms, kernel functions and errnos.' },
  {
    id: 'view.trust',
    name: 'How the model is verified',
    about: 'The model beside recordings of real kernels, in every observed field.',
  },
  {
    id: 'view.docs',
    name: 'Documentation',
    about: 'The driver, recorded facts, file formats, clients, and the history of the series.',
  },
];

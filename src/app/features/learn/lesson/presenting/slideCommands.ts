// The commands of the slides. A presentation brings them, and their keys precede the keys of the lab.

import type { Command } from '../../../../store/commands.ts';
import { presentation } from '../../lessonLoading.ts';
import type { Slide } from '../../presenting.ts';

const section = 'Presenting' as const;

function slideCommand(id: Slide, title: string, key: string): Command {
  return {
    id: `presenting.${id}`,
    section,
    title,
    keys: [key],
    run: (app) => void import('../../presenting.ts').then(({ toggleSlide }) => toggleSlide(app, id)),
  };
}

/** Commands for the slides about a step, and for the presenter's notes. */
export const SLIDE_COMMANDS: readonly Command[] = [
  {
    id: 'presenting.answer',
    section,
    title: 'Show the answer',
    keys: ['KeyA'],
    run: (app) => void presentation().then(({ presentAnswer }) => presentAnswer(app)),
  },
  {
    id: 'presenting.step',
    section,
    title: 'Next step, with or without the answer',
    keys: ['KeyN'],
    run: (app) => void presentation().then(({ presentNext }) => presentNext(app)),
  },
  slideCommand('timeline', 'Slide: timeline (on or off)', 'KeyT'),
  slideCommand('kernels', 'Slide: the step in other kernels (on or off)', 'KeyK'),
  slideCommand('code', 'Slide: QR code of this place (on or off)', 'KeyR'),
  {
    id: 'presenting.notes',
    section,
    title: 'Open the presenter’s notes in a window',
    keys: ['KeyW'],
    run: (app) => void import('./notesWindow.ts').then(({ openNotes }) => openNotes(app)),
  },
];

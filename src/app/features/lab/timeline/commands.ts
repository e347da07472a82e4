// Commands that choose the lines of the timeline; rareCommands.ts has those without a key.

import type { App } from '../../../store/app.ts';
import type { Command } from '../../../store/commands.ts';

/** Runs a move, whose code is loaded with the lanes. */
export function move(
  run: (moves: typeof import('../../../store/timelineMoves.ts'), app: App) => void,
): (app: App) => void {
  return (app) => void import('../../../store/timelineMoves.ts').then((moves) => run(moves, app));
}

/** Returns a command of the timeline. */
export function timeline(
  id: string,
  title: string,
  keys: readonly string[],
  run: (app: App) => void,
  enabled?: (app: App) => boolean,
): Command {
  return {
    id: `timeline.${id}`,
    section: 'Time',
    title: `Timeline: ${title}`,
    ...(keys.length === 0 ? {} : { keys }),
    ...(enabled === undefined ? {} : { enabled }),
    run,
  };
}

/** The commands of the timeline. */
export const TIMELINE: readonly Command[] = [
  timeline(
    'in',
    'zoom in',
    ['Equal', 'Shift+Equal', 'NumpadAdd'],
    move(({ zoomBy }, app) => zoomBy(app, 2)),
  ),
  timeline(
    'out',
    'zoom out',
    ['Minus', 'NumpadSubtract'],
    move(({ zoomBy }, app) => zoomBy(app, 0.5)),
  ),
  timeline(
    'fit',
    'show the whole script',
    ['Digit0', 'Numpad0'],
    move(({ showAll }, app) => showAll(app)),
  ),
  timeline(
    'left',
    'move left',
    ['Shift+ArrowLeft'],
    move(({ panBy }, app) => panBy(app, -0.25)),
  ),
  timeline(
    'right',
    'move right',
    ['Shift+ArrowRight'],
    move(({ panBy }, app) => panBy(app, 0.25)),
  ),
  timeline(
    'line',
    'zoom to the current line and its kernel calls',
    ['KeyZ'],
    move(({ showLine }, app) => showLine(app)),
  ),
];

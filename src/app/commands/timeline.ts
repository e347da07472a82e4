// What can be done to the timeline: which lines it shows, and which lanes.

import { currentSession } from '../../session/history.ts';
import { fitRange } from '../../views/timeline/viewport.ts';
import { useLab } from '../state/lab.ts';
import {
  changeLanes,
  LANE_HEIGHT,
  markRange,
  panBy,
  showLine,
  showMarked,
  showRange,
  useTimelineLook,
  zoomBy,
} from '../state/timelineLook.ts';
import type { Command } from './command.ts';

const lines = () => currentSession(useLab.getState().history).script.length;
const look = () => useTimelineLook.getState().look;
const height = () => (look().height === 'fit' ? 2 : Number(look().height));

function timeline(
  id: string,
  title: string,
  keys: readonly string[],
  run: () => void,
  enabled?: () => boolean,
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
  timeline('in', 'magnify', ['Equal', 'Shift+Equal', 'NumpadAdd'], () => zoomBy(2)),
  timeline('out', 'show more', ['Minus', 'NumpadSubtract'], () => zoomBy(0.5)),
  timeline('fit', 'show the whole script', ['Digit0', 'Numpad0'], () => showRange(fitRange(lines()))),
  timeline('left', 'move left', ['Shift+ArrowLeft'], () => panBy(-0.25)),
  timeline('right', 'move right', ['Shift+ArrowRight'], () => panBy(0.25)),
  timeline('line', 'magnify the line at the cursor, with its kernel calls', ['KeyZ'], showLine),
  timeline('range', 'show the marked range', [], showMarked, () => useTimelineLook.getState().brush !== null),
  timeline(
    'unmark',
    'take the mark off the range',
    [],
    () => markRange(null),
    () => useTimelineLook.getState().brush !== null,
  ),
  timeline('all', 'all lanes, or those in use', [], () => changeLanes({ all: !look().all })),
  timeline('higher', 'higher lanes', [], () => changeLanes({ height: Math.min(32, height() * 1.5) })),
  timeline('lower', 'lower lanes', [], () => changeLanes({ height: Math.max(1, height() / 1.5) })),
  timeline('fitLanes', 'make all lanes fit, or give them their height back', [], () =>
    changeLanes({ height: look().height === 'fit' ? LANE_HEIGHT : 'fit' }),
  ),
];

// Commands of the timeline without a key, for the palette.

import type { App } from '../../../store/app.ts';
import type { Command } from '../../../store/commands.ts';
import { changeLanes, LANE_HEIGHT, markRange, timelineLookSlice } from '../../../store/timelineLook.ts';
import { move, timeline } from './commands.ts';

const look = (app: App) => app.get(timelineLookSlice).look;
const height = (app: App) => (look(app).height === 'fit' ? 2 : Number(look(app).height));

/** Commands for the marked range and the lanes. */
export const TIMELINE_RARE: readonly Command[] = [
  timeline(
    'range',
    'show the marked range',
    [],
    move(({ showMarked }, app) => showMarked(app)),
    (app) => app.get(timelineLookSlice).brush !== null,
  ),
  timeline(
    'unmark',
    'clear the marked range',
    [],
    (app) => markRange(app, null),
    (app) => app.get(timelineLookSlice).brush !== null,
  ),
  timeline('all', 'all lanes, or only lanes in use', [], (app) => changeLanes(app, { all: !look(app).all })),
  timeline('higher', 'taller lanes', [], (app) =>
    changeLanes(app, { height: Math.min(32, height(app) * 1.5) }),
  ),
  timeline('lower', 'shorter lanes', [], (app) =>
    changeLanes(app, { height: Math.max(1, height(app) / 1.5) }),
  ),
  timeline('fitLanes', 'fit all lanes into the pane (on or off)', [], (app) =>
    changeLanes(app, { height: look(app).height === 'fit' ? LANE_HEIGHT : 'fit' }),
  ),
];

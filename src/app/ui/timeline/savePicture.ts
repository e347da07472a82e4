// The picture of the timeline as a file: SVG, or PNG drawn from it.

import { currentSession } from '../../../session/history.ts';
import { counted } from '../../../text/numbers.ts';
import { eventfdName, openedAs } from '../../../views/timeline/eventfds.ts';
import { laneGroups } from '../../../views/timeline/rows.ts';
import { pictureSize, timelineSvg } from '../../../views/timeline/svg.ts';
import type { PictureColours } from '../../../views/timeline/svgParts.ts';
import type { App } from '../../store/app.ts';
import { replayOf } from '../../store/derived.ts';
import { labSlice, showProblem } from '../../store/lab.ts';
import { timelineFor } from '../../store/timeline.ts';
import { timelineLookSlice } from '../../store/timelineLook.ts';
import { shownRange } from '../../store/timelineMoves.ts';
import { pngOf, savePictureFile, withColours } from '../pictures.ts';

/** Saves the visible timeline as a file. */
export function savePicture(app: App, kind: 'svg' | 'png'): void {
  const { svg, width, height } = timelinePicture(app);
  const name = `irqscope-timeline.${kind}`;
  const blob = new Blob([svg], { type: 'image/svg+xml' });
  if (kind === 'svg') {
    savePictureFile(app, blob, name);
    return;
  }
  pngOf(blob, width, height).then(
    (png) => savePictureFile(app, png, name),
    () =>
      showProblem(app, { title: 'The picture could not be drawn.', details: ['Save it as SVG instead.'] }),
  );
}

/** Pixels of the picture on paper, which is printed as wide as the page. */
const PAPER = 960;

/** Returns the timeline for paper: an SVG text whose colours are those of the style sheet when it is printed. */
export function printedTimeline(app: App): string {
  const ofSheet = coloursBy((name) => `var(${name})`);
  return timelinePicture(app, { width: PAPER, colours: ofSheet }).svg;
}

/** Returns the visible timeline as an SVG text, with its size in pixels of the screen. */
export function timelinePicture(
  app: App,
  wanted?: { readonly width: number; readonly colours: PictureColours },
) {
  const session = currentSession(app.get(labSlice).history);
  const replayed = replayOf(app, session);
  const data = timelineFor(app, replayed);
  const { view: shown, look } = app.get(timelineLookSlice);
  const range = shownRange(shown, session.script.length);
  const { msix, msi } = session.setup.device;
  const room = { msix: msix?.vectors ?? 0, msi: msi?.vectors ?? 0 };
  const lanes = laneGroups(data, room, look.all).flatMap((group) =>
    look.folded.has(group.group) ? [] : group.lanes,
  );
  const fds = openedAs(data, session.script);
  const box = document.querySelector('.timeline-box, .timeline-table');
  const view = {
    range,
    lanes,
    cursor: session.cursor.line === 0 ? 1 : session.cursor.line,
    width: wanted?.width ?? Math.max(640, Math.round(box?.clientWidth ?? 1200)),
    title: `${session.setup.device.model}, ${replayed.generation.label}`,
    about: `${counted(session.script.length, 'line')}, ${counted(lanes.length, 'lane')}; lines ${Math.max(1, Math.ceil(range.from))} to ${Math.min(session.script.length, Math.ceil(range.to) - 1)} are shown.`,
    colours: wanted?.colours ?? withColours(coloursBy),
    eventfdName: (ev: number) => eventfdName(fds, ev),
  };
  return { svg: timelineSvg(data, view), ...pictureSize(view) };
}

/** Returns the timeline's colours, each as `of` gives it for the name of a custom property. */
function coloursBy(of: (name: string) => string): PictureColours {
  return {
    ground: of('--ground'),
    ink: of('--ink'),
    soft: of('--soft'),
    line: of('--line'),
    attached: of('--attached'),
    attachedOdd: of('--attached-odd'),
    cached: of('--cached'),
    cachedGround: of('--cached-ground'),
    cachedLine: of('--cached-line'),
    failed: of('--failed'),
    signal: of('--signal'),
  };
}

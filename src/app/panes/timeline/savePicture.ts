// The picture of the timeline as a file: the SVG as it is, or drawn onto a canvas as PNG.

import { currentSession } from '../../../session/history.ts';
import { eventfdName, openedAs } from '../../../views/timeline/eventfds.ts';
import { laneGroups } from '../../../views/timeline/rows.ts';
import { pictureSize, timelineSvg } from '../../../views/timeline/svg.ts';
import type { PictureColours } from '../../../views/timeline/svgParts.ts';
import { counted } from '../../../views/words/numbers.ts';
import { replayOf } from '../../state/derived.ts';
import { showProblem, useLab } from '../../state/lab.ts';
import { pngOf, savePictureFile, withColours } from '../../state/pictures.ts';
import { timelineFor } from '../../state/timeline.ts';
import { shownRange, useTimelineLook } from '../../state/timelineLook.ts';

/** Saves what the timeline shows. */
export function savePicture(kind: 'svg' | 'png'): void {
  const { svg, width, height } = timelinePicture();
  const name = `irqscope-timeline.${kind}`;
  const blob = new Blob([svg], { type: 'image/svg+xml' });
  if (kind === 'svg') {
    savePictureFile(blob, name);
    return;
  }
  pngOf(blob, width, height).then(
    (png) => savePictureFile(png, name),
    () => showProblem({ title: 'The picture could not be drawn.', details: ['Save it as SVG instead.'] }),
  );
}

/** What the timeline shows as a picture, with its size in pixels of the screen. */
export function timelinePicture() {
  const session = currentSession(useLab.getState().history);
  const replayed = replayOf(session);
  const data = timelineFor(replayed);
  const { view: shown, look } = useTimelineLook.getState();
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
    width: Math.max(640, Math.round(box?.clientWidth ?? 1200)),
    title: `${session.setup.device.model}, ${replayed.generation.label}`,
    about: `${counted(session.script.length, 'line')}, ${counted(lanes.length, 'lane')}; lines ${Math.max(1, Math.ceil(range.from))} to ${Math.min(session.script.length, Math.ceil(range.to) - 1)} are shown.`,
    colours: colours(),
    eventfdName: (ev: number) => eventfdName(fds, ev),
  };
  return { svg: timelineSvg(data, view), ...pictureSize(view) };
}

/** The page's colours for the timeline. */
function colours(): PictureColours {
  return withColours((of) => ({
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
  }));
}

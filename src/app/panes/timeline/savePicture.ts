// The picture of the timeline as a file: the SVG as it is, or drawn onto a canvas as PNG.

import { currentSession } from '../../../session/history.ts';
import { eventfdName, openedAs } from '../../../views/timeline/eventfds.ts';
import { pictureSize, timelineSvg } from '../../../views/timeline/svg.ts';
import type { PictureColours } from '../../../views/timeline/svgParts.ts';
import { counted } from '../../../views/words/numbers.ts';
import { replayOf } from '../../state/derived.ts';
import { showProblem, useLab } from '../../state/lab.ts';
import { timelineDataOf } from '../../state/timelineData.ts';
import { useTwin } from '../../state/twin.ts';

/** Pixels of the picture for one of the screen's, so that it is sharp in print and on dense screens. */
const SCALE = 2;
/** The longest side that every browser can draw. */
const LONGEST = 16_384;

/** Saves what the timeline shows. */
export function savePicture(kind: 'svg' | 'png'): void {
  const { svg, width, height } = picture();
  const name = `irqscope-timeline.${kind}`;
  const blob = new Blob([svg], { type: 'image/svg+xml' });
  if (kind === 'svg') {
    download(blob, name);
    return;
  }
  drawn(blob, width, height).then(
    (png) => download(png, name),
    () => showProblem({ title: 'The picture could not be drawn.', details: ['Save it as SVG instead.'] }),
  );
}

/** The picture with its size in pixels of the screen. */
function picture() {
  const session = currentSession(useLab.getState().history);
  const replayed = replayOf(session);
  const data = timelineDataOf(replayed);
  const range = useTwin.getState().range ?? { from: 0.5, to: session.script.length + 1 };
  const fds = openedAs(data, session.script);
  const box = document.querySelector('.timeline-box, .timeline-table');
  const view = {
    range,
    lanes: data.laneIds,
    cursor: session.cursor.line === 0 ? 1 : session.cursor.line,
    width: Math.max(640, Math.round(box?.clientWidth ?? 1200)),
    title: `${session.setup.device.model}, ${replayed.generation.label}`,
    about: `${counted(session.script.length, 'line')}, ${counted(data.laneIds.length, 'lane')}; lines ${Math.max(1, Math.ceil(range.from))} to ${Math.min(session.script.length, Math.ceil(range.to) - 1)} are shown.`,
    colours: colours(),
    eventfdName: (ev: number) => eventfdName(fds, ev),
  };
  return { svg: timelineSvg(data, view), ...pictureSize(view) };
}

/** The page's colours as they are computed now: a picture knows no custom properties and no light-dark(). */
function colours(): PictureColours {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const of = (name: string) => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const made = {
    ground: of('--ground'),
    ink: of('--ink'),
    soft: of('--soft'),
    line: of('--line'),
    attached: of('--attached'),
    cached: of('--cached'),
    cachedGround: of('--cached-ground'),
    cachedLine: of('--cached-line'),
    failed: of('--failed'),
    signal: of('--signal'),
  };
  probe.remove();
  return made;
}

/** An SVG as PNG. */
async function drawn(svg: Blob, width: number, height: number): Promise<Blob> {
  const scale = Math.min(SCALE, LONGEST / Math.max(width, height));
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob === null ? reject(new Error('no PNG')) : resolve(blob)), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the browser reads the file after the click has returned
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
  useLab.setState({ announcement: `${name} saved.` });
}

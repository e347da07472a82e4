// The wiring at the cursor as a picture: all rows of a small device, or the rows in use of a large one.

import { grouped } from '../../../base/grouped.ts';
import { knownLines } from '../../../session/replay.ts';
import type { Session } from '../../../session/session.ts';
import { capabilityLines, driverLine } from '../../../views/wiring/capability.ts';
import { momentAt } from '../../../views/wiring/moment.ts';
import { showsMsi, vectorCount, vectorRow, vectorsInUse } from '../../../views/wiring/rows.ts';
import { specialRows } from '../../../views/wiring/specialRows.ts';
import { type WiringColours, wiringSize, wiringSvg } from '../../../views/wiring/svg.ts';
import type { App } from '../../store/app.ts';
import { replayOf } from '../../store/derived.ts';
import { withColours } from '../../ui/pictures.ts';

/** Vectors; a larger device is drawn with the rows in use only. */
const MANY = 16;
/** Most rows in a picture that is still readable. */
const MOST_ROWS = 256;

/** Returns the picture with its size in CSS pixels. */
export function wiringPicture(
  app: App,
  session: Session,
): {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
} {
  const replayed = replayOf(app, session);
  const moment = momentAt(replayed, session.cursor);
  const { now } = moment;
  const total = vectorCount(now);
  const vectors = total > MANY ? vectorsInUse(moment) : Array.from({ length: total }, (_, at) => at);
  const rows = [
    ...vectors.slice(0, MOST_ROWS).map((vector) => vectorRow(moment, vector)),
    ...specialRows(moment),
  ];
  const shown = Math.min(vectors.length, MOST_ROWS);
  const line = Math.min(session.cursor.line, knownLines(replayed));
  const inside = session.cursor.step === null ? '' : `, kernel step ${session.cursor.step + 1}`;
  const picture = {
    rows,
    msi: showsMsi(now),
    title: line === 0 ? 'Wiring at the start' : `Wiring after line ${line}${inside}`,
    about: [
      `${session.setup.device.model}, ${replayed.generation.label}`,
      ...(shown === total ? [] : [`${shown} of ${grouped(total)} vectors`]),
    ].join('; '),
    foot: [...capabilityLines(now), driverLine(now)],
    colours: colours(),
  };
  return { svg: wiringSvg(picture), ...wiringSize(picture) };
}

function colours(): WiringColours {
  return withColours((of) => ({
    ground: of('--stage'),
    raised: of('--raised'),
    ink: of('--ink'),
    soft: of('--soft'),
    line: of('--line'),
    edge: of('--edge'),
    attached: of('--attached'),
    attachedGround: of('--attached-ground'),
    cached: of('--cached'),
    cachedGround: of('--cached-ground'),
    cachedLine: of('--cached-line'),
    failed: of('--failed'),
    failedGround: of('--failed-ground'),
    signal: of('--signal'),
    signalGround: of('--signal-ground'),
  }));
}

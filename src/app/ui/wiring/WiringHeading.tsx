// The heading of the wiring, which names the shown place.

import { grouped } from '../../../base/grouped.ts';
import { framesOf, isKnown, knownLines, type Replay } from '../../../session/replay.ts';
import type { Cursor } from '../../../session/session.ts';
import { kernelSteps } from '../../../session/steps.ts';

interface WiringHeadingProps {
  readonly id: string;
  readonly replayed: Replay;
  readonly cursor: Cursor;
}

/** For instance `Wiring after line 7`. Of a long script the last computed line is shown, and so named. */
export function WiringHeading({ id, replayed, cursor }: WiringHeadingProps) {
  const line = Math.min(cursor.line, knownLines(replayed));
  const where = line === 0 ? 'Wiring at the start' : `Wiring after line ${line}`;
  const steps = kernelSteps(framesOf(replayed, cursor.line)).length;
  return (
    <h2 id={id}>
      {cursor.step === null
        ? where
        : `Wiring inside line ${cursor.line} · kernel step ${cursor.step + 1} of ${steps}`}
      {!isKnown(replayed, cursor.line) && ` (still computing line ${grouped(cursor.line)}…)`}
      {replayed.script[line - 1]?.disabled === true && ' (skipped)'}
    </h2>
  );
}

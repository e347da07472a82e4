// Random scripts and random edits for properties.
import fc from 'fast-check';
import { insertLine, replaceLine } from '../../src/session/edits.ts';
import {
  deleteLines,
  duplicateLines,
  moveLines,
  setAction,
  setDisabled,
  setNote,
} from '../../src/session/lineEdits.ts';
import { emptySession, type Session, scriptLine } from '../../src/session/session.ts';
import { anyLikelyLine } from '../model/likely.ts';

const someLine = anyLikelyLine.map(scriptLine);
const place = fc.nat({ max: 14 });
const count = fc.integer({ min: 1, max: 4 });

/** A session with up to a dozen lines. */
export const anySession: fc.Arbitrary<Session> = fc
  .tuple(fc.constantFrom('static', 'v2', 'v3', 'dynamic'), fc.array(someLine, { maxLength: 12 }))
  .map(([generation, script]) => ({ ...emptySession(generation, 'nvme'), script }));

/** Returns any edit of a line, also of a line that does not exist. */
export const anyEdit: fc.Arbitrary<(session: Session) => Session> = fc.oneof(
  fc.tuple(place, someLine).map(
    ([at, line]) =>
      (now: Session) =>
        insertLine(now, at, line),
  ),
  fc.tuple(place, someLine).map(
    ([at, line]) =>
      (now: Session) =>
        replaceLine(now, at, line),
  ),
  fc.tuple(place, count).map(
    ([at, many]) =>
      (now: Session) =>
        deleteLines(now, at, many),
  ),
  fc.tuple(place, count).map(
    ([at, many]) =>
      (now: Session) =>
        duplicateLines(now, at, many),
  ),
  fc.tuple(place, place, count).map(
    ([from, to, many]) =>
      (now: Session) =>
        moveLines(now, from, to, many),
  ),
  fc.tuple(place, fc.boolean(), count).map(
    ([at, off, many]) =>
      (now: Session) =>
        setDisabled(now, at, off, many),
  ),
  fc.tuple(place, fc.constantFrom('', 'guest unmasks vector 3')).map(
    ([at, action]) =>
      (now: Session) =>
        setAction(now, at, action),
  ),
  fc.tuple(place, fc.constantFrom('', 'why')).map(
    ([at, note]) =>
      (now: Session) =>
        setNote(now, at, note),
  ),
);

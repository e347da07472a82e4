// Random scripts and random edits of them, for properties.
import fc from 'fast-check';
import {
  deleteLine,
  duplicateLine,
  insertLine,
  moveLine,
  replaceLine,
  setAction,
  setDisabled,
  setNote,
} from '../../src/session/edits.ts';
import { emptySession, type Session, scriptLine } from '../../src/session/session.ts';
import { anyLikelyLine } from '../model/likely.ts';

const someLine = anyLikelyLine.map(scriptLine);
const place = fc.nat({ max: 14 });

/** A session with up to a dozen lines. */
export const anySession: fc.Arbitrary<Session> = fc
  .tuple(fc.constantFrom('static', 'v2', 'v3', 'dynamic'), fc.array(someLine, { maxLength: 12 }))
  .map(([generation, script]) => ({ ...emptySession(generation, 'nvme'), script }));

/** Any edit of a line, also of one that is not there. */
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
  place.map((at) => (now: Session) => deleteLine(now, at)),
  place.map((at) => (now: Session) => duplicateLine(now, at)),
  fc.tuple(place, place).map(
    ([from, to]) =>
      (now: Session) =>
        moveLine(now, from, to),
  ),
  fc.tuple(place, fc.boolean()).map(
    ([at, off]) =>
      (now: Session) =>
        setDisabled(now, at, off),
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

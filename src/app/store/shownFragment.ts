// The fragment of the address for what the page shows: a sheet, a view of its own, a step of a lesson, a scenario, or
// the session.

import type { KeptTree } from '../../formats/permalink/keptTree.ts';
import { type Link, leastLinkLength, printLink } from '../../formats/permalink/link.ts';
import { currentSession } from '../../session/history.ts';
import { resultCheck } from '../../session/resultCheck.ts';
import type { ScriptLine } from '../../session/script.ts';
import { type App, local } from './app.ts';
import { shownView } from './compare.ts';
import { replayOf } from './derived.ts';
import { heldTree, isKeepable, keptNow } from './kept.ts';
import { labSlice } from './lab.ts';
import { isBelow, lessonSlice } from './lesson.ts';
import { shownPlace } from './places.ts';
import { scenarioFragment } from './shownScenario.ts';
import { viewSlice } from './view.ts';

/** Longest fragment in characters. A longer session stays in the browser, and the link names its place there. */
const LONGEST = 32_000;

/** Returns the end of the address, with `#`; the whole path for a session without an address. */
export function shownFragment(app: App): string {
  const place = shownPlace(app);
  if (place !== null) return `#${place}`;
  const { own } = app.get(viewSlice);
  if (own !== null) return `#${own}`;
  const lesson = shownStep(app);
  if (lesson !== null) return `#${lesson}`;
  const scenario = scenarioFragment(app);
  if (scenario !== null) return `#${scenario}`;
  const session = sessionFragment(app);
  return session === null ? window.location.pathname : `#${session}`;
}

/** Returns the fragment of the lesson's step, without `#`; null while the lab shows other work. */
function shownStep(app: App): string | null {
  const { open } = app.get(lessonSlice);
  if (open === null || open.fragment === null || app.get(viewSlice).view !== 'lab') return null;
  return isBelow(app.get(labSlice).history, open.entry)
    ? `${open.fragment}&step=${open.taking.at + 1}`
    : null;
}

/** The values of an app that no pane shows. */
interface Held {
  /** Scripts with too long links; finding that out takes time. */
  readonly tooLong: WeakSet<readonly ScriptLine[]>;
}

const held = local<Held>(() => ({
  tooLong: new WeakSet<readonly ScriptLine[]>(),
}));

/**
 * Returns the session's fragment without `#`: the whole session, or its place in this browser (`kept=`) when it is too long
 * for a link, or null when the browser does not keep it either.
 */
export function sessionFragment(app: App): string | null {
  const my = app.local(held);
  const now = keptNow(app);
  const { script } = currentSession(now.history);
  const isTooLong = my.tooLong.has(script) || leastLinkLength(script) > LONGEST;
  const text = isTooLong ? '' : printLink(shownLink(app, now));
  if (text !== '' && text.length <= LONGEST) return text;
  my.tooLong.add(script);
  return isKeepable(now) ? `kept=${app.local(heldTree).tree}.${now.history.current}` : null;
}

function shownLink(app: App, { history, recording }: KeptTree): Link {
  const session = currentSession(history);
  return { session, recording, check: resultCheck(replayOf(app, session)), view: shownView(app) };
}

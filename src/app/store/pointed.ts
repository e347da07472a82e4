// The things under the pointer. They are not part of the session, and no component is drawn again for them: one style rule lights
// every element that names a thing of the chain, in every pane, also elements that appear later.

import { currentSession } from '../../session/history.ts';
import { machineAt } from '../../session/steps.ts';
import { linkedTokens, type Thing, thingsOf } from '../../views/linked/things.ts';
import { type App, slice } from './app.ts';
import { replayOf } from './derived.ts';
import { labSlice } from './lab.ts';

/** The things of the pointed element, or an empty list. */
interface PointedState {
  readonly pointed: readonly Thing[];
}

/** The things under the pointer. */
const pointedSlice = slice<PointedState>(() => ({ pointed: [] }));

const NOTHING: readonly Thing[] = [];

/** Returns the element's things, or those of the nearest element around it. */
function thingsAt(target: EventTarget | null): readonly Thing[] {
  if (!(target instanceof Element)) return NOTHING;
  const named = target.closest('[data-link]');
  return named === null ? NOTHING : thingsOf(named.getAttribute('data-link') ?? '');
}

function same(a: readonly Thing[], b: readonly Thing[]): boolean {
  return a.length === b.length && a.every(({ kind, id }, at) => kind === b[at]?.kind && id === b[at]?.id);
}

function point(app: App, things: readonly Thing[]): void {
  if (!same(things, app.get(pointedSlice).pointed)) app.set(pointedSlice, { pointed: things });
}

/** Points at a vector, for arrow keys in a list without a focusable element per row. */
export function pointAtVector(app: App, vector: number): void {
  point(app, [{ kind: 'vector', id: vector }]);
}

/** Returns the pointed vector, or null. */
export function pointedVector(app: App): number | null {
  return app.get(pointedSlice).pointed.find(({ kind }) => kind === 'vector')?.id ?? null;
}

/** Returns the rule for the chain of the pointed things; linked.css contains the look of a lit element. */
function ruleText(app: App): string {
  const { pointed } = app.get(pointedSlice);
  if (pointed.length === 0) return '';
  const session = currentSession(app.get(labSlice).history);
  const words = linkedTokens(machineAt(replayOf(app, session), session.cursor), pointed);
  const selector = [...shownTokens()]
    .filter((word) => words.has(word))
    .map((word) => `[data-link~="${word}"]`)
    .join(',');
  if (selector === '') return '';
  return `:root :is(${selector}) { --lit-ground: var(--linked); --lit-line: var(--ink); --lit-width: 2px }`;
}

/** Returns the words of existing elements: a rule for thousands of vectors would take longer than a frame. */
function shownTokens(): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const element of document.querySelectorAll('[data-link]')) {
    for (const word of element.getAttribute('data-link')?.split(' ') ?? []) shown.add(word);
  }
  return shown;
}

/** Starts lighting the things under the pointer or the focus; the returned function ends it. */
export function followPointing(app: App): () => void {
  const over = (event: Event) => point(app, thingsAt(event.target));
  const away = () => point(app, NOTHING);
  document.addEventListener('pointerover', over);
  document.addEventListener('focusin', over);
  document.addEventListener('focusout', away);
  document.documentElement.addEventListener('pointerleave', away);
  const unwatch = litSheet(app);
  // the pointer or the focus may be on an element already
  const [innermost] = [...document.querySelectorAll(':hover')].slice(-1);
  const hovered = thingsAt(innermost ?? null);
  point(app, hovered.length > 0 ? hovered : thingsAt(document.activeElement));
  return () => {
    document.removeEventListener('pointerover', over);
    document.removeEventListener('focusin', over);
    document.removeEventListener('focusout', away);
    document.documentElement.removeEventListener('pointerleave', away);
    unwatch();
  };
}

/** The content policy forbids a style element but allows a sheet made by script. */
function litSheet(app: App): () => void {
  // tests without layout lack such sheets
  if (!('adoptedStyleSheets' in document)) return () => undefined;
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const light = () => sheet.replaceSync(ruleText(app));
  const unpoint = app.on(pointedSlice, light);
  // after scrolling or a moved cursor new elements exist in the next frame
  const lightLater = () => {
    if (app.get(pointedSlice).pointed.length > 0) requestAnimationFrame(light);
  };
  const unlook = app.on(labSlice, (now, before) => {
    if (now.history !== before.history) lightLater();
  });
  document.addEventListener('scroll', lightLater, { capture: true, passive: true });
  return () => {
    document.removeEventListener('scroll', lightLater, { capture: true });
    unpoint();
    unlook();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}

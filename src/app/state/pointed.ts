// What is pointed at. It is no part of the session, and nothing is drawn again for it: one style rule lights every
// element that names a thing of the chain, in every pane, also elements that appear later.

import { create } from 'zustand';
import { currentSession } from '../../session/history.ts';
import { machineAt } from '../../session/steps.ts';
import { linkedTokens, type Thing, thingsOf } from '../../views/linked/things.ts';
import { replayOf } from './derived.ts';
import { useLab } from './lab.ts';

/** What the store holds: nothing, or the things of one element. */
interface PointedState {
  readonly pointed: readonly Thing[];
}

/** The things that are pointed at. */
const usePointed = create<PointedState>()(() => ({ pointed: [] }));

const NOTHING: readonly Thing[] = [];

/** The element's own things, or those of the nearest element around it. */
function thingsAt(target: EventTarget | null): readonly Thing[] {
  if (!(target instanceof Element)) return NOTHING;
  const named = target.closest('[data-link]');
  return named === null ? NOTHING : thingsOf(named.getAttribute('data-link') ?? '');
}

function same(a: readonly Thing[], b: readonly Thing[]): boolean {
  return a.length === b.length && a.every(({ kind, id }, at) => kind === b[at]?.kind && id === b[at]?.id);
}

function point(things: readonly Thing[]): void {
  if (!same(things, usePointed.getState().pointed)) usePointed.setState({ pointed: things });
}

/** Points at a vector, as the arrow keys do where no element has the focus of its own. */
export function pointAtVector(vector: number): void {
  point([{ kind: 'vector', id: vector }]);
}

/** The vector that is pointed at, or null. */
export function pointedVector(): number | null {
  return usePointed.getState().pointed.find(({ kind }) => kind === 'vector')?.id ?? null;
}

/** The rule for the chain of what is pointed at; linked.css says what a lit element looks like. */
function ruleText(): string {
  const { pointed } = usePointed.getState();
  if (pointed.length === 0) return '';
  const session = currentSession(useLab.getState().history);
  const words = linkedTokens(machineAt(replayOf(session), session.cursor), pointed);
  const selector = [...shownTokens()]
    .filter((word) => words.has(word))
    .map((word) => `[data-link~="${word}"]`)
    .join(',');
  if (selector === '') return '';
  return `:root :is(${selector}) { --lit-ground: var(--linked); --lit-line: var(--ink); --lit-width: 2px }`;
}

/** The words of the elements that exist: a rule for thousands of vectors would cost more than a frame. */
function shownTokens(): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const element of document.querySelectorAll('[data-link]')) {
    for (const word of element.getAttribute('data-link')?.split(' ') ?? []) shown.add(word);
  }
  return shown;
}

/** Begins to light what is pointed at or has the focus; the result ends it. */
export function followPointing(): () => void {
  const over = (event: Event) => point(thingsAt(event.target));
  const away = () => point(NOTHING);
  document.addEventListener('pointerover', over);
  document.addEventListener('focusin', over);
  document.addEventListener('focusout', away);
  document.documentElement.addEventListener('pointerleave', away);
  const unwatch = litSheet();
  // what was pointed at, or had the focus, before this was there
  const [innermost] = [...document.querySelectorAll(':hover')].slice(-1);
  const hovered = thingsAt(innermost ?? null);
  point(hovered.length > 0 ? hovered : thingsAt(document.activeElement));
  return () => {
    document.removeEventListener('pointerover', over);
    document.removeEventListener('focusin', over);
    document.removeEventListener('focusout', away);
    document.documentElement.removeEventListener('pointerleave', away);
    unwatch();
  };
}

/** A sheet made by script is what the content policy allows, where a style element is not. */
function litSheet(): () => void {
  // tests without layout have no such sheets
  if (!('adoptedStyleSheets' in document)) return () => undefined;
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const light = () => sheet.replaceSync(ruleText());
  const unpoint = usePointed.subscribe(light);
  // elements that have come by scrolling or by going through time are there in the next frame
  const lightLater = () => {
    if (usePointed.getState().pointed.length > 0) requestAnimationFrame(light);
  };
  const unlook = useLab.subscribe((now, before) => {
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

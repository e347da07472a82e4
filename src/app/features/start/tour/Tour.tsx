// The tour of the lab: a card beside each part in turn, and an outline around the part. The page stays usable: the card is no
// modal dialog. Escape and End end the tour; the focus returns to the element before.

import { type CSSProperties, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { showOverlay } from '../../../store/overlay.ts';
import { viewSlice } from '../../../store/view.ts';
import { showTab } from '../../../ui/focusPane.ts';
import { type Box, placeBeside } from './place.ts';
import { TOUR, type TourStep } from './steps.ts';
import './tour.css';

/** Pixels above a part on a narrow screen, where the tabs stick to the top. */
const HEAD = 52;
/** Below this width the panes are in tabs, and the page scrolls (shell/layout.css). */
const NARROW = 800;

interface Places {
  readonly card: Box;
  readonly outline: Box;
}

/** Returns the visible part of a step; null while the page has none. */
function partOf({ parts }: TourStep): Element | null {
  for (const selector of parts) {
    const found = document.querySelector(selector);
    if (found !== null && found.getBoundingClientRect().height > 0) return found;
  }
  return null;
}

/** Brings the part of a step into view on a narrow screen. */
function bring(step: TourStep): void {
  if (window.innerWidth > NARROW) return;
  if (step.tab !== null) showTab(step.tab);
  const top = partOf(step)?.getBoundingClientRect().top;
  if (top !== undefined) window.scrollBy({ top: top - HEAD, behavior: 'instant' });
}

/** Returns the places for a step; null without a part. */
function placesOf(step: TourStep, card: HTMLElement | null): Places | null {
  const part = partOf(step);
  if (part === null || card === null) return null;
  const { offsetWidth: width, offsetHeight: height } = card;
  const room = { width: document.documentElement.clientWidth, height: window.innerHeight };
  return placeBeside(part.getBoundingClientRect(), { width, height }, room);
}

/** The card and the outline. */
export function Tour() {
  const app = useApp();
  const isLab = useSlice(viewSlice, ({ view }) => view === 'lab');
  const [at, setAt] = useState(0);
  const [places, setPlaces] = useState<Places | null>(null);
  const card = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef<Element | null>(null);
  const step = TOUR[at] ?? TOUR[0];
  const isLast = at === TOUR.length - 1;
  const end = () => {
    showOverlay(app, null);
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
  };

  useLayoutEffect(() => {
    before.current = document.activeElement;
    card.current?.showPopover?.();
  }, []);
  useEffect(() => {
    // the parts belong to the lab
    if (!isLab) showOverlay(app, null);
  }, [app, isLab]);
  useEffect(() => {
    if (step === undefined) return;
    bring(step);
    heading.current?.focus({ preventScroll: true });
    const place = () => setPlaces(placesOf(step, card.current));
    place();
    // the tab that was chosen draws its pane in the next frame
    let frame = requestAnimationFrame(() => {
      bring(step);
      place();
    });
    const again = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(place);
    };
    window.addEventListener('resize', again);
    document.addEventListener('scroll', again, true);
    // a part of the lab that loads later moves the others
    const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(again);
    for (const part of document.querySelectorAll('.lab, .lab > *')) sizes?.observe(part);
    return () => {
      cancelAnimationFrame(frame);
      sizes?.disconnect();
      window.removeEventListener('resize', again);
      document.removeEventListener('scroll', again, true);
    };
  }, [step]);

  if (step === undefined) return null;
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    if (key === 'Escape') end();
    else if (key === 'ArrowRight') setAt(Math.min(at + 1, TOUR.length - 1));
    else if (key === 'ArrowLeft') setAt(Math.max(at - 1, 0));
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="tour-outline" aria-hidden="true" style={styleOf(places?.outline)} />
      <section
        ref={card}
        popover="manual"
        role="dialog"
        aria-label={`Tour of the lab, ${at + 1} of ${TOUR.length}`}
        className="tour"
        style={places === null ? undefined : { left: places.card.left, top: places.card.top }}
        onKeyDown={onKeyDown}
      >
        <h2 key={at} ref={heading} tabIndex={-1}>
          {step.title}
        </h2>
        <p>{step.text}</p>
        <div className="bar gap-6">
          <span className="soft rest">
            {at + 1} of {TOUR.length}
          </span>
          <button type="button" disabled={at === 0} onClick={() => setAt(at - 1)}>
            Back
          </button>
          {isLast ? (
            <>
              <a href="#lesson=three-layers">Lesson 1</a>
              <button type="button" className="primary" onClick={end}>
                End
              </button>
            </>
          ) : (
            <>
              <button type="button" onClick={end}>
                End
              </button>
              <button type="button" className="primary" onClick={() => setAt(at + 1)}>
                Next
              </button>
            </>
          )}
        </div>
      </section>
    </>
  );
}

function styleOf(box: Box | undefined): CSSProperties {
  if (box === undefined) return { display: 'none' };
  const { left, top, width, height } = box;
  return { left, top, width, height };
}

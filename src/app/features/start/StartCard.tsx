// The start card over the lab: the purpose of the page, a picture of it, and three ways in. It opens at the first visit
// (greet.ts), and from the name of the page and the help.

import { useEffect } from 'react';
import { useApp, useSlice } from '../../store/appContext.ts';
import { commandById } from '../../store/commands.ts';
import { newScript } from '../../store/lab.ts';
import { continueText, learnerSlice } from '../../store/learner.ts';
import { lessonSlice } from '../../store/lesson.ts';
import { showOverlay } from '../../store/overlay.ts';
import { openView } from '../../store/view.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { noteGreeted } from './greet.ts';
import { StartPicture } from './StartPicture.tsx';
import './start.css';

/** The lesson of a newcomer. */
const FIRST_LESSON = '#lesson=three-layers';
/** V3 frees the irq of the original allocation in a scenario that all four drivers run. */
const DEBATE = '#compare=S15&kernels=v3,v2,static,dynamic';

/** The card. */
export function StartCard() {
  const app = useApp();
  const begun = useSlice(learnerSlice, (state) => state.begun);
  useEffect(() => void noteGreeted(app), [app]);
  return (
    <Dialog name="Start" className="start">
      {(close) => (
        <>
          <header className="bar apart">
            <h2>irqscope</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          <p className="start-purpose">
            See what vfio-pci does with a device’s interrupts: predict, run, look inside.
          </p>
          <StartPicture />
          <nav className="start-ways stack gap-8" aria-label="Ways to start">
            {begun !== null && (
              <Continue text={continueText(begun)} href={begunAddress(begun)} close={close} />
            )}
            <a href={FIRST_LESSON} className={begun === null ? 'start-first' : undefined}>
              <b>Lesson 1: Table, irq, eventfd</b> <span className="soft">(3 minutes)</span>
            </a>
            <a href={DEBATE}>
              <b>The 2023 debate in one picture</b> <span className="soft">(Compare)</span>
            </a>
            <button
              type="button"
              onClick={() => {
                close();
                openView(app, 'lab');
                newScript(app);
              }}
            >
              <b>Empty lab</b>
            </button>
          </nav>
          <p className="soft">
            New to the page?{' '}
            <button
              type="button"
              onClick={() => {
                openView(app, 'lab');
                showOverlay(app, 'tour');
              }}
            >
              Two-minute tour of the lab
            </button>
          </p>
        </>
      )}
    </Dialog>
  );
}

function begunAddress({ fragment, step }: { readonly fragment: string; readonly step: number }): string {
  return `#${fragment}&step=${step}`;
}

interface ContinueProps {
  readonly text: string;
  readonly href: string;
  readonly close: () => void;
}

/** Continues the lesson: an open one where the person has left it, another one at its step. */
function Continue({ text, href, close }: ContinueProps) {
  const app = useApp();
  const isOpen = useSlice(lessonSlice, (state) => state.open !== null);
  if (!isOpen)
    return (
      <a href={href} className="start-first">
        <b>{text}</b>
      </a>
    );
  return (
    <button
      type="button"
      className="start-first"
      onClick={() => {
        close();
        commandById(app, 'lesson.continue').run(app);
      }}
    >
      <b>{text}</b>
    </button>
  );
}

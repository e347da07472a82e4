// The bar of a presentation for touch and mouse. The keys of a clicker do the same.

import { markOf, type Taking } from '../../../../../lessons/taking.ts';
import { useApp, useSlice } from '../../../../store/appContext.ts';
import { present, presentAnswer, presentNext, setPresenting } from '../../presentation.ts';
import { presentingSlice, type Slide, toggleSlide } from '../../presenting.ts';
import { openNotes } from './notesWindow.ts';

interface PresentingBarProps {
  readonly taking: Taking;
  readonly slide: Slide;
}

/** The slides about a step with the texts of their buttons. */
const SLIDES = [
  { id: 'timeline', label: 'Timeline', key: 'T' },
  { id: 'kernels', label: 'Other kernels', key: 'K' },
  { id: 'code', label: 'QR code', key: 'R' },
] as const;

/** Back, Answer, Next, the slides, the notes and the end. */
export function PresentingBar({ taking, slide }: PresentingBarProps) {
  const app = useApp();
  const notes = useSlice(presentingSlice, (state) => state.notes);
  const { revealed } = markOf(taking);
  const isEnd = slide === 'end';
  return (
    <div className="presenting-bar cluster middle" role="toolbar" aria-label="Presentation">
      <span className="presenting-main cluster">
        <button
          type="button"
          disabled={taking.at === 0 && !revealed && slide === 'step'}
          title="Page Up, ←"
          onClick={() => present(app, false)}
        >
          Back
        </button>
        <button
          type="button"
          className={revealed || isEnd ? undefined : 'primary'}
          disabled={isEnd || (revealed && slide === 'step')}
          title="Page Down, →, Space; A"
          onClick={() => presentAnswer(app)}
        >
          Answer
        </button>
        <button
          type="button"
          className={revealed && !isEnd ? 'primary' : undefined}
          disabled={isEnd}
          title="Page Down, →, Space; N"
          onClick={() => presentNext(app)}
        >
          Next
        </button>
      </span>
      <span className="presenting-more cluster">
        {SLIDES.map(({ id, label, key }) => (
          <button
            key={id}
            type="button"
            aria-pressed={slide === id}
            title={key}
            onClick={() => toggleSlide(app, id)}
          >
            {label}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={notes === 'window' || notes === 'here'}
          title="The presenter’s notes in a window of their own: W"
          onClick={() => openNotes(app)}
        >
          Notes window
        </button>
        <button type="button" title="Escape" onClick={() => setPresenting(app, false)}>
          End
        </button>
      </span>
    </div>
  );
}

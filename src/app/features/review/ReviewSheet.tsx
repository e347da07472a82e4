// The review of one kernel against another: every search at once, the answers, and what each policy costs.

import { useEffect } from 'react';
import { reviewedById } from '../../../explore/review/reviewed.ts';
import { KERNELS } from '../../../kernel/kernels.ts';
import { sideName } from '../../../views/review/sides.ts';
import { conditionName, respectName } from '../../../views/review/words.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { reviewSlice } from '../../store/review.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ReviewResult } from './ReviewResult.tsx';
import { cancelReview, isReviewing, reviewChosen, reviewRunSlice, startReview } from './run.ts';
import './review.css';

/** The dialog. It starts the review when it opens, and a close cancels a running one. */
export function ReviewSheet() {
  const app = useApp();
  const { a, b } = useSlice(reviewSlice);
  const unknown = [a, b].filter((id) => reviewedById(id) === undefined);
  return (
    <Dialog name="Review" className="sheet review">
      {(close) => (
        <>
          <header>
            <h2>Review</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          <div className="review-kernels cluster gap-8 middle">
            <KernelSelect label="Kernel" value={a} onChange={(id) => app.set(reviewSlice, { a: id })} />
            <KernelSelect label="against" value={b} onChange={(id) => app.set(reviewSlice, { b: id })} />
            <button type="button" onClick={() => app.set(reviewSlice, { a: b, b: a })}>
              Swap
            </button>
          </div>
          <div className="review-body scroll fill" role="group" aria-label="Answers" tabIndex={0}>
            {unknown.length > 0 ? (
              <p className="review-verdict" data-verdict="wrong" role="alert">
                <strong>{unknown.length === 1 ? 'A kernel is unknown.' : 'Both kernels are unknown.'}</strong>{' '}
                Choose one of the lists; the address accepts {KERNELS.map(({ id }) => id).join(', ')} and the
                ids of generations.
              </p>
            ) : (
              <Running key={`${a},${b}`} />
            )}
          </div>
        </>
      )}
    </Dialog>
  );
}

interface KernelSelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
}

function KernelSelect({ label, value, onChange }: KernelSelectProps) {
  const offered = KERNELS.filter(({ offered }) => offered);
  return (
    <label className="flex middle gap-8">
      {label}
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {!offered.some(({ id }) => id === value) && <option value={value}>{sideName(value)}</option>}
        {offered.map(({ id, label: name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The review of the chosen kernels; other kernels mount it again, which cancels a running review and starts the next. */
function Running() {
  const app = useApp();
  const state = useSlice(reviewRunSlice);
  useEffect(() => {
    reviewChosen(app);
    return () => cancelReview(app);
  }, [app]);
  const { progress, review, ended } = state;
  if (review !== null) return <ReviewResult review={review} />;
  if (isReviewing(state)) {
    const { done, of } = progress ?? { done: 0, of: 1 };
    return (
      <div className="review-running stack gap-8">
        <p>
          {progress === null
            ? 'Starting…'
            : `Search ${done + 1} of ${of}: ${conditionName(progress.searching.condition)}, ${respectName(progress.searching.respect)}.`}
        </p>
        <div className="flex middle gap-8">
          <progress className="rest" aria-label="Finished searches" max={of} value={done} />
          <button type="button" onClick={() => cancelReview(app)}>
            Cancel
          </button>
        </div>
      </div>
    );
  }
  return (
    <div className="review-running stack gap-8">
      <p
        className="review-verdict"
        data-verdict={ended === null || ended === 'cancelled' ? 'none' : 'wrong'}
        role="status"
      >
        {ended === 'cancelled' || ended === null ? (
          <strong>{ended === null ? 'Not started.' : 'Cancelled.'}</strong>
        ) : (
          <>
            <strong>The review failed.</strong> {ended.wrong}
          </>
        )}
      </p>
      <div>
        <button type="button" className="primary" onClick={() => startReview(app)}>
          Start the review
        </button>
      </div>
    </div>
  );
}

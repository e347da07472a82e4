// The head of a run of vectors that the session has never used.

import { type Fold, foldText } from '../../../views/wiring/folds.ts';
import './fold.css';

interface FoldRowProps {
  readonly fold: Fold;
  /** Its place in the table, from 0. */
  readonly index: number;
  readonly top: number;
  /** It is the row that the Tab key reaches. */
  readonly reachable: boolean;
  readonly onFold: (fold: Fold) => void;
}

/** A row that opens and closes its vectors. */
export function FoldRow({ fold, index, top, reachable, onFold }: FoldRowProps) {
  return (
    <div role="row" aria-rowindex={index + 2} className="wiring-fold line-below" style={{ top }}>
      <span role="cell">
        <button
          type="button"
          className="wiring-fold-button soft"
          data-row={index}
          tabIndex={reachable ? 0 : -1}
          aria-expanded={fold.open}
          title="Vectors that no line of the script has used so far"
          onClick={() => onFold(fold)}
        >
          <span aria-hidden="true">{fold.open ? '▾' : '▸'}</span> {foldText(fold)}
        </button>
      </span>
    </div>
  );
}

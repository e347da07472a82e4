// The progress of opening a file or computing a long script, with buttons to cancel and continue.

import { useEffect, useRef } from 'react';
import { grouped } from '../../../base/grouped.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { cancelWork, goOnWorking } from '../../store/long.ts';
import { type Working, workingSlice } from '../../store/working.ts';
import { useAnnounced } from '../../ui/useAnnounced.ts';

/** The bar, while work takes long or is cancelled. */
export function WorkingBar() {
  const app = useApp();
  const working = useSlice(workingSlice);
  const { phase, shown, done, total } = working;
  const isShown = shown && phase !== 'idle';
  const wasReplaying = useRef(false);
  useAnnounced(isShown ? quarterText(working) : wasReplaying.current ? 'All lines are computed.' : '');
  useEffect(() => {
    wasReplaying.current = isShown && phase === 'replaying';
  }, [isShown, phase]);
  if (!isShown) return null;
  const text = workingText(working);
  return (
    <section className="working bar gap-12 small line-below" aria-label="Progress">
      <span className="working-text">{text}</span>
      {phase !== 'stopped' && (
        <progress aria-label={text} {...(total > 0 ? { max: total, value: done } : {})} />
      )}
      {phase === 'stopped' ? (
        <button type="button" onClick={() => goOnWorking(app)}>
          Continue
        </button>
      ) : (
        <button type="button" onClick={() => cancelWork(app)}>
          Cancel
        </button>
      )}
    </section>
  );
}

/** From this memory on, the bar says what a script costs. */
const LARGE = 256 * 2 ** 20;

/** For instance `Computing line 34,512 of 1,000,000; all of them take about 0.9 GB of memory`. */
function workingText({ phase, name, done, total, memory }: Working): string {
  const [at, of] = [grouped(done), grouped(total)];
  if (phase === 'stopped') return `Computed up to line ${at} of ${of}.`;
  if (phase === 'replaying') {
    const cost = memory < LARGE ? '' : `; all of them take about ${memoryText(memory)} of memory`;
    return `Computing line ${at} of ${of}${cost}`;
  }
  return total === 0 ? `Opening ${name}` : `Opening ${name}: ${Math.floor((done / total) * 100)} %`;
}

/** For instance `0.9 GB`. */
function memoryText(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GB`;
}

/** Returns the text for screen readers, which changes per quarter and not per line. */
function quarterText({ phase, name, done, total }: Working): string {
  if (phase === 'stopped') return `Computed up to line ${done}.`;
  const quarter = total === 0 ? 0 : Math.floor((done / total) * 4) * 25;
  return `${phase === 'opening' ? `Opening ${name}` : 'Computing the script'}, ${quarter} percent.`;
}

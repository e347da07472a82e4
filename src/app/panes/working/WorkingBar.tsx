// How far a file is opened or a long script worked out: a bar with the way to end that, and the way to go on.

import { cancelWork, goOnWorking } from '../../state/long.ts';
import { useWorking, type Working } from '../../state/working.ts';
import './working.css';

/** The bar, while something takes long or was ended. */
export function WorkingBar() {
  const working = useWorking();
  const { phase, shown, done, total } = working;
  if (!shown || phase === 'idle') return null;
  const text = workingText(working);
  return (
    <section className="working" aria-label="Progress">
      <span className="working-text">{text}</span>
      {phase !== 'stopped' && (
        <progress aria-label={text} {...(total > 0 ? { max: total, value: done } : {})} />
      )}
      {phase === 'stopped' ? (
        <button type="button" onClick={goOnWorking}>
          Go on
        </button>
      ) : (
        <button type="button" onClick={cancelWork}>
          Cancel
        </button>
      )}
      <span aria-live="polite" className="hidden">
        {quarterText(working)}
      </span>
    </section>
  );
}

/** For instance `Working out line 34,512 of 100,000`. */
function workingText({ phase, name, done, total }: Working): string {
  const [at, of] = [done.toLocaleString('en'), total.toLocaleString('en')];
  if (phase === 'stopped') return `Worked out up to line ${at} of ${of}.`;
  if (phase === 'replaying') return `Working out line ${at} of ${of}`;
  return total === 0 ? `Opening ${name}` : `Opening ${name}: ${Math.floor((done / total) * 100)} %`;
}

/** A reader of the screen hears of every quarter and not of every line. */
function quarterText({ phase, name, done, total }: Working): string {
  if (phase === 'stopped') return `Worked out up to line ${done}.`;
  const quarter = total === 0 ? 0 : Math.floor((done / total) * 4) * 25;
  return `${phase === 'opening' ? `Opening ${name}` : 'Working out the script'}, ${quarter} percent.`;
}

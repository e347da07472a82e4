// Beside Run: the result of the current line, and the faults and interrupts of the composed ioctl. Both come behind the first picture.

import { shortLineParts } from '../../../../formats/shortLine.ts';
import { runAt } from '../../../../session/replay.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { composeSlice, reveal } from '../../../store/compose.ts';
import { useSession } from '../../../store/lab.ts';
import { useReplay } from '../../../store/useMoment.ts';

/** The result of the current line, where one pane is shown at a time and the script is not in view. */
export function LineResult() {
  const { cursor, script } = useSession();
  const entry = script[cursor.line - 1];
  const run = runAt(useReplay(), cursor.line);
  if (entry === undefined || run === null) return null;
  const { operation, result } = shortLineParts(entry.line.op, run);
  return (
    <p className="composer-result small gap-6">
      <span className="cut">
        Line {cursor.line}: {operation}
      </span>
      <b className={run.errno === null ? 'rigid' : 'rigid alarm'}>{result}</b>
    </p>
  );
}

/** The faults and interrupts of the composed ioctl; they are chosen under the other operations. */
export function During() {
  const app = useApp();
  const faults = useSlice(composeSlice, (state) => state.faults.length);
  const raises = useSlice(composeSlice, (state) => state.raises.length);
  return (
    <>
      {faults > 0 && (
        <button type="button" title="Faults during the call" onClick={() => reveal(app, 'faults')}>
          fault: {faults}
        </button>
      )}
      {raises > 0 && (
        <button type="button" title="Interrupts during the call" onClick={() => reveal(app, 'raises')}>
          interrupt: {raises}
        </button>
      )}
    </>
  );
}

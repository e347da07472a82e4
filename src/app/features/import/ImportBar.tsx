// The bar above the lab: how the last imported text was read, and a button that shows it.

import { counted } from '../../../text/numbers.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { closeImported, importedSlice, showImported } from '../../store/imported.ts';
import { ExpectedBar } from './ExpectedBar.tsx';
import './import.css';

/** The bar, shown while the script of an imported text is open. */
export function ImportBar() {
  const app = useApp();
  const imported = useSlice(importedSlice, (state) => state.imported);
  if (imported === null || !imported.opened) return null;
  const { file, label, reason, summary } = imported;
  const assumptions = summary.assumed.length + summary.guesses.length;
  return (
    <section className="import-bar small line-below" aria-label="Import result">
      <div className="bar gap-8">
        <p>
          <b>{file.name}</b> was read as {label} because {reason}.
          {summary.bad > 0 && <em> {counted(summary.bad, 'unreadable line')}.</em>}
          {assumptions > 0 && ` ${counted(assumptions, 'assumption')}.`}
        </p>
        <button type="button" onClick={() => showImported(app)}>
          Show the text
        </button>
        <button type="button" aria-label="Close import result" onClick={() => closeImported(app)}>
          Close
        </button>
      </div>
      {summary.expected !== undefined && <ExpectedBar expected={summary.expected} />}
    </section>
  );
}

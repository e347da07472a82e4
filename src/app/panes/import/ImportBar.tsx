// How the text that was opened last was read, and the way back to it.

import { counted } from '../../../views/words/numbers.ts';
import { closeImported, showImported, useImported } from '../../state/imported.ts';
import './import.css';

/** The bar, while the script of a text is open. */
export function ImportBar() {
  const imported = useImported((state) => state.imported);
  if (imported === null || !imported.opened) return null;
  const { file, label, reason, summary } = imported;
  return (
    <section className="import-bar" aria-label="How the text was read">
      <p>
        <b>{file.name}</b> was read as {label} because {reason}.
        {summary.bad > 0 && <em> {counted(summary.bad, 'line')} of it could not be read.</em>}
      </p>
      <button type="button" onClick={showImported}>
        Show the text
      </button>
      <button type="button" aria-label="Close: how the text was read" onClick={closeImported}>
        Close
      </button>
    </section>
  );
}

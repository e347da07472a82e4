// The documentation sheet: the documents of docs/, fetched when the sheet is first opened, scrolled to the cited section.

import { useEffect, useState } from 'react';
import { type DocsFile, parseDocs } from '../../../formats/docs/docs.ts';
import { problemText } from '../../../text/problem.ts';
import { shippedFile } from '../../services/shipped.ts';
import { type App, local } from '../../store/app.ts';
import { useApp } from '../../store/appContext.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { DocsReader } from './DocsReader.tsx';
import './docs.css';

/** The values of an app that no pane shows. */
interface Held {
  /** The fetched documents; a failed fetch is not kept. */
  kept: DocsFile | null;
}

const held = local<Held>(() => ({
  kept: null,
}));

async function fetchDocs(app: App): Promise<DocsFile | string> {
  const my = app.local(held);
  if (my.kept !== null) return my.kept;
  try {
    const parsed = parseDocs(await (await shippedFile('docs.json')).text());
    if (!parsed.ok) return `The documentation is unreadable: ${problemText(parsed.problems[0])}.`;
    my.kept = parsed.value;
    return my.kept;
  } catch (error) {
    return `The documentation did not load: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

export function DocsSheet() {
  const app = useApp();
  // empty at first, even with kept documents: a heading takes the focus only in an open dialog
  const [got, setGot] = useState<DocsFile | string | null>(null);
  useEffect(() => {
    let wanted = true;
    void fetchDocs(app).then((docs) => {
      if (wanted) setGot(docs);
    });
    return () => {
      wanted = false;
    };
  }, [app]);
  return (
    <Dialog name="Documentation" className="sheet docs-sheet">
      {(close) => (
        <>
          <header>
            <h2>Documentation</h2>
            <button type="button" onClick={close}>
              Close
            </button>
          </header>
          {got === null && <p role="status">Opening…</p>}
          {typeof got === 'string' && <p role="alert">{got}</p>}
          {got !== null && typeof got !== 'string' && <DocsReader file={got} />}
        </>
      )}
    </Dialog>
  );
}

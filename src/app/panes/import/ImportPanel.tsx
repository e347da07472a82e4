// A text that was brought, line by line: which operation each line became, or greyed why none. Of all that can be opened only
// what is good is opened, and only when that is asked for.

import { useState } from 'react';
import { FORMATS } from '../../../formats/imports/registry.ts';
import type { ImportRow } from '../../../formats/imports/run.ts';
import { counted } from '../../../views/words/numbers.ts';
import { Dialog } from '../../commands/Dialog.tsx';
import { useWindow } from '../../parts/useWindow.ts';
import { type Imported, useImported } from '../../state/imported.ts';
import { openImported, readAs } from '../../state/imports.ts';
import './import.css';

const ROW_HEIGHT = 44;

/** The panel. */
export function ImportPanel() {
  const imported = useImported((state) => state.imported);
  if (imported === null) return null;
  return (
    <Dialog name={`Text of ${imported.file.name}`} className="import">
      {(close) => <Content imported={imported} close={close} />}
    </Dialog>
  );
}

function Content({ imported, close }: { readonly imported: Imported; readonly close: () => void }) {
  const { file, format, reason, rows, lines, summary, deviceProblem, opened } = imported;
  const [told, setTold] = useState('');
  const list = useWindow(rows.length, ROW_HEIGHT);
  /** The row of the problem that was shown last. */
  const [shown, setShown] = useState(-1);
  const nextProblem = () => {
    const behind = rows.findIndex(({ kind }, at) => kind === 'bad' && at > shown);
    const at = behind >= 0 ? behind : rows.findIndex(({ kind }) => kind === 'bad');
    const row = rows[at];
    if (row === undefined) return;
    setShown(at);
    list.reveal(at);
    setTold(`Line ${row.line}, column ${row.column}: ${row.what}`);
  };
  return (
    <>
      <header>
        <h2>{file.name}</h2>
        <label>
          Read as{' '}
          <select
            value={format}
            onChange={(event) => {
              setShown(-1);
              setTold('Reading…');
              void readAs(event.target.value).then(() => setTold('Read.'));
            }}
          >
            {FORMATS.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <span className="import-reason">because {reason}.</span>
      </header>
      <p className="import-counts">{countsText(imported)}</p>
      {(summary.assumed.length > 0 || deviceProblem !== '') && (
        <ul className="import-assumed" aria-label="What the text does not say">
          {deviceProblem !== '' && <li className="wrong">{deviceProblem}. The present device stays.</li>}
          {summary.assumed.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <div
        ref={list.ref}
        className="import-list"
        role="region"
        aria-label="The text, line by line"
        tabIndex={0}
        onScroll={list.onScroll}
      >
        <ol style={{ height: rows.length * ROW_HEIGHT }}>
          {rows.slice(list.first, list.end).map((row, at) => (
            <Row
              key={row.line}
              row={row}
              top={(list.first + at) * ROW_HEIGHT}
              before={rows[list.first + at - 1]?.line ?? 0}
              isShown={list.first + at === shown}
            />
          ))}
        </ol>
      </div>
      <footer>
        {summary.bad > 0 && (
          <button type="button" onClick={nextProblem}>
            Next problem
          </button>
        )}
        <span role="status" className="told">
          {told}
        </span>
        <button type="button" onClick={close}>
          {opened ? 'Close' : 'Cancel'}
        </button>
        {!opened && (
          <button
            type="button"
            className="primary"
            disabled={lines.length === 0}
            onClick={() => {
              openImported();
              close();
            }}
          >
            Open {summary.bad > 0 ? 'the good ' : ''}
            {counted(lines.length, 'operation')}
          </button>
        )}
      </footer>
    </>
  );
}

interface RowProps {
  readonly row: ImportRow;
  readonly top: number;
  /** The line of text before it, of which it tells if lines between are not kept. */
  readonly before: number;
  readonly isShown: boolean;
}

function Row({ row: { line, text, kind, what, column }, top, before, isShown }: RowProps) {
  const left = line - before - 1;
  return (
    <li
      className={`import-row ${kind}`}
      style={{ top, height: ROW_HEIGHT }}
      data-shown={isShown || undefined}
    >
      <span className="number">{line}</span>
      <code className="import-text" title={text}>
        {text === '' ? ' ' : text}
      </code>
      <span className="import-what" title={what}>
        {kind === 'bad' && <b>column {column}: </b>}
        {what}
        {left > 0 && <i> ({counted(left, 'line')} before it not shown)</i>}
      </span>
    </li>
  );
}

/** For instance `12 operations from 9 of 14 lines; 2 cannot be read.` */
function countsText({ lines, summary: { texts, bad, passed } }: Imported): string {
  const good = texts - bad - passed;
  const first = `${counted(lines.length, 'operation')} from ${good.toLocaleString('en')} of ${counted(texts, 'line')}`;
  const quiet = passed === 0 ? '' : `; ${passed.toLocaleString('en')} say nothing that is one`;
  const wrong =
    bad === 0 ? '' : `; ${bad.toLocaleString('en')} cannot be read and ${bad === 1 ? 'is' : 'are'} greyed`;
  return `${first}${quiet}${wrong}.`;
}

// The import panel: each line of a text with its operations, or greyed with the reason for none. If lines are unreadable, the
// person decides whether to open the readable ones.

import { useState } from 'react';
import { grouped } from '../../../base/grouped.ts';
import { FORMATS } from '../../../formats/imports/registry.ts';
import type { ImportRow } from '../../../formats/imports/run.ts';
import { counted } from '../../../text/numbers.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { type Imported, importedSlice } from '../../store/imported.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useWindow } from '../../ui/useWindow.ts';
import { choose, openDevice, openImported, readAs } from './imports.ts';
import { RecordTrace } from './RecordTrace.tsx';
import './import.css';

const ROW_HEIGHT = 44;
/** A phone shows long problems on two lines. */
const PHONE_ROW_HEIGHT = 60;

export function ImportPanel() {
  const imported = useSlice(importedSlice, (state) => state.imported);
  if (imported === null) return null;
  return (
    <Dialog name={`Text of ${imported.file.name}`} className="import">
      {(close) => <Content imported={imported} close={close} />}
    </Dialog>
  );
}

function Content({ imported, close }: { readonly imported: Imported; readonly close: () => void }) {
  const app = useApp();
  const { file, format, reason, rows, lines, summary, deviceProblem, opened } = imported;
  const [told, setTold] = useState('');
  const [height] = useState(() => (window.innerWidth <= 800 ? PHONE_ROW_HEIGHT : ROW_HEIGHT));
  const list = useWindow(rows.length, height);
  /** The row of the last shown problem. */
  const [shown, setShown] = useState(-1);
  const nextProblem = () => {
    const behind = rows.badFrom(shown + 1);
    const at = behind >= 0 ? behind : rows.badFrom(0);
    const row = rows.at(at);
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
              void readAs(app, event.target.value).then(() => setTold('Read.'));
            }}
          >
            {FORMATS.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <span className="aside anywhere">because {reason}.</span>
      </header>
      <p>{countsText(imported)}</p>
      {(summary.assumed.length > 0 || summary.guesses.length > 0 || deviceProblem !== '') && (
        <ul className="import-assumed scroll aside anywhere" aria-label="Assumptions">
          {deviceProblem !== '' && (
            <li className="wrong alarm">{deviceProblem}. The current device is kept.</li>
          )}
          {summary.guesses.map(({ id, text, options, value }) => (
            <li key={id} className="import-guess">
              {text}
              <label>
                <span className="hidden">{text} Change it: </span>
                <select
                  value={value}
                  onChange={(event) => {
                    setShown(-1);
                    setTold('Reading…');
                    void choose(app, id, event.target.value).then(() => setTold('Read.'));
                  }}
                >
                  {options.map((option) => (
                    <option key={option.value} value={option.value}>
                      {option.label}
                    </option>
                  ))}
                </select>
              </label>
            </li>
          ))}
          {summary.assumed.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <div
        ref={list.ref}
        className="import-list rest scroll framed"
        role="region"
        aria-label="The text, line by line"
        tabIndex={0}
        onScroll={list.onScroll}
      >
        <ol style={{ height: rows.length * height }}>
          {rows.slice(list.first, list.end).map((row, at) => (
            <Row
              key={`${row.line} ${row.what}`}
              row={row}
              top={(list.first + at) * height}
              height={height}
              before={rows.at(list.first + at - 1)?.line ?? 0}
              isShown={list.first + at === shown}
            />
          ))}
        </ol>
      </div>
      {(summary.bad > 0 || lines.length === 0) && <RecordTrace summary="Record what this text lacks" />}
      <footer>
        {summary.bad > 0 && (
          <button type="button" onClick={nextProblem}>
            Next problem
          </button>
        )}
        <span role="status" className="told grow aside anywhere">
          {told}
        </span>
        <button type="button" onClick={close}>
          {opened ? 'Close' : 'Cancel'}
        </button>
        {!opened && lines.length === 0 && summary.device !== null && (
          <button
            type="button"
            className="primary"
            disabled={deviceProblem !== ''}
            onClick={() => {
              openDevice(app);
              close();
            }}
          >
            Use this device
          </button>
        )}
        {!opened && (lines.length > 0 || summary.device === null) && (
          <button
            type="button"
            className="primary"
            disabled={lines.length === 0}
            onClick={() => {
              openImported(app);
              close();
            }}
          >
            Open {counted(lines.length, summary.bad > 0 ? 'readable operation' : 'operation')}
          </button>
        )}
      </footer>
    </>
  );
}

interface RowProps {
  readonly row: ImportRow;
  readonly top: number;
  readonly height: number;
  /** The number of the previous shown line; lines in between are not kept. */
  readonly before: number;
  readonly isShown: boolean;
}

function Row({ row: { line, text, kind, what, column }, top, height, before, isShown }: RowProps) {
  const left = line - before - 1;
  return (
    <li
      className={`import-row tracks small line-below ${kind}`}
      style={{ top, height }}
      data-shown={isShown || undefined}
    >
      <span className="number soft">{line}</span>
      <code className="import-text cut" title={text}>
        {text === '' ? ' ' : text}
      </code>
      <span className="import-what faint cut" title={what}>
        {kind === 'bad' && <b>column {column}: </b>}
        {what}
        {left > 0 && <i> ({counted(left, 'line')} above not shown)</i>}
      </span>
    </li>
  );
}

/** Returns the counts, such as `12 operations from 9 of 14 lines; 3 without an operation; 2 unreadable (greyed).` */
function countsText({ lines, summary: { texts, bad, passed } }: Imported): string {
  const good = texts - bad - passed;
  const first = `${counted(lines.length, 'operation')} from ${grouped(good)} of ${counted(texts, 'line')}`;
  const quiet = passed === 0 ? '' : `; ${grouped(passed)} without an operation`;
  const wrong = bad === 0 ? '' : `; ${grouped(bad)} unreadable (greyed)`;
  return `${first}${quiet}${wrong}.`;
}

// The results files of a class: a place to choose or drop them, the files that are not readable, and the table.

import { type DragEvent, useId, useMemo, useState } from 'react';
import { classCsv, classTable } from '../../../../lessons/classResults.ts';
import { counted } from '../../../../text/numbers.ts';
import { saveFile } from '../../../services/files.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { addResults, clearResults, collectedSlice } from './collected.ts';
import { ResultsTable } from './ResultsTable.tsx';

export function CollectResults() {
  const app = useApp();
  const id = useId();
  const { files, refused } = useSlice(collectedSlice);
  const [over, setOver] = useState(false);
  const table = useMemo(() => classTable(files), [files]);
  const add = (list: FileList | null) => {
    const given = [...(list ?? [])];
    if (given.length === 0) return;
    void Promise.all(
      given.map(async (file) => ({ name: file.name, text: await file.text().catch(() => '') })),
    ).then((texts) => addResults(app, texts));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    // the page would open the first file only
    event.stopPropagation();
    setOver(false);
    add(event.dataTransfer.files);
  };
  return (
    <section aria-labelledby={id} className="stack gap-6">
      <h2 id={id}>Results of a class</h2>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the file field inside does the same by keyboard */}
      <div
        className="results-drop"
        data-over={over || undefined}
        onDragOver={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <label>
          Choose results files, or drop them here{' '}
          <input
            type="file"
            multiple
            accept=".json"
            onChange={({ target }) => {
              add(target.files);
              // the same file can be chosen again
              target.value = '';
            }}
          />
        </label>
        <p className="aside">
          The files stay on this computer. A reload of the page empties the table; “Save table as CSV” keeps
          it.
        </p>
      </div>
      {refused.length > 0 && (
        <div role="alert" className="results-refused anywhere">
          <p>
            <b>{counted(refused.length, 'file')} not added:</b>
          </p>
          <ul>
            {refused.map(({ file, reason }, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files can have one name
              <li key={at}>
                {file}: {reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {files.length > 0 && (
        <>
          <div className="cluster middle gap-8">
            <b>{counted(files.length, 'learner')}</b>
            <button type="button" onClick={() => saveFile('irqscope-class.csv', classCsv(table))}>
              Save table as CSV
            </button>
            <button type="button" onClick={() => clearResults(app)}>
              Empty the table
            </button>
          </div>
          <ResultsTable table={table} />
        </>
      )}
    </section>
  );
}

// The shortest script, replayed under each kernel of the search, with buttons that open it in the lab or in Compare.

import { useMemo } from 'react';
import { printLine } from '../../../formats/notation/printLine.ts';
import { generation } from '../../../kernel/generations/index.ts';
import { runAt } from '../../../session/replay.ts';
import type { SearchSetup } from '../../../session/search.ts';
import { effects } from '../../../text/effects.ts';
import { searchTitle } from '../../../views/explore/problem.ts';
import { useApp } from '../../store/appContext.ts';
import { foundRuns, openFoundInCompare, openInLab, resultText } from './found.ts';

/** Search and script. */
interface FoundScriptProps {
  readonly setup: SearchSetup;
  /** The script in notation. */
  readonly text: string;
}

/** The script as a table: one row per line, one result per kernel. */
export function FoundScript({ setup, text }: FoundScriptProps) {
  const app = useApp();
  const runs = useMemo(() => foundRuns(setup, text), [setup, text]);
  if (!runs.ok) return null;
  const kernels = runs.value;
  const script = kernels[0]?.session.script ?? [];
  const last = script.length;
  return (
    <>
      <div className="explore-script scroll" role="region" aria-label="Script" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">line</th>
              <th scope="col">operation</th>
              {kernels.map((kernel) => (
                <th key={kernel.generation} scope="col">
                  {generation(kernel.generation).label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {script.map((entry, at) => {
              const lineRuns = kernels.map(({ replayed }) => runAt(replayed, at + 1));
              const results = lineRuns.map(resultText);
              return (
                <tr
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
                  key={at}
                  data-event={at + 1 === last}
                  data-differs={new Set(results).size > 1}
                >
                  <td>{at + 1}</td>
                  <td>
                    <code className="mono">{printLine(entry)}</code>
                  </td>
                  {results.map((result, place) => (
                    <td
                      key={kernels[place]?.generation}
                      data-failed={(lineRuns[place]?.errno ?? null) !== null}
                    >
                      <code className="mono">{result}</code>
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <dl className="explore-effects tracks">
        {kernels.map(({ generation: id, replayed }) => {
          const run = runAt(replayed, last);
          return (
            <div key={id}>
              <dt>{generation(id).label}, last line</dt>
              <dd>{(run === null ? [] : effects(run)).join(' ') || 'The line changes no vector.'}</dd>
            </div>
          );
        })}
      </dl>
      <div className="cluster gap-8">
        {kernels.length === 2 && (
          <button type="button" className="primary" onClick={() => openFoundInCompare(app, kernels)}>
            Open in Compare
          </button>
        )}
        {kernels.map(({ generation: id, session }) => (
          <button
            key={id}
            type="button"
            className={kernels.length === 1 ? 'primary' : undefined}
            onClick={() => openInLab(app, session, `open a found script: ${searchTitle(setup)}`)}
          >
            Open in the lab{kernels.length === 1 ? '' : ` under ${generation(id).label}`}
          </button>
        ))}
      </div>
    </>
  );
}

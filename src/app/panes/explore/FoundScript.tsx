// The shortest script, run again under every kernel of the search, and the ways from here.

import { useMemo } from 'react';
import { printLine } from '../../../formats/notation/printLine.ts';
import { generation } from '../../../kernel/generations/index.ts';
import { runAt } from '../../../session/replay.ts';
import type { SearchSetup } from '../../../session/search.ts';
import { effects } from '../../../views/words/effects.ts';
import { foundRuns, openFoundInCompare, openInLab } from '../../state/explore/found.ts';
import { searchTitle } from '../../state/explore/problem.ts';

/** What it needs. */
interface FoundScriptProps {
  readonly setup: SearchSetup;
  /** The script in notation. */
  readonly text: string;
}

/** The script as a table: a line each, and what every kernel answers. */
export function FoundScript({ setup, text }: FoundScriptProps) {
  const runs = useMemo(() => foundRuns(setup, text), [setup, text]);
  if (!runs.ok) return null;
  const kernels = runs.value;
  const script = kernels[0]?.session.script ?? [];
  const last = script.length;
  return (
    <>
      <div className="explore-script" role="region" aria-label="Script" tabIndex={0}>
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
              const results = kernels.map(({ replayed }) => resultOf(runAt(replayed, at + 1)));
              return (
                <tr
                  // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name, and never move
                  key={at}
                  data-event={at + 1 === last}
                  data-differs={new Set(results).size > 1}
                >
                  <td>{at + 1}</td>
                  <td>
                    <code>{printLine(entry)}</code>
                  </td>
                  {results.map((result, place) => (
                    <td key={kernels[place]?.generation} data-failed={result.startsWith('-')}>
                      <code>{result}</code>
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <dl className="explore-effects">
        {kernels.map(({ generation: id, replayed }) => {
          const run = runAt(replayed, last);
          return (
            <div key={id}>
              <dt>{generation(id).label}, last line</dt>
              <dd>{(run === null ? [] : effects(run)).join(' ') || 'No vector changes.'}</dd>
            </div>
          );
        })}
      </dl>
      <div className="explore-actions">
        {kernels.length === 2 && (
          <button type="button" className="primary" onClick={() => openFoundInCompare(kernels)}>
            Open in Compare
          </button>
        )}
        {kernels.map(({ generation: id, session }) => (
          <button
            key={id}
            type="button"
            className={kernels.length === 1 ? 'primary' : undefined}
            onClick={() => openInLab(session, `open a find: ${searchTitle(setup)}`)}
          >
            Open in the lab{kernels.length === 1 ? '' : ` under ${generation(id).label}`}
          </button>
        ))}
      </div>
    </>
  );
}

function resultOf(run: ReturnType<typeof runAt>): string {
  if (run === null) return '';
  return run.errno === null ? String(run.ret) : `-${run.errno}`;
}

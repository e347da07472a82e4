// The step's script in the four generations: a table of the state after its last line, with the differences as sentences.

import { useMemo } from 'react';
import type { GenerationId } from '../../../../../kernel/generations/generation.ts';
import { shownSession, type Taking } from '../../../../../lessons/taking.ts';
import { counted } from '../../../../../text/numbers.ts';
import { kernelTable } from '../../../../../views/compare/kernelTable.ts';

/** Most sentences on the slide. */
const MOST = 3;

/** The kernels before the patches, with the two patches, and since 6.5. */
const FOUR: readonly GenerationId[] = ['static', 'v2', 'v3', 'dynamic'];

/** Returns the four kernels, and the step's own if it is another one. */
function kernelsWith(own: GenerationId): readonly GenerationId[] {
  return FOUR.includes(own) ? FOUR : [...FOUR, own];
}

export function KernelSlide({ taking }: { readonly taking: Taking }) {
  const session = shownSession(taking);
  const table = useMemo(() => kernelTable(session, kernelsWith(session.generation)), [session]);
  const { kernels, rows, sentences, differing } = table;
  const more = sentences.length - MOST;
  const here = kernelsWith(session.generation).indexOf(session.generation);
  return (
    <div className="presenting-kernels stack gap-12">
      <div
        className="presenting-wide scroll"
        role="group"
        aria-label="The step in other kernels"
        tabIndex={0}
      >
        <table>
          <caption>After the last line, {counted(session.script.length, 'line')} in each kernel</caption>
          <thead>
            <tr>
              <td />
              {kernels.map((name, at) => (
                <th key={name} scope="col">
                  {name}
                  {at === here && <span className="presenting-here">this step</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ label, cells, differs }) => (
              <tr key={label} data-differs={differs ? true : undefined}>
                <th scope="row">
                  {label}
                  {differs && (
                    <>
                      {' '}
                      ≠<span className="hidden"> differs</span>
                    </>
                  )}
                </th>
                {cells.map((cell, at) => (
                  <td key={kernels[at]}>
                    {cell.map((part) => (
                      <p key={part}>{part}</p>
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {sentences.length === 0 ? (
        <p>
          {differing.length === 0
            ? 'All kernels do the same in every line.'
            : `After the last line all kernels are in the same state. They differ after ${differing.length === 1 ? 'line' : 'lines'} ${differing.join(', ')}.`}
        </p>
      ) : (
        <ul className="stack gap-6" aria-label="Differences">
          {sentences.slice(0, MOST).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {more > 0 && <li>… and {counted(more, 'more difference')}</li>}
        </ul>
      )}
    </div>
  );
}

// One outcome of the atlas: its kernels with their marks, and its shortest script.

import { parseScript } from '../../../formats/notation/parse.ts';
import { GENERATIONS } from '../../../kernel/generations/index.ts';
import { withScript } from '../../../session/deviceSpec.ts';
import { emptySession } from '../../../session/session.ts';
import {
  type AtlasOutcome,
  checkWhy,
  kernelWords,
  outcomeText,
  type ReachedBy,
  resultText,
  shownKernel,
  UNRECORDED,
} from '../../../views/explore/atlasRows.ts';
import { useApp } from '../../store/appContext.ts';
import { CopyButton } from './CopyButton.tsx';
import { openInLab } from './found.ts';

/** The kinds of a mark, each with its character and its meaning in the legend. */
export const KERNEL_MARKS = {
  seen: ['●', 'a recording of this kernel has it'],
  source: ['○', 'by source'],
  reached: ['·', 'reached'],
  injected: ['△', 'only with an injected fault'],
  none: ['–', 'not reached within the limits'],
} as const;

function markOf(kernel: ReachedBy | undefined): keyof typeof KERNEL_MARKS {
  if (kernel === undefined) return 'none';
  if (kernel.mark?.seen === true) return 'seen';
  if (kernel.injected) return 'injected';
  return kernel.mark === null ? 'reached' : 'source';
}

/** The row. */
export function AtlasRow({ row }: { readonly row: AtlasOutcome }) {
  const app = useApp();
  const { fn, check, result, recorded } = row;
  const shown = shownKernel(row);
  const name = `${fn} ${resultText(result)}`;
  const open = ({ generation: id, script }: ReachedBy) => {
    const parsed = parseScript(script).script;
    openInLab(app, withScript(emptySession(id, 'nvme'), parsed), `open an edge case: ${fn}`);
  };
  return (
    <tr>
      <td>
        <code>{fn}</code>
      </td>
      <td>
        {check === null ? <span className="soft">–</span> : <code>{check}</code>}
        <small>{checkWhy(check)}</small>
      </td>
      <td data-failed={typeof result === 'string'}>
        <code title={result === null ? 'This function has no return value' : undefined}>
          {resultText(result)}
        </code>
      </td>
      <td>
        <ul className="atlas-kernels cluster" aria-label={`Kernels of ${name}`}>
          {GENERATIONS.map(({ id, label }) => {
            const kernel = row.kernels.find((one) => one.generation === id);
            const mark = markOf(kernel);
            return (
              <li key={id} data-mark={mark}>
                {kernel === undefined ? (
                  <span className="soft" title={`${label}: ${KERNEL_MARKS.none[1]}`}>
                    <i aria-hidden="true">{KERNEL_MARKS.none[0]}</i> {id}
                    <span className="hidden"> not reached</span>
                  </span>
                ) : (
                  <button
                    type="button"
                    aria-label={`Open in the lab: ${name} under ${label}${said(kernel)}`}
                    title={`Open in the lab under ${label}. ${kernel.mark?.title ?? ''}`}
                    onClick={() => open(kernel)}
                  >
                    <i aria-hidden="true">{KERNEL_MARKS[mark][0]}</i> {id}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
        {recorded === false && <small>{UNRECORDED}</small>}
      </td>
      <td>
        <pre>{shown === null ? '' : lastLines(shown)}</pre>
      </td>
      <td>
        <CopyButton what={`the outcome ${name}`} text={() => outcomeText(row)} short />
      </td>
    </tr>
  );
}

/** Returns the mark for a screen reader. */
function said(kernel: ReachedBy): string {
  const words = kernelWords(kernel);
  return words === '' ? '' : `, ${words}`;
}

/** Returns the script without its device and the lines that open descriptors. */
function lastLines({ script, length }: ReachedBy): string {
  return script.trimEnd().split('\n').slice(-length).join('\n');
}

// Previews the operations of a client: the same client on a copy of the machine.

import { shortLine } from '../../../../../formats/shortLine.ts';
import { counted } from '../../../../../text/numbers.ts';
import type { Sent } from '../../../../../views/clients/acting.ts';

/** Lines that are listed; more are counted. */
const SHOWN = 12;

/** Lists the lines with their results; lines that open and close eventfds are only counted. */
export function SentPreview({ sent }: { readonly sent: Sent | null }) {
  if (sent === null)
    return <p className="client-preview anywhere nothing">Point at a button to preview its operations.</p>;
  const calls = sent.lines.flatMap((line, at) => {
    const run = sent.runs[at];
    const { op } = line.op;
    return run === undefined || op === 'eventfd' || op === 'close'
      ? []
      : [{ at, text: shortLine(line.op, run), failed: run.errno !== null, lost: lostOf(run.happenings) }];
  });
  const files = sent.lines.length - calls.length;
  return (
    <div className="client-preview anywhere">
      <p>
        {sent.lines.length === 0
          ? `${sent.text}: the client sends no ioctl; the script records the action as text.`
          : `${sent.text}: ${counted(sent.lines.length, 'line')}${files === 0 ? '' : `, ${files} to open or close eventfds`}.`}
      </p>
      <ol aria-label="Preview of operations">
        {calls.slice(0, SHOWN).map(({ at, text, failed, lost }) => (
          <li key={at} className={failed ? 'failed' : ''}>
            {text}
            {lost > 0 && <b> {lost} lost</b>}
          </li>
        ))}
        {calls.length > SHOWN && <li>… {calls.length - SHOWN} more</li>}
      </ol>
    </div>
  );
}

function lostOf(happenings: readonly { readonly kind: string }[]): number {
  return happenings.filter(({ kind }) => kind === 'lost').length;
}

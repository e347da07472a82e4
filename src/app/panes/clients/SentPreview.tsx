// What a client would send, before it does: the same client on a copy of the machine.

import { shortLine } from '../../../formats/shortLine.ts';
import type { Sent } from '../../../views/clients/acting.ts';
import { counted } from '../../../views/words/numbers.ts';

/** More lines than these are told by their number. */
const SHOWN = 12;

/** The lines with their results; eventfds that are opened and closed are counted. */
export function SentPreview({ sent }: { readonly sent: Sent | null }) {
  if (sent === null)
    return <p className="client-preview nothing">Point at a button: what it would send stands here.</p>;
  const calls = sent.lines.flatMap((line, at) => {
    const run = sent.runs[at];
    const { op } = line.op;
    return run === undefined || op === 'eventfd' || op === 'close'
      ? []
      : [{ at, text: shortLine(line.op, run), failed: run.errno !== null, lost: lostOf(run.happenings) }];
  });
  const files = sent.lines.length - calls.length;
  return (
    <div className="client-preview">
      <p>
        {sent.lines.length === 0
          ? `${sent.text}: the client calls nothing; the script keeps a note of it.`
          : `${sent.text}: ${counted(sent.lines.length, 'line')}${files === 0 ? '' : `, ${files} of them open or close eventfds`}.`}
      </p>
      <ol aria-label="What it would send">
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

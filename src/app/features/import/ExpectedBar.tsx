// The interrupts of the host that the imported text shows, compared with the machine at the cursor.

import { useMemo } from 'react';
import { compareExpected, type ExpectedState } from '../../../session/expectedState.ts';
import { expectedSentence } from '../../../text/expectedState.ts';
import { counted } from '../../../text/numbers.ts';
import { useMoment } from '../../store/useMoment.ts';

/** The comparison: a count, and one sentence for each irq. */
export function ExpectedBar({ expected }: { readonly expected: ExpectedState }) {
  const { now: machine } = useMoment();
  const rows = useMemo(() => compareExpected(expected, machine), [expected, machine]);
  const same = rows.filter(({ kind }) => kind === 'same').length;
  const cached = rows.filter(({ kind }) => kind === 'cached').length;
  const other = rows.length - same - cached;
  return (
    <details className="expected-bar small">
      <summary>
        At this line {counted(same, 'irq')} as in the text
        {cached > 0 && `, ${counted(cached, 'irq')} cached, which /proc/interrupts does not show`}
        {other > 0 && `, ${counted(other, 'irq')} different`}.
      </summary>
      <ul>
        {rows.map((row) => (
          <li key={`${row.mode} ${row.vector} ${row.irq} ${row.modelIrq}`} className={row.kind}>
            {expectedSentence(row)}
          </li>
        ))}
      </ul>
    </details>
  );
}

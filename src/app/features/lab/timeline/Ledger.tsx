// Counts of interrupts and irqs up to the cursor.

import { machineAfter } from '../../../../session/replay.ts';
import { pendingNow } from '../../../../views/ledger.ts';
import { ledgerAt } from '../../../../views/sums.ts';
import { useSession } from '../../../store/lab.ts';
import { useReplay } from '../../../store/useMoment.ts';

export function Ledger() {
  const { cursor } = useSession();
  const replayed = useReplay();
  // the vectors that are pending now; the panel of all counts has the interrupts that were made pending
  const pending = pendingNow(machineAfter(replayed, cursor.line));
  const ledger = { ...ledgerAt(replayed, cursor.line), pending };
  return (
    <dl className="ledger cluster faint" aria-label="Counts">
      {Object.entries(ledger).map(([name, count]) => (
        <div key={name} className={count === 0 ? 'zero' : undefined}>
          <dt>{name}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}

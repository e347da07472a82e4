// What became of every interrupt up to the cursor, in numbers.

import { ledgerAt } from '../../../views/sums.ts';
import { useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';

/** The counts. */
export function Ledger() {
  const { cursor } = useSession();
  const ledger = ledgerAt(useReplay(), cursor.line);
  return (
    <dl className="ledger" aria-label="Ledger">
      {Object.entries(ledger).map(([name, count]) => (
        <div key={name} className={count === 0 ? 'zero' : undefined}>
          <dt>{name}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  );
}

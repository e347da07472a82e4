// The bottom of the screen: the transport buttons, the position, and the timeline.

import { ledgerAt } from '../../../views/sums.ts';
import { useSession } from '../../state/lab.ts';
import { useReplay } from '../../state/useMoment.ts';
import { LedgerButton } from './LedgerButton.tsx';
import { Legend } from './Legend.tsx';
import { TimelineSvg } from './TimelineSvg.tsx';
import { Transport } from './Transport.tsx';
import './timeline.css';

/** Transport and timeline. */
export function TimelinePane() {
  const { cursor } = useSession();
  const replayed = useReplay();
  const ledger = ledgerAt(replayed, cursor.line);
  return (
    <section className="pane timeline" aria-labelledby="timeline-heading">
      <h2 id="timeline-heading" className="hidden">
        Timeline
      </h2>
      <div className="timeline-bar">
        <Transport />
        <div className="ledger-open">
          <LedgerButton />
        </div>
        <dl className="ledger" aria-label="Ledger">
          {Object.entries(ledger).map(([name, count]) => (
            <div key={name} className={count === 0 ? 'zero' : undefined}>
              <dt>{name}</dt>
              <dd>{count}</dd>
            </div>
          ))}
        </dl>
        <Legend />
      </div>
      <TimelineSvg />
    </section>
  );
}

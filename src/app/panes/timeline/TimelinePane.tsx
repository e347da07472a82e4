// The bottom of the screen: the transport buttons, the position, and the timeline.

import { lazy, Suspense } from 'react';
import { ledgerAt } from '../../../views/ledger.ts';
import { useSession } from '../../state/lab.ts';
import { useTwin } from '../../state/twin.ts';
import { useReplay } from '../../state/useMoment.ts';
import { LedgerButton } from './LedgerButton.tsx';
import { Legend } from './Legend.tsx';
import { MatchStrip } from './MatchStrip.tsx';
import { TimelineSvg } from './TimelineSvg.tsx';
import { TimelineTools } from './TimelineTools.tsx';
import { Transport } from './Transport.tsx';
import './timeline.css';

const TimelineTable = lazy(async () => ({ default: (await import('./TimelineTable.tsx')).TimelineTable }));

/** Transport and timeline. */
export function TimelinePane() {
  const { cursor } = useSession();
  const replayed = useReplay();
  const { open } = useTwin();
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
        <TimelineTools />
        <Legend />
      </div>
      <MatchStrip />
      {open ? (
        <Suspense fallback={<p className="nothing">The table is being fetched.</p>}>
          <TimelineTable />
        </Suspense>
      ) : (
        <TimelineSvg />
      )}
    </section>
  );
}

// The bottom of the screen: the transport buttons, the position, and the timeline.

import { lazy, Suspense } from 'react';
import { late } from '../../parts/late.ts';
import { useSession } from '../../state/lab.ts';
import { useTwin } from '../../state/twin.ts';
import { LedgerButton } from './LedgerButton.tsx';
import { Legend } from './Legend.tsx';
import { TimelineTools } from './TimelineTools.tsx';
import { Transport } from './Transport.tsx';
import './timeline.css';

const Ledger = late(async () => (await import('./Ledger.tsx')).Ledger);
// the largest part of the page is not needed to begin: buttons and panes are there before the lanes are
const LabTimeline = late(async () => {
  // lanes that are seen can be zoomed
  const [{ LabTimeline: made }] = await Promise.all([import('./LabTimeline.tsx'), import('./zooming.ts')]);
  return made;
});
const TimelineTable = lazy(async () => ({ default: (await import('./TimelineTable.tsx')).TimelineTable }));

/** Transport and timeline. */
export function TimelinePane() {
  const { open } = useTwin();
  return (
    <section className="pane timeline" aria-labelledby="timeline-heading">
      <h2 id="timeline-heading" className="hidden">
        Timeline
      </h2>
      <div className="timeline-bar">
        <Transport />
        <Suspense fallback={<dl className="ledger" />}>
          <Ledger />
        </Suspense>
        <div className="ledger-open">
          <LedgerButton />
        </div>
        {!open && <Legend />}
        <TimelineTools />
      </div>
      {open ? (
        <Suspense fallback={<p className="nothing">The table is being fetched.</p>}>
          <TimelineTable />
        </Suspense>
      ) : (
        <Suspense fallback={<LanesRoom />}>
          <LabTimeline />
        </Suspense>
      )}
    </section>
  );
}

/** Heights in pixels: head, minimap and line of words; a lane, and the heading of a group. */
const AROUND = 34 + 28 + 19;
const LANE = 16;
const HEADING = 15;
/** Of a device with more vectors only those in use have lanes, and which these are is not known yet. */
const FEW = 16;

/** As high as the lanes will be, so that nothing moves when they come. */
function LanesRoom() {
  const { script, setup } = useSession();
  if (script.length === 0) return <p className="nothing">The timeline begins with the first line.</p>;
  const vectors = setup.device.msix?.vectors ?? setup.device.msi?.vectors ?? 0;
  const lanes = HEADING + LANE * Math.min(vectors, FEW);
  return (
    <div className="timeline-box">
      <div className="timeline-scroll" style={{ height: lanes }} />
      <div style={{ height: AROUND }} />
    </div>
  );
}

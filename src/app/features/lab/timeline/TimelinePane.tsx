// The bottom of the screen: transport buttons, position and timeline.

import { lazy, Suspense } from 'react';
import { useSlice } from '../../../store/appContext.ts';
import { useSession } from '../../../store/lab.ts';
import { useReplay } from '../../../store/useMoment.ts';
import { CommandButton } from '../../../ui/CommandButton.tsx';
import { late } from '../../../ui/late.ts';
import { Transport, type TravelButton } from '../../../ui/Transport.tsx';
import { LedgerButton } from './LedgerButton.tsx';
import { TimelineTools } from './TimelineTools.tsx';
import { twinSlice } from './twin.ts';
import '../../../ui/timeline/timeline.css';
import './bar.css';

const Legend = late(async () => (await import('./Legend.tsx')).Legend);
const Ledger = late(async () => (await import('./Ledger.tsx')).Ledger);
// the lanes are the largest part of the page and are fetched after the first picture
const LabTimeline = late(async () => {
  // zooming is ready when the lanes appear
  const [{ LabTimeline: made }] = await Promise.all([
    import('./LabTimeline.tsx'),
    import('../../../ui/timeline/zooming.ts'),
  ]);
  return made;
});
const TimelineTable = lazy(async () => ({ default: (await import('./TimelineTable.tsx')).TimelineTable }));

/** Transport and timeline. */
export function TimelinePane() {
  const { open } = useSlice(twinSlice);
  return (
    <section className="pane timeline" aria-labelledby="timeline-heading">
      <h2 id="timeline-heading" className="hidden">
        Timeline
      </h2>
      <div className="timeline-bar">
        <LabTransport />
        <Suspense fallback={<dl className="ledger cluster faint" />}>
          <Ledger />
        </Suspense>
        <div className="ledger-open">
          <LedgerButton />
        </div>
        {!open && (
          <Suspense fallback={<ul className="legend cluster faint" />}>
            <Legend />
          </Suspense>
        )}
        <TimelineTools />
      </div>
      {open ? (
        <Suspense fallback={<p className="nothing">Loading the table…</p>}>
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

/** The transport with the lab's commands. */
function LabTransport() {
  const { cursor } = useSession();
  return (
    <Transport replayed={useReplay()} cursor={cursor} long button={timeButton}>
      <CommandButton id="time.undo">Undo</CommandButton>
      <CommandButton id="time.redo">Redo</CommandButton>
    </Transport>
  );
}

const timeButton = ({ how, ...button }: TravelButton) => <CommandButton id={`time.${how}`} {...button} />;

/** Heights in pixels: head, minimap and line of words; a lane, and the heading of a group. */
const HEAD = 34;
const BELOW = 28 + 35;
const LANE = 16;
const HEADING = 15;
/** Larger devices show lanes only for vectors in use, which are not known yet. */
const FEW = 16;

/** Reserves the height of the lanes, so that the page does not move when they appear. */
function LanesRoom() {
  const { script, setup } = useSession();
  if (script.length === 0) return <p className="nothing">The script is empty, so the timeline is empty.</p>;
  const vectors = setup.device.msix?.vectors ?? setup.device.msi?.vectors ?? 0;
  const lanes = HEADING + LANE * Math.min(vectors, FEW);
  return (
    <div className="timeline-box">
      <div className="timeline-plot" style={{ paddingTop: HEAD }}>
        <div className="timeline-scroll" style={{ height: lanes }} />
      </div>
      <div style={{ height: BELOW }} />
    </div>
  );
}

// Compare: two to four lanes run the same script side by side. Sentences explain the differences, the wirings show their
// place, and the panels below contain timelines, kernel calls, the cost of each policy and the host's lists of interrupts.

import { useCallback, useMemo, useState } from 'react';
import { grouped } from '../../../base/grouped.ts';
import type { Machine } from '../../../machine/machine.ts';
import { BIT } from '../../../session/differenceKinds.ts';
import { LANES } from '../../../session/lanes.ts';
import { laneStep } from '../../../views/compare/align.ts';
import { explain } from '../../../views/compare/explain.ts';
import { hostView } from '../../../views/compare/host.ts';
import { laneLabels } from '../../../views/compare/labels.ts';
import { laneMoment } from '../../../views/compare/rows.ts';
import { usedInLanes } from '../../../views/compare/usedInLanes.ts';
import { reviewLabel, sidesOfLanes } from '../../../views/review/sides.ts';
import { showsMsi } from '../../../views/wiring/rows.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { openExport } from '../../store/askedExport.ts';
import { compareSlice } from '../../store/compare.ts';
import { useGrown } from '../../store/grown.ts';
import { labSlice, useSession } from '../../store/lab.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { CompareHost } from './CompareHost.tsx';
import { CompareLedger } from './CompareLedger.tsx';
import { CompareRows } from './CompareRows.tsx';
import { CompareScript } from './CompareScript.tsx';
import { CompareTimelines } from './CompareTimelines.tsx';
import { CompareTrace } from './CompareTrace.tsx';
import { DifferenceBar } from './DifferenceBar.tsx';
import { LaneHeads } from './LaneHeads.tsx';
import { LaneMenu } from './LaneMenu.tsx';
import { useComparing } from './useComparing.ts';
import { goToStep, usePlace } from './usePlace.ts';
import './compare.css';

const PANELS = ['Timelines', 'Kernel calls', 'Counts', 'Host'] as const;

export function CompareView() {
  const app = useApp();
  const { lanes } = useSlice(compareSlice);
  const opened = useSlice(labSlice, (state) => state.opened);
  const { cursor, script } = useSession();
  const labels = useMemo(() => laneLabels(lanes, opened), [lanes, opened]);
  const { comparing, version } = useComparing();
  const { divergence, places } = comparing;
  const timelines = useGrown(comparing.timelines, version);
  const running = useMemo(() => labels.filter((_, at) => places[at] !== null), [labels, places]);
  const place = usePlace(comparing, running);
  const { line, step, rows, steps } = place;
  // a person who opens Compare at a kernel call sees the calls
  const [panel, setPanel] = useState<(typeof PANELS)[number]>(step === null ? 'Timelines' : 'Kernel calls');
  const [chosen, setShown] = useState(0);
  const shown = Math.min(chosen, lanes.length - 1);
  const shownPlace = places[shown] ?? 0;
  const known = line <= divergence.done;
  const statements = useMemo(
    () => (known ? explain(divergence, line, running) : []),
    [divergence, line, running, known],
  );
  const moments = useMemo(
    () =>
      divergence.lanes.map((lane, at) =>
        laneMoment(lane, {
          line,
          step: step === null ? 'whole' : (laneStep(rows, steps, step, at) ?? 'before'),
        }),
      ),
    [divergence, line, step, rows, steps],
  );
  const ever = useMemo(() => {
    const used = moments.map(({ now }, at) =>
      usedInLanes(timelines.of[at]?.laneIds ?? [], script, showsMsi(now)),
    );
    return new Set(used.flatMap((one) => [...one]));
  }, [timelines, moments, script]);
  const hostOf = useCallback(
    (machines: readonly Machine[]) =>
      hostView(
        divergence.lanes,
        machines,
        comparing.deliveries.map((counter) => counter.after(line)),
      ),
    [comparing, divergence, line],
  );
  // the sentences are about the state after the line
  const after = useMemo(
    () => (statements.length === 0 ? null : hostOf(divergence.lanes.map((lane) => lane.machineAfter(line)))),
    [statements, hostOf, divergence, line],
  );
  const runs = lanes.map((_, at) => {
    const own = places[at];
    return own == null ? null : (divergence.lanes[own] ?? null);
  });
  return (
    <main id="main" className="compare" data-lanes={divergence.lanes.length}>
      <h2 className="hidden">Compare</h2>
      <DifferenceBar
        comparing={comparing}
        labels={running}
        line={line}
        statements={statements}
        host={after}
        onParting={
          place.steps.length === 0 || !comparing.divergence.terms.calls
            ? null
            : () => {
                app.set(compareSlice, { step: 'parting' });
                setPanel('Kernel calls');
              }
        }
      />
      <CompareScript comparing={comparing} labels={running} line={line} />
      <section className="compare-lanes stack slim low" aria-label="Lanes">
        <LaneHeads
          lanes={lanes}
          labels={labels}
          runs={runs}
          line={line}
          differs={(divergence.at(line) & BIT.return) !== 0}
          shown={shown}
          onShow={setShown}
        />
        {divergence.lanes.length < LANES.fewest ? (
          <p className="nothing">Choose a second lane to compare with, or open the recording again.</p>
        ) : known ? (
          <CompareRows
            divergence={divergence}
            moments={moments}
            labels={running}
            line={line}
            inside={step !== null}
            shown={shownPlace}
            ever={ever}
          />
        ) : (
          <p className="nothing">Still comparing line {grouped(line)}…</p>
        )}
      </section>
      <section className="compare-panel stack line-above slim low" aria-label={panel}>
        <div className="compare-panel-head bar gap-12">
          <fieldset className="segments">
            <legend className="hidden">Panel below the lanes</legend>
            {PANELS.map((name) => (
              <label key={name}>
                <input type="radio" name="panel" checked={panel === name} onChange={() => setPanel(name)} />
                <span>{name}</span>
              </label>
            ))}
          </fieldset>
          {divergence.done < divergence.length && (
            <progress
              aria-label="Lines compared"
              max={divergence.length}
              value={divergence.done}
              title={`${divergence.done} of ${divergence.length} lines`}
            />
          )}
          {cursor.line !== line && <span>The lab’s cursor is at line {cursor.line}.</span>}
          <span className="spacer rest" />
          <CommandButton id="review.open">{reviewLabel(sidesOfLanes(lanes))}</CommandButton>
          <button
            type="button"
            title="A C program that prints which of these kernels it runs on"
            onClick={() => openExport(app, 'which')}
          >
            Tell apart in C…
          </button>
          {lanes.length < LANES.most && <LaneMenu label="+ lane" name="Add a lane" at={null} />}
        </div>
        {panel === 'Timelines' && (
          <CompareTimelines comparing={comparing} version={version} labels={running} line={line} />
        )}
        {panel === 'Kernel calls' && (
          <CompareTrace
            divergence={divergence}
            place={place}
            labels={running}
            shown={shownPlace}
            onStep={(to) => goToStep(app, cursor, to)}
          />
        )}
        {panel === 'Counts' && <CompareLedger comparing={comparing} labels={running} />}
        {panel === 'Host' && (
          <CompareHost host={hostOf(moments.map(({ now }) => now))} labels={running} shown={shownPlace} />
        )}
      </section>
    </main>
  );
}

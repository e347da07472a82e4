// The heads of the lanes: what each is, what it answered to the line, and how to change or remove it.

import type { LaneRuns } from '../../../session/laneRuns.ts';
import { LANES, type Lane } from '../../../session/lanes.ts';
import { laneTitle } from '../../../session/laneTitle.ts';
import { removeLane } from '../../state/compare.ts';
import { useLab } from '../../state/lab.ts';
import { LaneMenu } from './LaneMenu.tsx';

/** What the heads need. */
interface LaneHeadsProps {
  readonly lanes: readonly Lane[];
  readonly labels: readonly string[];
  /** By lane; null for a recording that is not open. */
  readonly runs: readonly (LaneRuns | null)[];
  readonly line: number;
  /** The results are not all the same. */
  readonly differs: boolean;
  /** The lane that a narrow screen shows. */
  readonly shown: number;
  readonly onShow: (lane: number) => void;
}

/** One head a lane. */
export function LaneHeads({ lanes, labels, runs, line, differs, shown, onShow }: LaneHeadsProps) {
  const opened = useLab((state) => state.opened);
  return (
    <div className="lane-heads">
      <span className="lane-corner">vector</span>
      {lanes.map((lane, at) => {
        const run = runs[at]?.runAt(line) ?? null;
        const label = labels[at] ?? '';
        const { about } = laneTitle(lane, opened);
        return (
          <section
            key={label}
            className="lane-head"
            aria-label={`Lane ${label}`}
            data-shown={at === shown ? true : undefined}
          >
            <h2>
              <button
                type="button"
                className="lane-tab"
                aria-pressed={at === shown}
                onClick={() => onShow(at)}
              >
                {label}
              </button>
              <span className="lane-label">{label}</span>
            </h2>
            <span className={run?.errno == null ? 'lane-result' : 'lane-result failed'}>
              {differs && (
                <span className="unequal">
                  ≠<span className="hidden"> differs: </span>
                </span>
              )}{' '}
              {run === null ? '' : run.errno === null ? `= ${run.ret}` : `= -${run.errno}`}
            </span>
            <p title={about}>{about}</p>
            <div className="lane-tools">
              <LaneMenu label="change" name={`Change ${label}`} at={at} />
              <button
                type="button"
                aria-label={`Remove ${label}`}
                title="Remove this lane"
                disabled={lanes.length <= LANES.fewest}
                onClick={() => removeLane(at)}
              >
                ×
              </button>
            </div>
          </section>
        );
      })}
    </div>
  );
}

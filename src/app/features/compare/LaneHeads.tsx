// The heads of the lanes: name, result of the current line, and buttons to change or remove the lane.

import type { LaneRuns } from '../../../session/laneRuns.ts';
import { LANES, type Lane } from '../../../session/lanes.ts';
import { outText } from '../../../text/out.ts';
import { laneTitle } from '../../../views/compare/laneTitle.ts';
import { useApp, useSlice } from '../../store/appContext.ts';
import { removeLane } from '../../store/compare.ts';
import { labSlice } from '../../store/lab.ts';
import { LaneMenu } from './LaneMenu.tsx';

interface LaneHeadsProps {
  readonly lanes: readonly Lane[];
  readonly labels: readonly string[];
  /** By lane; null for a recording that is not open. */
  readonly runs: readonly (LaneRuns | null)[];
  readonly line: number;
  /** The results differ. */
  readonly differs: boolean;
  /** The lane on a narrow screen. */
  readonly shown: number;
  readonly onShow: (lane: number) => void;
}

/** One head per lane. */
export function LaneHeads({ lanes, labels, runs, line, differs, shown, onShow }: LaneHeadsProps) {
  const app = useApp();
  const opened = useSlice(labSlice, (state) => state.opened);
  return (
    <div className="lane-heads line-below tracks">
      <span className="lane-corner faint">vector</span>
      {lanes.map((lane, at) => {
        const own = runs[at];
        const run = own?.runAt(line) ?? null;
        const op = own?.script[line - 1]?.line.op;
        const values = run === null || op === undefined ? '' : outText(op, run.out);
        const label = labels[at] ?? '';
        const { about } = laneTitle(lane, opened);
        return (
          <section
            key={label}
            className="lane-head tracks middle slim"
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
            <span className={run?.errno == null ? 'lane-result mono soft' : 'lane-result mono soft failed'}>
              {differs && (
                <span className="unequal rigid">
                  ≠<span className="hidden"> differs: </span>
                </span>
              )}{' '}
              {run === null ? '' : run.errno === null ? `= ${run.ret}` : `= -${run.errno}`}
              {values !== '' && ` · ${values}`}
            </span>
            <p title={about}>{about}</p>
            <div className="lane-tools flex gap-4">
              <LaneMenu label="change" name={`Change ${label}`} at={at} />
              <button
                type="button"
                aria-label={`Remove ${label}`}
                title="Remove this lane"
                disabled={lanes.length <= LANES.fewest}
                onClick={() => removeLane(app, at)}
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

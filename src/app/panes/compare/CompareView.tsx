// Compare: two to four kernels run the session's script in lock-step.

import { laneTitle } from '../../../session/lanes.ts';
import { useCompare } from '../../state/compare.ts';
import { useLab } from '../../state/lab.ts';

/** The view. */
export function CompareView() {
  const { lanes } = useCompare();
  const opened = useLab((state) => state.opened);
  return (
    <main className="compare">
      {lanes.map((lane, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two lanes may be alike
        <h2 key={at}>{laneTitle(lane, opened).label}</h2>
      ))}
    </main>
  );
}

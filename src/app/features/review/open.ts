// Opens the review of the kernels of the open view, and a script of a review in Compare.

import type { ReviewScript } from '../../../explore/review/review.ts';
import { parseSearch } from '../../../formats/search/fragment.ts';
import { usualHost } from '../../../kernel/usualHost.ts';
import { releaseFactsOf } from '../../../machine/host.ts';
import { currentSession } from '../../../session/history.ts';
import { kernelLane } from '../../../session/lanes.ts';
import type { DeviceSpec } from '../../../session/script.ts';
import { scriptSetup } from '../../../session/scriptMachine.ts';
import { scriptLine } from '../../../session/session.ts';
import { problemText } from '../../../text/problem.ts';
import { type SideIds, sidesOfKernels, sidesOfLanes } from '../../../views/review/sides.ts';
import type { App } from '../../store/app.ts';
import { compareSlice, openCompare } from '../../store/compare.ts';
import { labSlice } from '../../store/lab.ts';
import { showOverlay } from '../../store/overlay.ts';
import { openReview } from '../../store/review.ts';
import { viewSlice } from '../../store/view.ts';

function sidesOfView(app: App): SideIds {
  const { view, own } = app.get(viewSlice);
  if (view === 'compare') return sidesOfLanes(app.get(compareSlice).lanes);
  if (view === 'explore' && own !== null) {
    // the kernels alone are read, and no question
    const { setup } = parseSearch(own, []);
    return sidesOfKernels(setup.generation, setup.against);
  }
  const { generation, setup } = currentSession(app.get(labSlice).history);
  return sidesOfKernels(generation, null, setup.host);
}

/** Opens the review of the kernels of the open view. */
export function reviewView(app: App): void {
  openReview(app, sidesOfView(app));
}

/** Opens the script of an answer in Compare: a lane per kernel on the device and host of its search, at the last line. */
export function openAnswer(app: App, { devices, lines }: ReviewScript): void {
  const [a, b] = devices.map(setupFor);
  if (a === undefined || b === undefined) throw new Error('a script of a review has two devices');
  const facts = releaseFactsOf(b.setup.host);
  const isUsual =
    a.generation !== b.generation &&
    JSON.stringify(facts) === JSON.stringify(releaseFactsOf(usualHost(b.generation)));
  showOverlay(app, null);
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  openCompare(app, [kernelLane(a.generation), kernelLane(b.generation, isUsual ? {} : facts)], {
    setup: a.setup,
    generation: a.generation,
    script: lines.map(scriptLine),
    cursor: { line: lines.length, step: null },
  });
}

function setupFor(device: DeviceSpec) {
  const made = scriptSetup(device, null);
  if (!made.ok) throw new Error(problemText(made.problems[0]));
  return { setup: made.value.setup, generation: made.value.generation.id };
}

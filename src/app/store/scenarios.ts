// Opens a scenario in the lab or in Compare.

import { comparison, scenarioSession, telling } from '../../lessons/library.ts';
import { scenarios } from '../../lessons/scenarios/index.ts';
import type { Scenario } from '../../lessons/scenarios/scenario.ts';
import { kernelLane } from '../../session/lanes.ts';
import type { App } from './app.ts';
import { openCompare } from './compare.ts';
import { edit, labSlice } from './lab.ts';
import { openView } from './view.ts';

/** Opens a scenario in the lab, at its line, under the generation that differs most from the others. */
export function openScenario(app: App, scenario: Scenario): void {
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  openView(app, 'lab');
  edit(app, `open ${scenario.id}`, () => scenarioSession(scenario, telling(scenario)));
}

/** Opens a scenario in Compare, at the line where the generations differ. */
export function compareScenario(app: App, scenario: Scenario): void {
  const { lanes, session } = comparison(scenario);
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  openCompare(app, lanes, session);
}

/** Opens the debate in Compare: V3 frees an irq of the original allocation, the merged driver keeps it; at that kernel call. */
export function openDebate(app: App): void {
  const found = scenarios().find(({ id }) => id === 'S15');
  if (found === undefined) throw new Error('the library has no S15');
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  openCompare(app, [kernelLane('v3'), kernelLane('dynamic')], comparison(found).session, 'parting');
}

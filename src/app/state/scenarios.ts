// Opening a scenario of the library, in the lab or in Compare.

import { comparison, scenarioSession, telling } from '../../lessons/library.ts';
import { scenarios } from '../../lessons/scenarios/index.ts';
import type { Scenario } from '../../lessons/scenarios/scenario.ts';
import { kernelLane } from '../../session/lanes.ts';
import { openCompare } from './compare.ts';
import { edit, useLab } from './lab.ts';
import { openView } from './view.ts';

/** Opens a scenario in the lab, at the line worth looking at, under the generation that shows most. */
export function openScenario(scenario: Scenario): void {
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  openView('lab');
  edit(`open ${scenario.id}`, () => scenarioSession(scenario, telling(scenario)));
}

/** Opens a scenario in Compare, at the line where the generations differ. */
export function compareScenario(scenario: Scenario): void {
  const { lanes, session } = comparison(scenario);
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  openCompare(lanes, session);
}

/** The debate: V3 frees an irq of the original allocation, the merged driver keeps it, at the kernel call where that happens. */
export function openDebate(): void {
  const found = scenarios().find(({ id }) => id === 'S15');
  if (found === undefined) throw new Error('the library has no S15');
  useLab.setState({ opened: null, recordingFile: null, problem: null });
  openCompare([kernelLane('v3'), kernelLane('dynamic')], comparison(found).session, 'parting');
}

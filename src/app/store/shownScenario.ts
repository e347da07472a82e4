// The scenario that the lab or Compare shows, and its address: `scenario=S15`, or `compare=S15&kernels=v3,dynamic`. The address
// is the scenario's until the script or the lanes change.

import type { GenerationId } from '../../kernel/generations/generation.ts';
import { currentSession } from '../../session/history.ts';
import type { Lane } from '../../session/lanes.ts';
import { type App, slice } from './app.ts';
import { compareSlice } from './compare.ts';
import { labSlice } from './lab.ts';
import { viewSlice } from './view.ts';

/** An opened scenario. */
export interface ShownScenario {
  readonly id: string;
  readonly title: string;
  /** The history node of its session. */
  readonly node: number;
  /** The line at which it opens in the lab and in Compare. */
  readonly at: { readonly lab: number; readonly compare: number };
  /** The lanes of Compare; null when it is opened in the lab. */
  readonly lanes: readonly Lane[] | null;
  /** The kernels that a link has chosen for Compare; null for the scenario's own. */
  readonly kernels: readonly GenerationId[] | null;
}

/** The slice. */
export const scenarioSlice = slice<{ readonly scenario: ShownScenario | null }>(() => ({ scenario: null }));

/** Returns the scenario while the lab, or Compare with its lanes, shows its unchanged session; otherwise null. */
export function scenarioNow(app: App): ShownScenario | null {
  const { scenario } = app.get(scenarioSlice);
  if (scenario === null || app.get(labSlice).history.current !== scenario.node) return null;
  const { view } = app.get(viewSlice);
  if (view === 'compare') return scenario.lanes === app.get(compareSlice).lanes ? scenario : null;
  return view === 'lab' ? scenario : null;
}

/** Returns the fragment of the shown scenario without `#`; null for other work, and inside a line, which it cannot name. */
export function scenarioFragment(app: App): string | null {
  const scenario = scenarioNow(app);
  const { line, step } = currentSession(app.get(labSlice).history).cursor;
  if (scenario === null || step !== null) return null;
  const isCompare = app.get(viewSlice).view === 'compare';
  const { id, at, kernels } = scenario;
  const place = line === (isCompare ? at.compare : at.lab) ? '' : `&line=${line}`;
  if (!isCompare) return `scenario=${id}${place}`;
  const chosen = kernels === null ? '' : `&kernels=${kernels.map((one) => encodeURIComponent(one)).join()}`;
  return `compare=${id}${chosen}${place}`;
}

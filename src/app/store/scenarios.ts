// Opens a scenario in the lab or in Compare.

import { printBare } from '../../formats/notation/printLine.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import { comparison, scenarioSession, telling } from '../../lessons/library.ts';
import { scenarios } from '../../lessons/scenarios/index.ts';
import type { Scenario } from '../../lessons/scenarios/scenario.ts';
import { currentSession } from '../../session/history.ts';
import { kernelLane, type Lane } from '../../session/lanes.ts';
import type { ScriptLine } from '../../session/script.ts';
import type { Session } from '../../session/session.ts';
import type { App } from './app.ts';
import { compareSlice, openCompare } from './compare.ts';
import { edit, labSlice } from './lab.ts';
import { type ShownScenario, scenarioSlice } from './shownScenario.ts';
import { openView } from './view.ts';

/** Opens a scenario in the lab, at its line or at `line`, under the generation that differs most from the others. */
export function openScenario(app: App, scenario: Scenario, line?: number): void {
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  openView(app, 'lab');
  edit(app, `open ${scenario.id}`, () => atLine(scenarioSession(scenario, telling(scenario)), line));
  noteScenario(app, scenario, null, null);
}

/**
 * Opens a scenario in Compare, at the line where the generations differ or at `line`. `kernels` take the place of its own
 * kernels.
 */
export function compareScenario(
  app: App,
  scenario: Scenario,
  kernels: readonly GenerationId[] | null = null,
  line?: number,
): void {
  const { lanes, session } = comparison(scenario);
  const shown = kernels?.map((id) => kernelLane(id)) ?? lanes;
  app.set(labSlice, { opened: null, recordingFile: null, problem: null });
  openCompare(app, shown, atLine(session, line));
  noteScenario(app, scenario, shown, kernels);
}

/** Opens the debate in Compare: V3 frees an irq of the original allocation, the merged driver keeps it; at that kernel call. */
export function openDebate(app: App): void {
  const found = scenarios().find(({ id }) => id === 'S15');
  if (found === undefined) throw new Error('the library has no S15');
  compareScenario(app, found, ['v3', 'dynamic']);
  app.set(compareSlice, { step: 'parting' });
}

/** Notes that the shown session is the scenario's, after a reload or after Back: its address stays. */
export function returnToScenario(
  app: App,
  scenario: Scenario,
  isCompare: boolean,
  kernels: readonly GenerationId[] | null,
): void {
  const { script } = currentSession(app.get(labSlice).history);
  const own = scenarioSession(scenario, telling(scenario)).script;
  const text = (lines: readonly ScriptLine[]) => lines.map(printBare).join('\n');
  if (text(script) === text(own))
    noteScenario(app, scenario, isCompare ? app.get(compareSlice).lanes : null, kernels);
}

function noteScenario(
  app: App,
  scenario: Scenario,
  lanes: readonly Lane[] | null,
  kernels: readonly GenerationId[] | null,
): void {
  const { id, title, at } = scenario;
  const shown: ShownScenario = {
    id,
    title,
    node: app.get(labSlice).history.current,
    at: { lab: at, compare: comparison(scenario).session.cursor.line },
    lanes,
    kernels,
  };
  app.set(scenarioSlice, { scenario: shown });
}

function atLine(session: Session, line: number | undefined): Session {
  if (line === undefined) return session;
  return { ...session, cursor: { line: Math.min(line, session.script.length), step: null } };
}

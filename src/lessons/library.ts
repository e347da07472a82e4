// Search over the scenarios: the results of each scenario in each generation, its errnos and kernel functions, and where
// generations differ. The model computes all of it on first use.

import type { GenerationId } from '../kernel/generations/generation.ts';
import { GENERATIONS } from '../kernel/generations/index.ts';
import type { Machine } from '../machine/machine.ts';
import { withScript } from '../session/deviceSpec.ts';
import { Divergence } from '../session/divergence.ts';
import { chooseGeneration } from '../session/edits.ts';
import { modelRuns } from '../session/laneRuns.ts';
import { kernelLane, type Lane, laneSession } from '../session/lanes.ts';
import { framesOf, machineAfter, type Replay, replayWhole, runAt } from '../session/replay.ts';
import { emptySession, type Session } from '../session/session.ts';
import type { Scenario } from './scenarios/scenario.ts';

/** The results of a scenario in one generation. */
export interface Outcome {
  readonly generation: GenerationId;
  /** The result of each SET_IRQS, for instance `0`, `EINVAL`, `+3`. */
  readonly returned: readonly string[];
  readonly errnos: ReadonlySet<string>;
  readonly functions: ReadonlySet<string>;
  /** Equal for two generations with the same results and the same state after every line. */
  readonly key: string;
}

const known = new WeakMap<Scenario, readonly Outcome[]>();

/** Returns the results of a scenario in every generation. */
export function outcomes(scenario: Scenario): readonly Outcome[] {
  const found = known.get(scenario) ?? GENERATIONS.map(({ id }) => outcomeOf(scenario, id));
  known.set(scenario, found);
  return found;
}

/** Returns the scenario as a session under a generation, with the cursor at the scenario's line. */
export function scenarioSession({ script, at }: Scenario, generation: GenerationId): Session {
  const session = chooseGeneration(withScript(emptySession('dynamic', 'nvme'), script), generation);
  return { ...session, cursor: { line: at, step: null } };
}

function outcomeOf(scenario: Scenario, generation: GenerationId): Outcome {
  const replayed = replayWhole(scenarioSession(scenario, generation));
  const returned: string[] = [];
  const errnos = new Set<string>();
  const functions = new Set<string>();
  const keys: string[] = [];
  replayed.script.forEach(({ line }, at) => {
    const run = runAt(replayed, at + 1);
    if (run === null) return;
    const { ret, errno } = run;
    if (errno !== null) errnos.add(errno);
    if (line.op.op === 'set_irqs') returned.push(errno ?? (ret > 0 ? `+${ret}` : String(ret)));
    for (const { fn } of framesOf(replayed, at + 1)) functions.add(fn);
    keys.push(`${errno ?? ret} ${leftBehind(machineAfter(replayed, at + 1))}`);
  });
  return { generation, returned, errnos, functions, key: keys.join('\n') };
}

/** Returns the state that is compared: irq and handler of each vector, and the eventfd counters. */
function leftBehind({ domain, eventfds, vdev }: Machine): string {
  const parts: string[] = [String(vdev.irq_type)];
  domain.descs.forEach(({ irq, handler }, vector) => {
    parts.push(`${vector}:${irq}:${handler ?? 'cached'}`);
  });
  eventfds.forEach(({ count }, ev) => {
    parts.push(`${ev}=${count}`);
  });
  return parts.join(' ');
}

/** Generations with equal results, and those results. */
export interface Returned {
  readonly generations: readonly GenerationId[];
  readonly text: string;
}

/** Returns the results of a scenario's SET_IRQS, grouped by generations with equal results. */
export function returnedBy(scenario: Scenario): readonly Returned[] {
  const groups = new Map<string, GenerationId[]>();
  for (const { generation, returned } of outcomes(scenario)) {
    const text = returned.join(' ');
    groups.set(text, [...(groups.get(text) ?? []), generation]);
  }
  return [...groups].map(([text, generations]) => ({ generations, text }));
}

/** Returns the generation that differs from most of the others, among those that the scenario compares. */
export function telling(scenario: Scenario): GenerationId {
  const compared = outcomes(scenario).filter(({ generation }) => scenario.compare.includes(generation));
  let best: Outcome | null = null;
  let most = -1;
  for (const one of compared) {
    const unlike = compared.filter(({ key }) => key !== one.key).length;
    if (unlike < most) continue;
    best = one;
    most = unlike;
  }
  return best?.generation ?? 'dynamic';
}

/** Returns the lanes of a scenario for Compare, and its session at the line where they differ. */
export function comparison(scenario: Scenario): {
  readonly lanes: readonly Lane[];
  readonly session: Session;
} {
  const session = scenarioSession(scenario, telling(scenario));
  const compared: readonly GenerationId[] =
    scenario.compare.length > 1 ? scenario.compare : ['static', 'v3', 'dynamic'];
  const lanes = compared.map((id) => kernelLane(id));
  const replays = lanes.map((lane): Replay => replayWhole(laneSession(lane, session) ?? session));
  const divergence = new Divergence(replays.map(modelRuns));
  divergence.advance(divergence.length);
  const at = divergence.at(scenario.at) !== 0 ? scenario.at : (divergence.first ?? scenario.at);
  return { lanes, session: { ...session, cursor: { line: at, step: null } } };
}

/** A search over the scenarios; an empty text or null matches every scenario. */
export interface Sought {
  readonly text: string;
  readonly client: string | null;
  readonly errno: string | null;
  readonly fn: string | null;
  /** Restricts errnos, functions and differences to this generation. */
  readonly generation: GenerationId | null;
  /** Restricts to scenarios where the generations differ, or where `generation` differs from another. */
  readonly differing: boolean;
}

/** The search that matches every scenario. */
export const ANYTHING: Sought = {
  text: '',
  client: null,
  errno: null,
  fn: null,
  generation: null,
  differing: false,
};

/** Returns the matching scenarios in their order; every word of the text has to occur. */
export function sought(all: readonly Scenario[], what: Sought): readonly Scenario[] {
  const words = what.text.toLowerCase().split(/\s+/).filter(Boolean);
  const heads = headsOf(all);
  return all.filter((scenario) => {
    const { id, title, client, look, source } = scenario;
    const told = `${id} ${title} ${client} ${look} ${source}`.toLowerCase();
    if (!words.every((word) => told.includes(word))) return false;
    if (what.client !== null && !clientsOf(scenario, heads).includes(what.client)) return false;
    const judged = outcomes(scenario);
    const own = judged.filter(({ generation }) => what.generation === null || generation === what.generation);
    const { errno, fn } = what;
    if ((errno !== null || fn !== null) && !own.some((one) => has(one, errno, fn))) return false;
    return !what.differing || own.some(({ key }) => judged.some((other) => other.key !== key));
  });
}

function has({ errnos, functions }: Outcome, errno: string | null, fn: string | null): boolean {
  return (errno === null || errnos.has(errno)) && (fn === null || functions.has(fn));
}

/** Returns a client's name without versions, for instance `QEMU` for `QEMU 8.2 and later`. */
function nameOf(part: string): string {
  return part.trim().replace(/ (up to .*|\d.*)$/, '');
}

/** Splits a scenario's client text; the first part is the client's name. */
function partsOf({ client }: Scenario): readonly string[] {
  return client.split(/[,;]/).map(nameOf);
}

/** Returns the clients of a scenario: each part that is the first part of some scenario. */
function clientsOf(scenario: Scenario, heads: ReadonlySet<string>): readonly string[] {
  return partsOf(scenario).filter((part) => heads.has(part));
}

function headsOf(all: readonly Scenario[]): ReadonlySet<string> {
  return new Set(all.flatMap((scenario) => partsOf(scenario).slice(0, 1)));
}

/** The values that the filters offer. */
export interface Facets {
  readonly clients: readonly string[];
  readonly errnos: readonly string[];
  readonly functions: readonly string[];
}

/** Returns the filter values of these scenarios in one generation or in any, sorted alphabetically. */
export function facetsOf(all: readonly Scenario[], generation: GenerationId | null): Facets {
  const own = all.flatMap(outcomes).filter((one) => generation === null || one.generation === generation);
  const sorted = (texts: Iterable<string>) => [...new Set(texts)].sort((a, b) => a.localeCompare(b, 'en'));
  return {
    clients: sorted(headsOf(all)),
    errnos: sorted(own.flatMap(({ errnos }) => [...errnos])),
    functions: sorted(own.flatMap(({ functions }) => [...functions])),
  };
}

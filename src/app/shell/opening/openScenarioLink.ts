// A scenario in the address: `#scenario=S15` opens it in the lab, `#compare=S15` in Compare, both also at another line
// (`&line=3`), Compare also with other kernels (`&kernels=v3,dynamic`).

import type { GenerationId } from '../../../kernel/generations/generation.ts';
import { parseGenerationId } from '../../../kernel/generations/policies.ts';
import { scenarios } from '../../../lessons/scenarios/index.ts';
import type { Scenario } from '../../../lessons/scenarios/scenario.ts';
import { LANES } from '../../../session/lanes.ts';
import { problemText } from '../../../text/problem.ts';
import type { App } from '../../store/app.ts';
import { labSlice, showProblem } from '../../store/lab.ts';
import { compareScenario, openScenario, returnToScenario } from '../../store/scenarios.ts';
import { openView, setOwnFragment } from '../../store/view.ts';

/** Matches the fragment of a scenario, with `#`. */
const FORM = /^#(scenario|compare)=([^&]*)((?:&[^&]*)*)$/s;

interface ScenarioLink {
  readonly scenario: Scenario;
  readonly isCompare: boolean;
  readonly kernels: readonly GenerationId[] | null;
  readonly line: number | undefined;
}

/** The message for a link that names no scenario, kernels or line. */
interface Fault {
  readonly title: string;
  readonly details: readonly string[];
}

type Read = { readonly ok: true; readonly value: ScenarioLink } | ({ readonly ok: false } & Fault);

/** Reads a fragment, with `#`. */
export function readScenarioLink(hash: string): Read {
  const [, kind = '', name = '', rest = ''] = FORM.exec(hash) ?? [];
  const scenario = scenarios().find(({ id }) => id.toLowerCase() === name.toLowerCase());
  if (scenario === undefined) {
    const all = scenarios().map(({ id }) => id);
    return bad(
      name === '' ? 'This link names no scenario.' : `irqscope has no scenario ${quoted(name)}.`,
      `The scenarios are ${all.join(', ')}.`,
    );
  }
  let kernels: readonly GenerationId[] | null = null;
  let line: number | undefined;
  for (const part of rest.split('&').slice(1)) {
    const [, word = '', text = ''] = /^(\w+)=(.*)$/s.exec(part) ?? [];
    if (word === 'line') {
      const most = scenario.script.lines.length;
      line = /^\d{1,6}$/.test(text) ? Number(text) : -1;
      if (line < 0 || line > most)
        return bad(`Scenario ${scenario.id} has no line ${quoted(text)}.`, `Its lines are 0 to ${most}.`);
    } else if (word === 'kernels' && kind === 'compare') {
      const read = decoded(text).split(',').map(parseGenerationId);
      const problems = read.flatMap((one) => (one.ok ? [] : one.problems.map(problemText)));
      if (problems.length > 0)
        return { ok: false, title: 'This link names an unknown kernel.', details: problems };
      kernels = read.flatMap((one) => (one.ok ? [one.value] : []));
      if (kernels.length < LANES.fewest || kernels.length > LANES.most)
        return bad(
          `This link names ${kernels.length} ${kernels.length === 1 ? 'kernel' : 'kernels'}.`,
          `Compare shows ${LANES.fewest} to ${LANES.most}.`,
        );
    } else {
      const accepted = kind === 'compare' ? 'line=… and kernels=…' : 'line=…';
      return bad(
        `This link of a scenario contains ${quoted(part)}.`,
        `Accepted after the scenario are ${accepted}.`,
      );
    }
  }
  return { ok: true, value: { scenario, isCompare: kind === 'compare', kernels, line } };
}

/** Opens the scenario of a fragment; `onRead` is called before the scenario changes the session. */
export function openScenarioLink(app: App, hash: string, onRead: () => void): void {
  const read = readScenarioLink(hash);
  if (!read.ok) {
    showProblem(app, {
      title: read.title,
      details: read.details,
      note: 'Your session is unchanged.',
      keepsAddress: true,
      actions: [
        {
          label: 'Show all scenarios',
          run: () => {
            app.set(labSlice, { problem: null });
            openView(app, 'learn');
            setOwnFragment(app, 'learn=scenarios');
          },
        },
      ],
    });
    return;
  }
  const { scenario, isCompare, kernels, line } = read.value;
  onRead();
  if (isCompare) compareScenario(app, scenario, kernels, line);
  else openScenario(app, scenario, line);
}

/** Keeps the address of the scenario whose session the lab or Compare shows already. */
export function returnToScenarioLink(app: App, hash: string): void {
  const read = readScenarioLink(hash);
  if (read.ok) returnToScenario(app, read.value.scenario, read.value.isCompare, read.value.kernels);
}

function bad(title: string, detail: string): Read {
  return { ok: false, title, details: [detail] };
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // a lone percent sign was typed by hand
    return text;
  }
}

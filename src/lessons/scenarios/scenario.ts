// A scenario: some ioctls that a real program sends, the place worth looking at, and what to see there. What the kernels
// answer is not written down here: the model says it, and a test holds it against the specification's table.

import { parseScript } from '../../formats/notation/parse.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import type { Script } from '../../session/script.ts';

/** A scenario of the library. */
export interface Scenario {
  /** For instance `S14`. */
  readonly id: string;
  readonly title: string;
  /** Who sends this, or who meets it. */
  readonly client: string;
  /** What to look at, in one or two sentences. */
  readonly look: string;
  /** Where it is known from: a file, a mail, a recording of a real kernel. */
  readonly source: string;
  /** Device, eventfds and ioctls. */
  readonly script: Script;
  /** The line of the script that is worth looking at, from 1. */
  readonly at: number;
  /** The generations worth comparing; one where all behave alike. */
  readonly compare: readonly GenerationId[];
  /** What the model does not have, where the scenario needs more than it. */
  readonly missing: string | null;
}

/** What is written down of one. In `script` the line to look at ends in `<`; eventfds are opened for every descriptor that the calls name. */
export interface Told {
  readonly id: string;
  readonly title: string;
  readonly client: string;
  readonly look: string;
  readonly source: string;
  readonly script: string;
  readonly compare?: readonly GenerationId[];
  readonly missing?: string;
}

/** The three policies whose difference is the subject: the fixed range, V3 as posted, the merged cache. */
const ALL_POLICIES: readonly GenerationId[] = ['static', 'v3', 'dynamic'];

/** In every scenario this descriptor is not open. */
const NOT_OPEN = 99;
const LOOK = /\s*<$/;

/** Reads what is written down; a text that is no script is our own mistake, and throws. */
export function scenario(told: Told): Scenario {
  const lines = told.script
    .trim()
    .split('\n')
    .map((line) => line.trim());
  const device = lines[0]?.startsWith('device ') === true ? lines.shift() : 'device nvme';
  const calls = lines.map((line) => line.replace(LOOK, ''));
  const looked = lines.findIndex((line) => LOOK.test(line));
  const opened = descriptors(calls).map((fd) => `eventfd ${fd}`);
  const { script, problems } = parseScript([device, ...opened, ...calls].join('\n'));
  if (problems.length > 0) throw new Error(`${told.id}: ${JSON.stringify(problems)}`);
  return {
    id: told.id,
    title: told.title,
    client: told.client,
    look: told.look,
    source: told.source,
    script,
    at: opened.length + (looked < 0 ? calls.length : looked + 1),
    compare: told.compare ?? ALL_POLICIES,
    missing: told.missing ?? null,
  };
}

/** The descriptors that the calls name and do not open themselves, in ascending order. */
function descriptors(calls: readonly string[]): readonly number[] {
  const named = new Set<number>();
  for (const call of calls) {
    const [, list = ''] = / eventfd \d+ \[([^\]]*)\]/.exec(call) ?? [];
    for (const word of list.split(/\s+/)) {
      const fd = Number(word);
      if (word !== '' && fd >= 0 && fd !== NOT_OPEN) named.add(fd);
    }
    const [, fields] = /^set_irqs raw .*\bi32=([\d,]+)/.exec(call) ?? [];
    for (const word of fields?.split(',') ?? []) named.add(Number(word));
  }
  return [...named].sort((a, b) => a - b);
}

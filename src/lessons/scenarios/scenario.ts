// A scenario: ioctls that a real program sends, the line to look at, and a comment on it. The model computes the results,
// and a test compares them with a table of expected results.

import { parseScript } from '../../formats/notation/parse.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import type { Script } from '../../session/script.ts';

/** A scenario of the library. */
export interface Scenario {
  /** For instance `S14`. */
  readonly id: string;
  readonly title: string;
  /** The program that sends these ioctls, or meets this result. */
  readonly client: string;
  /** One or two sentences on the line `at`. */
  readonly look: string;
  /** Source: a file, a mail, or a recording of a real kernel. */
  readonly source: string;
  /** Device, eventfds and ioctls. */
  readonly script: Script;
  /** The line of the script to look at, counted from 1. */
  readonly at: number;
  /** The generations to compare; one where all behave alike. */
  readonly compare: readonly GenerationId[];
  /** Part of the real situation that the model lacks; null where it has everything. */
  readonly missing: string | null;
}

/** A scenario as written in this folder. In `script` the line to look at ends in `<`; every descriptor that the calls name is opened as an eventfd. */
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

/** The three policies of the debate: the fixed range, V3 as posted, the merged cache. */
const ALL_POLICIES: readonly GenerationId[] = ['static', 'v3', 'dynamic'];

/** This descriptor is closed in every scenario. */
const NOT_OPEN = 99;
const LOOK = /\s*<$/;

/** Parses a written scenario. Throws on a malformed script, which is a mistake in this folder. */
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

/** Returns the descriptors that the calls name and do not open themselves, ascending. */
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

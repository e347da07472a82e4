// Prints and reads the history that the browser keeps. A node contains only the differences from its parent, so that a
// thousand edits of a long script stay short.

import * as v from 'valibot';
import { failed, ok, type Result } from '../../base/result.ts';
import type { History, HistoryNode } from '../../session/history.ts';
import type { ScriptLine } from '../../session/script.ts';
import type { Session, Setup } from '../../session/session.ts';
import { type Link, parseLink, printLink } from './link.ts';

const VERSION = 1;

const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const nodeSchema = v.strictObject({
  /** Parent. */
  p: v.nullable(natural),
  /** The child that redo goes to. */
  n: v.nullable(natural),
  /** Label. */
  l: v.string(),
  /** Name of the branch. */
  b: v.optional(v.string(), ''),
  /** The number of the parent's lines before and after the new lines. */
  k: v.tuple([natural, natural]),
  /** The new lines, setup and cursor, as a link; absent without new lines and with the parent's setup. */
  s: v.optional(v.string()),
  /** The cursor, for a node without a link. */
  at: v.optional(v.tuple([natural, v.nullable(natural)])),
});
const treeSchema = v.strictObject({
  version: v.literal(VERSION),
  current: natural,
  recording: v.nullable(v.string()),
  nodes: v.pipe(v.array(nodeSchema), v.minLength(1)),
});

type KeptNode = v.InferInput<typeof nodeSchema>;

/** The history and recording that the browser keeps. */
export interface KeptTree {
  readonly history: History;
  /** The built-in recording shown with the script, or null. */
  readonly recording: string | null;
}

/** The texts of unchanged nodes, which are not printed again. */
const printed = new WeakMap<HistoryNode, { readonly parent: HistoryNode | null; readonly text: string }>();

/** Returns the text to keep. */
export function printTree({ history, recording }: KeptTree): string {
  const nodes = history.nodes.map((node) => {
    const parent = node.parent === null ? null : (history.nodes[node.parent] ?? null);
    const known = printed.get(node);
    if (known?.parent?.session === parent?.session && known !== undefined) return known.text;
    const text = JSON.stringify(keptNode(node, parent?.session ?? null));
    printed.set(node, { parent, text });
    return text;
  });
  const head = JSON.stringify({ version: VERSION, current: history.current, recording });
  return `${head.slice(0, -1)},"nodes":[${nodes.join(',')}]}`;
}

function keptNode({ session, label, parent, next, name }: HistoryNode, above: Session | null): KeptNode {
  const before = above?.script ?? [];
  const head = commonHead(before, session.script);
  const tail = commonTail(before, session.script, head);
  const fresh = session.script.slice(head, session.script.length - tail);
  const { line, step } = session.cursor;
  const same = above !== null && above.setup === session.setup && above.generation === session.generation;
  return {
    p: parent,
    n: next,
    l: label,
    ...(name === '' ? {} : { b: name }),
    k: [head, tail],
    at: [line, step],
    ...(same && fresh.length === 0 ? {} : { s: freshText(session, above, fresh) }),
  };
}

const freshTexts = new WeakMap<
  readonly ScriptLine[],
  { readonly session: Session; readonly above: readonly ScriptLine[] | null; readonly text: string }
>();

/** Returns the new lines as a link, without the cursor, so that moving the cursor does not change it. */
function freshText(session: Session, above: Session | null, fresh: readonly ScriptLine[]): string {
  const known = freshTexts.get(session.script);
  const { setup, generation } = session;
  const holds = known?.session.setup === setup && known.session.generation === generation;
  if (known !== undefined && holds && known.above === (above?.script ?? null)) return known.text;
  const text = printLink(linkOf({ ...session, script: fresh }));
  freshTexts.set(session.script, { session, above: above?.script ?? null, text });
  return text;
}

function linkOf(session: Session): Link {
  return { session, recording: null, check: null };
}

function commonHead(a: readonly ScriptLine[], b: readonly ScriptLine[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function commonTail(a: readonly ScriptLine[], b: readonly ScriptLine[], head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length++;
  return length;
}

/** Reads the kept text. */
export function parseTree(text: string): Result<KeptTree> {
  const parsed = v.safeParse(treeSchema, jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const path = v.getDotPath(issue) ?? 'branches';
    return failed({ at: { path }, expected: issue.expected ?? issue.message, found: issue.received });
  }
  const { current, recording, nodes } = parsed.output;
  const made: HistoryNode[] = [];
  for (const [at, kept] of nodes.entries()) {
    const path = `nodes.${at}`;
    const above = kept.p === null ? null : made[kept.p];
    if (above === undefined || (kept.p === null) !== (at === 0)) {
      return failed({
        at: { path: `${path}.p` },
        expected: 'the number of an earlier node',
        found: String(kept.p),
      });
    }
    const isChild = kept.n === null || nodes[kept.n]?.p === at;
    if (!isChild)
      return failed({ at: { path: `${path}.n` }, expected: 'the number of a child', found: String(kept.n) });
    const session = sessionOf(kept, above?.session ?? null, path);
    if (!session.ok) return session;
    made.push({ session: session.value, label: kept.l, parent: kept.p, next: kept.n, name: kept.b });
  }
  if (made[current] === undefined) {
    return failed({ at: { path: 'current' }, expected: 'the number of a node', found: String(current) });
  }
  return ok({ history: { nodes: made, current }, recording });
}

function sessionOf(
  kept: v.InferOutput<typeof nodeSchema>,
  above: Session | null,
  path: string,
): Result<Session> {
  const read = kept.s === undefined ? null : parseLink(kept.s);
  const [problem, ...more] = read?.problems ?? [];
  if (problem !== undefined) return failed({ ...problem, at: { ...problem.at, path: `${path}.s` } }, ...more);
  const own = read?.link?.session ?? above;
  if (own === null) return failed({ at: { path: `${path}.s` }, expected: 'a session', found: 'no session' });
  const before = above?.script ?? [];
  const [head, tail] = kept.k;
  if (head + tail > before.length) {
    const found = `${head} and ${tail} of ${before.length} lines`;
    return failed({ at: { path: `${path}.k` }, expected: 'no more lines than the parent has', found });
  }
  const fresh = kept.s === undefined ? [] : own.script;
  const script =
    fresh.length === 0 && head === before.length
      ? before
      : [...before.slice(0, head), ...fresh, ...before.slice(before.length - tail)];
  const [line, step] = kept.at ?? [0, null];
  const cursor = { line: Math.min(line, script.length), step: line <= script.length ? step : null };
  return ok({ ...own, setup: sameSetup(own.setup, above?.setup ?? null), script, cursor });
}

/** Returns the parent's object for an equal setup, so that replays are shared. */
function sameSetup(setup: Setup, above: Setup | null): Setup {
  return above !== null && JSON.stringify(above) === JSON.stringify(setup) ? above : setup;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

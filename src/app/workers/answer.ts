// The search worker's reply to a message.

import { type GraphNode, stateGraph } from '../../explore/graph.ts';
import { cannotHappen } from '../../explore/needs.ts';
import { review } from '../../explore/review/review.ts';
import { reviewedById } from '../../explore/review/reviewed.ts';
import { explore, NO_SEARCH, Search } from '../../explore/search.ts';
import { printLine } from '../../formats/notation/printLine.ts';
import type { Line } from '../../kernel/line.ts';
import { FIRST_FD } from '../../machine/fdNumbers.ts';
import { mostVectors } from '../../session/search.ts';
import { scriptLine } from '../../session/session.ts';
import { problemText } from '../../text/problem.ts';
import { foldEdges, stayingOps } from '../../views/explore/fold.ts';
import { searchProblem } from '../../views/explore/problem.ts';
import type { SearchReply, SearchRequest, StateGraph } from './searchMessages.ts';
import { answerReply, Sharing, scriptText } from './sharing.ts';

/** Milliseconds between two progress reports. */
const PAUSE = 50;

/** Lets the worker handle pending events, above all its end: a busy worker ends only seconds later. */
type Breathe = () => Promise<void>;

/** Sends a reply to the page. */
type Say = (reply: SearchReply) => void;

type SearchPart = Extract<SearchRequest, { readonly kind: 'search' | 'join' }>;

async function search(
  request: SearchPart,
  sharing: Sharing,
  say: Say,
  breathe: Breathe,
): Promise<SearchReply> {
  const made = searchProblem(request.setup);
  if (!made.ok) return { kind: 'wrong', what: problemText(made.problems[0]) };
  const { problem, setUp } = made.value;
  const begin = performance.now();
  const missing = cannotHappen(problem.question.needs, problem);
  if (missing !== null) return answerReply({ ...NO_SEARCH, missing }, { setUp, begin });
  const running = { search: new Search(problem), setUp, begin };
  if (request.kind === 'join') {
    sharing.join(running, request.at, request.of, request.history);
    return sharing.expand();
  }
  sharing.wanted = 1;
  let last = begin;
  const steps = running.search.run();
  for (;;) {
    const step = steps.next();
    const now = performance.now();
    if (step.done === true) return answerReply(step.value, running);
    if (sharing.wanted > 1) {
      say(sharing.share(running));
      if (sharing.isShared) return sharing.expand();
    }
    if (now - last < PAUSE) continue;
    say({ kind: 'progress', ...step.value, milliseconds: now - begin });
    await breathe();
    last = performance.now();
  }
}

function graph({ setup, generation, most }: Extract<SearchRequest, { readonly kind: 'graph' }>): SearchReply {
  // the graph shows one kernel, and no question changes it
  const asked = { kind: 'named', id: 'count-states' } as const;
  const made = searchProblem({ ...setup, generation, against: null, asked });
  if (!made.ok) return { kind: 'wrong', what: problemText(made.problems[0]) };
  const { problem, setUp } = made.value;
  const steps = stateGraph(problem.sides[0], problem.alphabet, most);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const { nodes, edges, complete } = step.value;
  if (complete) {
    const walked = edges.map(({ from, to, line, ret, errno }) => ({
      from,
      to,
      text: printLine(scriptLine(line)),
      result: errno === null ? String(ret) : `-${errno}`,
      failed: errno !== null,
    }));
    const stays = stayingOps(walked);
    return {
      kind: 'graph',
      nodes: nodes.map((node) => ({
        ...graphNode(node, mostVectors(setup), setUp),
        stays: stays.get(node.id) ?? [],
      })),
      edges: foldEdges(walked),
    };
  }
  // the number of states shows by how much the search has to shrink
  const counting = explore({ ...problem, bounds: { maxDepth: null, maxStates: setup.maxStates } });
  let count = counting.next();
  while (count.done !== true) count = counting.next();
  return { kind: 'too-many', states: count.value.states, more: count.value.verdict === 'bounded' };
}

/** Returns the descriptor of an eventfd object: the lines of set-up open them in this order. */
function fdOf(ev: number | null): number | null {
  return ev === null ? null : FIRST_FD + ev;
}

function graphNode(
  { id, script, enabled, attached, cached, pending, intx, pinAsserted }: GraphNode,
  vectors: number,
  setUp: readonly Line[],
): Omit<StateGraph['nodes'][number], 'stays'> {
  return {
    id,
    depth: script.length,
    enabled,
    intx: intx === null ? null : { fd: fdOf(intx.ev), unmask: fdOf(intx.unmask), masked: intx.masked },
    pinAsserted,
    cells: Array.from({ length: vectors }, (_, vector) => {
      const ev = attached.find((one) => one.vector === vector)?.ev;
      return {
        state: ev !== undefined ? 'attached' : cached.includes(vector) ? 'cached' : 'empty',
        fd: fdOf(ev ?? null),
        pending: pending.includes(vector),
      };
    }),
    script: scriptText(setUp, script),
  };
}

async function reviewed(
  { a, b }: Extract<SearchRequest, { readonly kind: 'review' }>,
  say: Say,
  breathe: Breathe,
): Promise<SearchReply> {
  const [first, second] = [reviewedById(a), reviewedById(b)];
  if (first === undefined || second === undefined) return { kind: 'wrong', what: 'a kernel is unknown' };
  const steps = review(first, second);
  let last = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done === true) return { kind: 'review', review: step.value };
    if (performance.now() - last < PAUSE) continue;
    say({ kind: 'reviewing', ...step.value });
    await breathe();
    last = performance.now();
  }
}

async function answered(
  request: SearchRequest,
  sharing: Sharing,
  say: Say,
  breathe: Breathe,
): Promise<SearchReply | null> {
  switch (request.kind) {
    case 'search':
    case 'join':
      return search(request, sharing, say, breathe);
    case 'ready':
      return { kind: 'ready' };
    case 'share':
      // the running search sees it when it breathes
      sharing.wanted = request.workers;
      return null;
    case 'round':
      return sharing.round(request.batches);
    case 'graph':
      return graph(request);
    case 'review':
      return reviewed(request, say, breathe);
  }
}

/** Handles one message: reports progress, then the answer. `sharing` is the worker's, for all its messages. */
export async function answerRequest(
  request: SearchRequest,
  say: Say,
  breathe: Breathe,
  sharing = new Sharing(),
): Promise<void> {
  const reply = await answered(request, sharing, say, breathe);
  if (reply !== null) say(reply);
}

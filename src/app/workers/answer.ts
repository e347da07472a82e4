// What the worker of the search answers to a message. What arrives is checked like any text from outside.

import { problemText } from '../../base/result.ts';
import { FIRST_FD } from '../../explore/alphabet.ts';
import { type GraphNode, stateGraph } from '../../explore/graph.ts';
import { explore } from '../../explore/search.ts';
import { printScript } from '../../formats/notation/print.ts';
import { printLine } from '../../formats/notation/printLine.ts';
import {
  parseRequest,
  type SearchReply,
  type SearchRequest,
  type StateGraph,
} from '../../formats/search/messages.ts';
import type { Line } from '../../kernel/line.ts';
import { scriptLine } from '../../session/session.ts';
import { foldEdges } from '../../views/explore/fold.ts';
import { alphabetFor, searchProblem } from '../state/explore/problem.ts';

/** Between two reports, in milliseconds. */
const PAUSE = 50;

/** Lets what came to the worker meanwhile take place, its end above all: a worker in a loop is ended only seconds later. */
type Breathe = () => Promise<void>;

/** Tells the page something. */
type Say = (reply: SearchReply) => void;

/** The whole script in notation; the lines that open the eventfds come first. */
function scriptText(setUp: readonly Line[], script: readonly Line[]): string {
  return printScript({ device: null, lines: [...setUp, ...script].map(scriptLine) });
}

async function search(
  { setup }: Extract<SearchRequest, { readonly kind: 'search' }>,
  say: Say,
  breathe: Breathe,
): Promise<SearchReply> {
  const problem = searchProblem(setup);
  if (!problem.ok) return { kind: 'wrong', what: problemText(problem.problems[0]) };
  const begin = performance.now();
  let last = begin;
  const steps = explore(problem.value);
  for (;;) {
    const step = steps.next();
    const now = performance.now();
    if (step.done === true) {
      const { verdict, states, transitions, depth, frontier, bytes, found, script } = step.value;
      const figures = { states, transitions, depth, frontier, milliseconds: now - begin };
      const text = script === null ? null : scriptText(alphabetFor(setup).setUp, script);
      return { kind: 'answer', ...figures, verdict, bytes, found, script: text };
    }
    if (now - last < PAUSE) continue;
    const { states, transitions, depth, frontier } = step.value;
    say({ kind: 'progress', states, transitions, depth, frontier, milliseconds: now - begin });
    await breathe();
    last = performance.now();
  }
}

function graph({ setup, generation, most }: Extract<SearchRequest, { readonly kind: 'graph' }>): SearchReply {
  // the graph is of one kernel, whatever is asked
  const asked = { kind: 'named', id: 'count-states' } as const;
  const problem = searchProblem({ ...setup, generation, against: null, asked });
  if (!problem.ok) return { kind: 'wrong', what: problemText(problem.problems[0]) };
  const { sides, alphabet } = problem.value;
  const steps = stateGraph(sides[0], alphabet, most);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  const { nodes, edges, complete } = step.value;
  if (complete) {
    const { setUp } = alphabetFor(setup);
    return {
      kind: 'graph',
      nodes: nodes.map((node) => graphNode(node, setup.vectors, setUp)),
      edges: foldEdges(
        edges.map(({ from, to, line, ret, errno }) => ({
          from,
          to,
          text: printLine(scriptLine(line)),
          result: errno === null ? String(ret) : `-${errno}`,
          failed: errno !== null,
        })),
      ),
    };
  }
  // how many there are tells a person how far to bound it
  const counting = explore({ ...problem.value, bounds: { maxDepth: null, maxStates: setup.maxStates } });
  let count = counting.next();
  while (count.done !== true) count = counting.next();
  return { kind: 'too-many', states: count.value.states, more: count.value.verdict === 'bounded' };
}

function graphNode(
  { id, script, enabled, attached, cached, pending }: GraphNode,
  vectors: number,
  setUp: readonly Line[],
): StateGraph['nodes'][number] {
  return {
    id,
    depth: script.length,
    enabled,
    cells: Array.from({ length: vectors }, (_, vector) => {
      const ev = attached.find((one) => one.vector === vector)?.ev;
      return {
        state: ev !== undefined ? 'attached' : cached.includes(vector) ? 'cached' : 'empty',
        // the eventfd objects are those that the lines of set-up open, in order
        fd: ev === undefined ? null : FIRST_FD + ev,
        pending: pending.includes(vector),
      };
    }),
    script: scriptText(setUp, script),
  };
}

/** Answers one message; progress is told on the way, the answer last. */
export async function answerRequest(message: unknown, say: Say, breathe: Breathe): Promise<void> {
  const request = parseRequest(message);
  if (!request.ok) say({ kind: 'wrong', what: problemText(request.problems[0]) });
  else if (request.value.kind === 'search') say(await search(request.value, say, breathe));
  else say(graph(request.value));
}

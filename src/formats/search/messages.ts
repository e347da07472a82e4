// What the page and the worker of the search say to each other. Each side checks what arrives: a message comes from
// outside like any text.

import * as v from 'valibot';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import type { GenerationId } from '../../kernel/generations/generation.ts';
import { ALPHABET_PARTS, SEARCH_RANGES, type SearchSetup } from '../../session/search.ts';
import { LONGEST_QUESTION } from './fragment.ts';

const GENERATION_IDS = ['static', 'v2', 'v3', 'dynamic'] as const;

const within = ({ from, to }: { readonly from: number; readonly to: number }) =>
  v.pipe(v.number(), v.integer(), v.minValue(from), v.maxValue(to));
const natural = v.pipe(v.number(), v.integer(), v.minValue(0));
const amount = v.pipe(v.number(), v.minValue(0));
const list = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.readonly());
const text = v.pipe(v.string(), v.maxLength(1_000_000));

const setupSchema = v.strictObject({
  generation: v.picklist(GENERATION_IDS),
  against: v.nullable(v.picklist(GENERATION_IDS)),
  vectors: within(SEARCH_RANGES.vectors),
  dynamic: v.boolean(),
  irqs: v.nullable(within(SEARCH_RANGES.irqs)),
  cpuVectors: v.nullable(within(SEARCH_RANGES.cpuVectors)),
  eventfds: within(SEARCH_RANGES.eventfds),
  block: within(SEARCH_RANGES.block),
  parts: v.array(v.picklist(ALPHABET_PARTS)),
  asked: v.variant('kind', [
    v.strictObject({ kind: v.literal('named'), id: v.pipe(v.string(), v.maxLength(100)) }),
    v.strictObject({
      kind: v.literal('composed'),
      text: v.pipe(v.string(), v.maxLength(LONGEST_QUESTION)),
    }),
  ]),
  maxDepth: v.nullable(within(SEARCH_RANGES.maxDepth)),
  maxStates: within(SEARCH_RANGES.maxStates),
});

const requestSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('search'), setup: setupSchema }),
  v.strictObject({
    kind: v.literal('graph'),
    setup: setupSchema,
    generation: v.picklist(GENERATION_IDS),
    most: natural,
  }),
]);

/** What the page asks of the worker. */
export type SearchRequest =
  | { readonly kind: 'search'; readonly setup: SearchSetup }
  | {
      readonly kind: 'graph';
      readonly setup: SearchSetup;
      readonly generation: GenerationId;
      /** More states than this are not wanted. */
      readonly most: number;
    };

const figures = {
  states: natural,
  transitions: natural,
  depth: natural,
  frontier: natural,
  /** Since the search began. */
  milliseconds: amount,
};

const cell = v.strictObject({
  state: v.picklist(['empty', 'cached', 'attached']),
  /** The descriptor of the eventfd while attached. */
  fd: v.nullable(natural),
  pending: v.boolean(),
});

const replySchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('progress'), ...figures }),
  v.strictObject({
    kind: v.literal('answer'),
    ...figures,
    verdict: v.picklist(['found', 'exhausted', 'bounded']),
    /** Taken by states and tables. */
    bytes: natural,
    /** What happens in the last line of the script. */
    found: v.nullable(text),
    /** The script in notation, the lines that open the eventfds included. */
    script: v.nullable(text),
  }),
  v.strictObject({
    kind: v.literal('graph'),
    nodes: list(
      v.strictObject({
        id: natural,
        depth: natural,
        /** What MSI or MSI-X mode is enabled. */
        enabled: v.nullable(v.picklist(['msix', 'msi'])),
        /** One a vector. */
        cells: list(cell),
        /** A shortest script to the state, in notation. */
        script: text,
      }),
    ),
    edges: list(
      v.strictObject({
        from: natural,
        to: natural,
        /** Operations that lead from one to the other, in notation, each with its result. */
        ops: list(v.strictObject({ text, result: text, failed: v.boolean() })),
      }),
    ),
  }),
  /** `more`: the count itself was cut. */
  v.strictObject({ kind: v.literal('too-many'), states: natural, more: v.boolean() }),
  v.strictObject({ kind: v.literal('wrong'), what: text }),
]);

/** What the worker says to the page. */
export type SearchReply = Readonly<v.InferOutput<typeof replySchema>>;
/** How far a search is. */
export type SearchProgress = Extract<SearchReply, { readonly kind: 'progress' }>;
/** How a search ended. */
export type SearchAnswer = Extract<SearchReply, { readonly kind: 'answer' }>;
/** The states of a small space. */
export type StateGraph = Extract<SearchReply, { readonly kind: 'graph' }>;

/** Checks a message to the worker. */
export function parseRequest(message: unknown): Result<SearchRequest> {
  return checked(requestSchema, message);
}

/** Checks a message from the worker. */
export function parseReply(message: unknown): Result<SearchReply> {
  return checked(replySchema, message);
}

function checked<S extends v.GenericSchema>(schema: S, message: unknown): Result<v.InferOutput<S>> {
  const parsed = v.safeParse(schema, message);
  if (parsed.success) return ok(parsed.output);
  const [first, ...more] = parsed.issues.map(problemOf);
  return failed(first ?? { at: {}, expected: 'a message', found: 'another' }, ...more);
}

function problemOf(issue: v.BaseIssue<unknown>): Problem {
  return {
    at: { path: v.getDotPath(issue) ?? 'message' },
    expected: issue.expected ?? 'another value',
    found: issue.received,
  };
}

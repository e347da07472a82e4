// The view of a link: the open view and the lanes of Compare. An unreadable lane is reported and left out; the other lanes are
// kept.

import * as v from 'valibot';
import type { Problem } from '../../base/result.ts';
import { LANES, type Lane } from '../../session/lanes.ts';
import type { Session } from '../../session/session.ts';
import { problemText } from '../../text/problem.ts';
import { generationSchema, hostFactSchemas } from '../setupSchema.ts';

/** The view of a link. */
export interface LinkView {
  readonly id: 'lab' | 'compare';
  readonly lanes: readonly Lane[];
}

/** Prints and reads the session of a lane with a branch. */
export interface SessionForm {
  readonly print: (session: Session) => string;
  readonly parse: (text: string) => {
    readonly session: Session | null;
    readonly problems: readonly Problem[];
  };
}

const hostSchema = v.partial(v.strictObject(hostFactSchemas));
const laneSchema = v.union([
  v.strictObject({ g: generationSchema, host: v.optional(hostSchema, {}) }),
  v.strictObject({ branch: v.string(), s: v.string() }),
  v.strictObject({ rec: v.literal(1) }),
]);
const viewSchema = v.strictObject({ id: v.picklist(['lab', 'compare']), lanes: v.array(v.unknown()) });

/** The accepted forms of a lane. */
const EXPECTED = 'a kernel with host facts, a branch, or the recording';

/** Returns the view as JSON. */
export function printView({ id, lanes }: LinkView, form: SessionForm): unknown {
  return { id, lanes: lanes.map((lane) => printLane(lane, form)) };
}

function printLane(lane: Lane, form: SessionForm): v.InferInput<typeof laneSchema> {
  switch (lane.kind) {
    case 'kernel':
      return { g: lane.generation, ...(Object.keys(lane.host).length === 0 ? {} : { host: lane.host }) };
    case 'branch':
      return { branch: lane.name, s: form.print(lane.session) };
    case 'recording':
      return { rec: 1 };
  }
}

/** Reads the view. Returns null if the view is unreadable or too few lanes are readable. */
export function parseView(
  found: unknown,
  form: SessionForm,
): { readonly view: LinkView | null; readonly problems: readonly Problem[] } {
  const parsed = v.safeParse(viewSchema, found);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const { expected } = issue;
    return { view: null, problems: [{ at: { path: 'view' }, expected, found: issue.received }] };
  }
  const problems: Problem[] = [];
  const lanes = parsed.output.lanes.flatMap((raw, at): readonly Lane[] => {
    const lane = parseLane(raw, form);
    if (lane.ok) return [lane.value];
    problems.push({ at: { path: `lane ${at + 1}` }, expected: EXPECTED, found: lane.found });
    return [];
  });
  if (lanes.length < LANES.fewest || lanes.length > LANES.most) {
    const expected = `${LANES.fewest} to ${LANES.most} lanes`;
    return {
      view: null,
      problems: [...problems, { at: { path: 'lanes' }, expected, found: String(lanes.length) }],
    };
  }
  return { view: { id: parsed.output.id, lanes }, problems };
}

type ReadLane = { readonly ok: true; readonly value: Lane } | { readonly ok: false; readonly found: string };

function parseLane(raw: unknown, form: SessionForm): ReadLane {
  const parsed = v.safeParse(laneSchema, raw);
  if (!parsed.success) return { ok: false, found: (JSON.stringify(raw) ?? 'no lane').slice(0, 60) };
  const said = parsed.output;
  if ('rec' in said) return { ok: true, value: { kind: 'recording' } };
  if ('g' in said) {
    const { g, host } = said;
    return isGiven(host)
      ? { ok: true, value: { kind: 'kernel', generation: g, host } }
      : { ok: false, found: 'a host fact without a value' };
  }
  const { session, problems } = form.parse(said.s);
  const [problem] = problems;
  if (session === null || problem !== undefined)
    return { ok: false, found: problem === undefined ? 'a branch without a session' : problemText(problem) };
  return { ok: true, value: { kind: 'branch', name: said.branch, session } };
}

type KernelLane = Extract<Lane, { readonly kind: 'kernel' }>;

/** Returns whether every fact of a host has a value, as facts read from JSON have. */
function isGiven(host: v.InferOutput<typeof hostSchema>): host is KernelLane['host'] {
  return Object.values(host).every((value) => value !== undefined);
}

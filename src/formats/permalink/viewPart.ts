// What a link says of the view: which one is open, and the lanes of Compare. A lane that cannot be read is named and left
// out; the others stand.

import * as v from 'valibot';
import { type Problem, problemText } from '../../base/result.ts';
import { LANES, type Lane } from '../../session/lanes.ts';
import type { Session } from '../../session/session.ts';

/** The view of a link. */
export interface LinkView {
  readonly id: 'lab' | 'compare';
  readonly lanes: readonly Lane[];
}

/** Writes and reads the session of a lane that is a branch. */
export interface SessionForm {
  readonly print: (session: Session) => string;
  readonly parse: (text: string) => {
    readonly session: Session | null;
    readonly problems: readonly Problem[];
  };
}

const natural = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
const hostSchema = v.partial(
  v.strictObject({
    intx: v.picklist(['legacy', 'persistent']),
    errReq: v.picklist(['plain', 'rcu']),
    canAllocDyn: v.boolean(),
    irqRemapping: v.boolean(),
    firstIrq: natural,
    pinIrq: natural,
    pinIsLevel: v.boolean(),
    cpuVectors: natural,
    otherReservations: natural,
    irqPool: v.nullable(natural),
  }),
);
const laneSchema = v.union([
  v.strictObject({ g: v.picklist(['static', 'v2', 'v3', 'dynamic']), host: v.optional(hostSchema, {}) }),
  v.strictObject({ branch: v.string(), s: v.string() }),
  v.strictObject({ rec: v.literal(1) }),
]);
const viewSchema = v.strictObject({ id: v.picklist(['lab', 'compare']), lanes: v.array(v.unknown()) });

/** What a lane is expected to be. */
const EXPECTED = 'a generation with facts of its host, a branch, or the recording';

/** The view as JSON. */
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

/** Reads it. Null where not even the view could be read, or where too few lanes are left to compare. */
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
  if (!parsed.success) return { ok: false, found: (JSON.stringify(raw) ?? 'nothing').slice(0, 60) };
  const said = parsed.output;
  if ('rec' in said) return { ok: true, value: { kind: 'recording' } };
  if ('g' in said) return { ok: true, value: { kind: 'kernel', generation: said.g, host: given(said.host) } };
  const { session, problems } = form.parse(said.s);
  const [problem] = problems;
  if (session === null || problem !== undefined)
    return { ok: false, found: problem === undefined ? 'no session' : problemText(problem) };
  return { ok: true, value: { kind: 'branch', name: said.branch, session } };
}

type KernelLane = Extract<Lane, { readonly kind: 'kernel' }>;

/** Without the facts that are not said. */
function given(host: v.InferOutput<typeof hostSchema>): KernelLane['host'] {
  const {
    intx,
    errReq,
    canAllocDyn,
    irqRemapping,
    firstIrq,
    pinIrq,
    pinIsLevel,
    cpuVectors,
    otherReservations,
    irqPool,
  } = host;
  return {
    ...(intx === undefined ? {} : { intx }),
    ...(errReq === undefined ? {} : { errReq }),
    ...(canAllocDyn === undefined ? {} : { canAllocDyn }),
    ...(irqRemapping === undefined ? {} : { irqRemapping }),
    ...(firstIrq === undefined ? {} : { firstIrq }),
    ...(pinIrq === undefined ? {} : { pinIrq }),
    ...(pinIsLevel === undefined ? {} : { pinIsLevel }),
    ...(cpuVectors === undefined ? {} : { cpuVectors }),
    ...(otherReservations === undefined ? {} : { otherReservations }),
    ...(irqPool === undefined ? {} : { irqPool }),
  };
}

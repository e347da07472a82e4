// The differences after a line and their causes, as sentences. They are derived from the lanes' runs (returns, checks,
// happenings, kernel calls) and not written for particular scenarios.

import { CHECKS } from '../../kernel/checks.ts';
import type { Machine } from '../../machine/machine.ts';
import { BIT } from '../../session/differenceKinds.ts';
import { differ, restBits, vectorBits } from '../../session/differences.ts';
import { type Divergence, renewedVectors } from '../../session/divergence.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';
import { counterKey } from '../../session/stateDifferences.ts';
import { ranges } from '../../text/numbers.ts';
import { outText } from '../../text/out.ts';
import { reasonClause } from '../../text/reason.ts';
import { flagsText, IRQ_INFO_FLAGS } from '../../uapi/infoFlags.ts';
import { INDEX_NAMES } from '../../uapi/vfio.ts';
import { written } from './causes.ts';
import { type Clause, type Statement, type Subject, sentenceOf, sourcesOf } from './statement.ts';
import { irqClause, renewedClause, stateClause } from './vectors.ts';

/** Sentences about vectors before the rest is counted. */
const MOST = 3;

/** Returns every difference of a line, most important first. `labels` are the lanes' names. */
export function explain(
  divergence: Divergence,
  line: number,
  labels: readonly string[],
): readonly Statement[] {
  if (line < 1 || line > divergence.length) return [];
  const { lanes, terms } = divergence;
  const bits = divergence.at(line);
  if (bits === 0) return divergence.traceAt(line) ? [traceStatement(divergence, line, labels)] : [];
  const machines = lanes.map((lane) => lane.machineAfter(line));
  const statements: Statement[] = [];
  const say = (kind: Statement['kind'], about: Subject, clauses: readonly Clause[]) =>
    statements.push({ kind, about, pieces: sentenceOf(clauses, labels), sources: sourcesOf(clauses) });
  if ((bits & BIT.return) !== 0) {
    const info = infoStatement(lanes, line, labels);
    if (info !== null) statements.push(info);
    else
      say(
        'return',
        'result',
        lanes.map((lane) => returnClause(lane, line)),
      );
  }
  if ((restBits(machines, terms) & (BIT.allocated | BIT.attached)) !== 0)
    say('allocated', 'device', machines.map(modeClause));
  statements.push(...vectorStatements(divergence, line, machines, labels));
  const fds = differingCounters(machines);
  for (const fd of fds.slice(0, MOST))
    say(
      'signal',
      'counter',
      lanes.map((lane, at) => counterClause(lane, machines[at], fd, line)),
    );
  if ((restBits(machines, terms) & BIT.entry) !== 0) say('entry', 'device', machines.map(registerClause));
  return statements;
}

/** Returns the result of a line in a lane, and the check that decided it. */
function returnClause(lane: LaneRuns, line: number): Clause {
  const run = lane.runAt(line);
  if (run === null) return { verb: ['skips', 'skip'], rest: 'the line', sources: [] };
  const check = run.check === null ? null : CHECKS[run.check];
  if (run.errno !== null) {
    const why = run.check === null || check === null ? '' : `: ${reasonClause(run.check)} (${check.fn})`;
    const own = check === null ? [] : written(lane.generation, check.fn);
    const sources =
      check === null || own.length > 0
        ? own
        : [`${check.fn}: ${check.file}; docs/driver.md §${check.section}`];
    return { verb: ['fails', 'fail'], rest: `with ${run.errno}${why}`, sources };
  }
  const op = lane.script[line - 1]?.line.op;
  const values = op === undefined ? '' : outText(op, run.out);
  if (values !== '') {
    const verb: Clause['verb'] = run.out?.value === undefined ? ['returns', 'return'] : ['reads', 'read'];
    return { verb, rest: values, sources: [] };
  }
  return { verb: ['returns', 'return'], rest: String(run.ret), sources: [] };
}

const DOES_NOT: Clause = { verb: ['does', 'do'], rest: 'not', sources: [] };

/**
 * Names the flags of GET_IRQ_INFO that only some lanes have: `GET_IRQ_INFO of MSI-X: A has NORESIZE, B does not.` Returns
 * null for other operations, for a lane that fails, and for counts that differ.
 */
function infoStatement(
  lanes: readonly LaneRuns[],
  line: number,
  labels: readonly string[],
): Statement | null {
  const runs = lanes.map((lane) => lane.runAt(line));
  const ops = lanes.map((lane) => lane.script[line - 1]?.line.op);
  const [op] = ops;
  const flags = runs.map((run) => run?.out?.flags ?? 0);
  if (op?.op !== 'irq_info' || ops.some((other) => other?.op !== 'irq_info' || other.index !== op.index))
    return null;
  if (runs.some((run) => run?.out?.flags === undefined) || differ(runs.map((run) => run?.out?.count)))
    return null;
  const everywhere = flags.reduce((all, own) => all & own, -1);
  const clauses = flags.map((own): Clause => {
    const extra = own & ~everywhere;
    if (extra === 0) return DOES_NOT;
    const names = flagsText(extra, IRQ_INFO_FLAGS).replaceAll('|', ' and ');
    return { verb: ['has', 'have'], rest: names, sources: [] };
  });
  const has = clauses.filter((clause) => clause !== DOES_NOT);
  // "does not" refers to the clause before it, so all other lanes need the same flags
  if (differ(has.map(({ rest }) => rest))) return null;
  const about = INDEX_NAMES[op.index] ?? `index ${op.index}`;
  const pieces = sentenceOf(clauses, labels, { last: (clause) => clause === DOES_NOT, between: ', ' });
  return {
    kind: 'return',
    about: 'result',
    pieces: [{ text: `GET_IRQ_INFO of ${about}: ` }, ...pieces],
    sources: [],
  };
}

function modeClause({ vdev, pci }: Machine): Clause {
  const mode = INDEX_NAMES[vdev.irq_type];
  const set = [
    ...(mode === undefined ? ['no interrupt mode'] : [`${mode} enabled`]),
    ...(vdev.err_trigger === null ? [] : ['an ERR eventfd']),
    ...(vdev.req_trigger === null ? [] : ['a REQ eventfd']),
    ...(pci.msixEnabled === (mode === 'MSI-X')
      ? []
      : [`MSI-X Enable${pci.msixEnabled ? '+' : '−'} in the capability`]),
  ];
  return { verb: ['has', 'have'], rest: set.join(' and '), sources: [] };
}

function registerClause({ pci, vdev }: Machine): Clause {
  const words = [
    `command ${pci.command.toString(16).padStart(4, '0')}`,
    ...(pci.pinAsserted ? ['the pin asserted'] : []),
    ...(pci.d3hot ? ['power state D3hot'] : []),
    ...(vdev.intx?.masked === true ? ['INTx masked'] : []),
    ...(pci.msi.pending === 0 ? [] : ['an MSI vector pending']),
    ...(pci.msi.mask === 0 ? [] : [`MSI mask ${pci.msi.mask.toString(16)}`]),
    ...(pci.msi.vectors > 1 ? [`MSI Count=${pci.msi.vectors}`] : []),
  ];
  return { verb: ['has', 'have'], rest: words.join(', '), sources: [] };
}

/** Returns the descriptors whose counters differ between lanes. */
function differingCounters(machines: readonly Machine[]): readonly number[] {
  const fds = new Set(machines.flatMap((machine) => machine.fds.keys()));
  return [...fds]
    .sort((a, b) => a - b)
    .filter((fd) => differ(machines.map((machine) => counterKey(machine, fd))));
}

function counterClause(lane: LaneRuns, machine: Machine | undefined, fd: number, line: number): Clause {
  const count = machine === undefined ? null : counterKey(machine, fd);
  const rest = count === null ? `no eventfd at fd ${fd}` : `fd ${fd} at ${count}`;
  const lost = lane.runAt(line)?.happenings.find((one) => one.kind === 'lost' || one.kind === 'pended');
  const why =
    lost?.kind === 'lost'
      ? `: the interrupt of vector ${lost.vector} is lost`
      : lost?.kind === 'pended'
        ? `: the interrupt of vector ${lost.vector} stays pending`
        : '';
  return { verb: ['has', 'have'], rest: `${rest}${why}`, sources: [] };
}

/** Returns the differing vectors with their kinds as bits. */
function differingVectors(divergence: Divergence, line: number): ReadonlyMap<number, number> {
  const { lanes, terms } = divergence;
  const machines = lanes.map((lane) => lane.machineAfter(line));
  const vectors = new Set(
    machines.flatMap(({ domain, pci }) => [...domain.descs.keys(), ...pci.entries.keys()]),
  );
  const found = new Map<number, number>();
  for (const vector of [...vectors].sort((a, b) => a - b)) {
    const bits = vectorBits(lanes, machines, vector, terms);
    if (bits !== 0) found.set(vector, bits);
  }
  for (const vector of renewedVectors(lanes, line, machines)) {
    found.set(vector, (found.get(vector) ?? 0) | BIT.identity);
  }
  return found;
}

/** Returns the sentences about vectors; vectors with equal sentences share one. */
function vectorStatements(
  divergence: Divergence,
  line: number,
  machines: readonly Machine[],
  labels: readonly string[],
): readonly Statement[] {
  const { lanes } = divergence;
  const groups = new Map<
    string,
    { kind: Statement['kind']; vectors: number[]; clauses: readonly Clause[] }
  >();
  const differing = differingVectors(divergence, line);
  for (const [vector, bits] of differing) {
    const kind =
      (bits & BIT.allocated) !== 0
        ? 'allocated'
        : (bits & BIT.attached) !== 0
          ? 'attached'
          : (bits & BIT.identity) !== 0
            ? 'identity'
            : 'entry';
    const clauses = lanes.map((lane, at): Clause => {
      const machine = machines[at];
      if (machine === undefined) return { verb: ['has', 'have'], rest: 'no state', sources: [] };
      if (kind === 'identity') {
        const others = machines.flatMap((one) => one.domain.descs.get(vector)?.irq ?? []);
        return differ(others)
          ? irqClause(lane, machine, vector, line, others)
          : renewedClause(lane, machine, vector, line);
      }
      return stateClause(divergence, at, machine, vector, line, kind);
    });
    // numbers of irqs and descriptors vary between vectors of one sentence
    const key = `${kind} ${clauses.map(({ verb, rest, many }) => `${verb[0]} ${many ?? rest}`).join('|')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { kind, vectors: [vector], clauses });
    else group.vectors.push(vector);
  }
  const all = [...groups.values()];
  const shown = all.slice(0, MOST).map(({ kind, vectors, clauses }): Statement => {
    const many = vectors.length > 1;
    const head = many ? `Vectors ${ranges(vectors)}: ` : `Vector ${vectors[0]}: `;
    const told = many ? clauses.map((clause) => ({ ...clause, rest: clause.many ?? clause.rest })) : clauses;
    const pieces = [{ text: head }, ...sentenceOf(told, labels)];
    return { kind, about: vectors, pieces, sources: sourcesOf(clauses) };
  });
  const left = all.slice(MOST).reduce((sum, { vectors }) => sum + vectors.length, 0);
  if (left === 0) return shown;
  return [
    ...shown,
    {
      kind: 'entry',
      about: 'more',
      pieces: [{ text: `${left} more vector${left === 1 ? ' differs' : 's differ'}.` }],
      sources: [],
    },
  ];
}

/** Returns the sentence for a line that differs only in kernel calls: functions that one lane calls and another does not. */
function traceStatement({ lanes }: Divergence, line: number, labels: readonly string[]): Statement {
  const names = lanes.map((lane) => lane.framesOf(line).map(({ fn }) => fn));
  const clauses = names.map((own): Clause => {
    const alone = [...new Set(own)].filter((fn) => names.some((others) => !others.includes(fn)));
    return alone.length === 0
      ? { verb: ['makes', 'make'], rest: `${own.length} kernel calls`, sources: [] }
      : { verb: ['calls', 'call'], rest: alone.slice(0, 3).join(', '), sources: [] };
  });
  return {
    kind: 'trace',
    about: 'calls',
    pieces: [
      { text: 'Result and state are equal; only the kernel calls differ: ' },
      ...sentenceOf(clauses, labels),
    ],
    sources: sourcesOf(clauses),
  };
}

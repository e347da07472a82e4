// What differs after a line and why, in sentences. They are made from what the lanes did (returns, checks, happenings,
// kernel calls) and know of no scenario.

import { CHECKS } from '../../kernel/checks.ts';
import type { Machine } from '../../machine/machine.ts';
import { BIT, counterKey, differ, restBits, vectorBits } from '../../session/differences.ts';
import { type Divergence, renewedVectors } from '../../session/divergence.ts';
import type { LaneRuns } from '../../session/laneRuns.ts';
import { INDEX_NAMES } from '../../uapi/vfio.ts';
import { ranges } from '../words/numbers.ts';
import { lineName, lowerFirst, written } from './causes.ts';
import { type Clause, type Statement, sentenceOf, sourcesOf } from './statement.ts';
import { irqClause, renewedClause, stateClause } from './vectors.ts';

/** So many sentences about vectors, then their number. */
const MOST = 3;

/** Every difference of a line, weightiest first. `labels` are the lanes' names. */
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
  const say = (kind: Statement['kind'], clauses: readonly Clause[], before = '') => {
    const pieces = sentenceOf(clauses, labels);
    statements.push({
      kind,
      pieces: before === '' ? pieces : [{ text: before }, ...pieces],
      sources: sourcesOf(clauses),
    });
  };
  if ((bits & BIT.return) !== 0)
    say(
      'return',
      lanes.map((lane) => returnClause(lane, line)),
    );
  if ((restBits(machines, terms) & (BIT.allocated | BIT.attached)) !== 0)
    say('allocated', machines.map(modeClause));
  statements.push(...vectorStatements(divergence, line, machines, labels));
  const fds = differingCounters(machines);
  for (const fd of fds.slice(0, MOST))
    say(
      'signal',
      lanes.map((lane, at) => counterClause(lane, machines[at], fd, line)),
    );
  if ((restBits(machines, terms) & BIT.entry) !== 0) say('entry', machines.map(registerClause));
  return statements;
}

/** What a line answered in a lane, and the check that decided it. */
function returnClause(lane: LaneRuns, line: number): Clause {
  const run = lane.runAt(line);
  if (run === null) return { verb: ['leaves', 'leave'], rest: 'the line out', sources: [] };
  const check = run.check === null ? null : CHECKS[run.check];
  if (run.errno !== null) {
    const why = check === null ? '' : `: ${lowerFirst(check.why).replace(/\.$/, '')} (${check.fn})`;
    const own = check === null ? [] : written(lane.generation, check.fn);
    const sources =
      check === null || own.length > 0
        ? own
        : [`${check.fn}: ${check.file}; specification §${check.section}`];
    return { verb: ['refuses', 'refuse'], rest: `with −${run.errno}${why}`, sources };
  }
  const value = run.out?.value;
  if (value !== undefined) return { verb: ['reads', 'read'], rest: String(value), sources: [] };
  if (run.out?.flags !== undefined) {
    return {
      verb: ['tells', 'tell'],
      rest: `flags 0x${run.out.flags.toString(16)}, count ${run.out.count ?? 0}`,
      sources: [],
    };
  }
  return { verb: ['returns', 'return'], rest: String(run.ret), sources: [] };
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
    ...(vdev.intx?.masked === true ? ['INTx masked'] : []),
    ...(pci.msi.pending === 0 ? [] : ['an MSI vector pending']),
    ...(pci.msi.mask === 0 ? [] : [`MSI mask ${pci.msi.mask.toString(16)}`]),
    ...(pci.msi.vectors > 1 ? [`MSI Count=${pci.msi.vectors}`] : []),
  ];
  return { verb: ['has', 'have'], rest: words.join(', '), sources: [] };
}

/** The descriptors whose counters are not the same in every lane. */
export function differingCounters(machines: readonly Machine[]): readonly number[] {
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

/** The vectors that differ, by the bits in which they do. */
export function differingVectors(divergence: Divergence, line: number): ReadonlyMap<number, number> {
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

/** Vectors of which the same can be said are said together. */
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
      if (machine === undefined) return { verb: ['has', 'have'], rest: 'nothing', sources: [] };
      if (kind === 'identity') {
        const others = machines.flatMap((one) => one.domain.descs.get(vector)?.irq ?? []);
        return differ(others)
          ? irqClause(lane, machine, vector, line, others)
          : renewedClause(lane, machine, vector, line);
      }
      return stateClause(divergence, at, machine, vector, line, kind);
    });
    // numbers of irqs and descriptors differ from vector to vector, and what is said does not
    const key = `${kind} ${clauses.map(({ verb, rest }) => `${verb[0]} ${rest.replace(/(irq|fd) \d+/g, '$1')}`).join('|')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { kind, vectors: [vector], clauses });
    else group.vectors.push(vector);
  }
  const all = [...groups.values()];
  const shown = all.slice(0, MOST).map(({ kind, vectors, clauses }): Statement => {
    const many = vectors.length > 1;
    const head = many ? `Vectors ${ranges(vectors)}: ` : `Vector ${vectors[0]}: `;
    const told = many ? clauses.map((clause) => ({ ...clause, rest: plural(clause.rest) })) : clauses;
    return { kind, pieces: [{ text: head }, ...sentenceOf(told, labels)], sources: sourcesOf(clauses) };
  });
  const left = all.slice(MOST).reduce((sum, { vectors }) => sum + vectors.length, 0);
  if (left === 0) return shown;
  return [
    ...shown,
    {
      kind: 'entry',
      pieces: [{ text: `${left} more vector${left === 1 ? ' differs' : 's differ'}.` }],
      sources: [],
    },
  ];
}

/** Without the numbers that hold for one vector only. */
function plural(text: string): string {
  return text
    .replace(/^irq \d+/, 'their irqs')
    .replace(/\birq \d+/g, 'the irqs')
    .replace(/\b(to|with) fd \d+/g, '$1 an eventfd each');
}

/** Only the way differs: the first function that one lane calls and another does not. */
function traceStatement({ lanes }: Divergence, line: number, labels: readonly string[]): Statement {
  const names = lanes.map((lane) => lane.framesOf(line).map(({ fn }) => fn));
  const clauses = names.map((own): Clause => {
    const alone = [...new Set(own)].filter((fn) => names.some((others) => !others.includes(fn)));
    const calls =
      alone.length === 0
        ? `makes ${own.length} kernel calls`
        : `goes through ${alone.slice(0, 3).join(', ')}`;
    const [verb = '', ...rest] = calls.split(' ');
    return { verb: [verb, verb.replace(/s$/, '').replace(/oe$/, 'o')], rest: rest.join(' '), sources: [] };
  });
  return {
    kind: 'trace',
    pieces: [
      { text: `Nothing that ${lineName(line, line)} returns or leaves behind differs, only the way there: ` },
      ...sentenceOf(clauses, labels),
    ],
    sources: sourcesOf(clauses),
  };
}

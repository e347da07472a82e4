// Scenarios as text: the operations of a client in notation, and the outcome in each generation.
//
// In every scenario descriptors 10 to 49 are open eventfds and 99 is closed. Without a `device` line the device is an NVMe
// with 8 MSI-X vectors and dynamic allocation. The outcome has one text for each SET_IRQS, irq_info and raise: the return
// value (`0`, an errno, or `+3`) with the irqs that pci_msix_free_irq freed, or the fate of the raised interrupt. The last
// SET_IRQS, and every line with the comment `# look`, adds the state:
//
//   EBADF, freeing original 1: MSI-X irqs {0 2} attached {2:12} counts {12:1} pending {1}
//
// `irqs` lists the allocated vectors, `attached` the vectors with the descriptor under which their eventfd was opened. With
// `numbers` in the comment, irqs have the form 1=101, where 100 is the first number of the machine.

import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/base/result.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import type { Run } from '../../src/kernel/frame.ts';
import type { Generation, GenerationId } from '../../src/kernel/generations/generation.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { run } from '../../src/kernel/run.ts';
import type { Machine } from '../../src/machine/machine.ts';
import type { Script } from '../../src/session/script.ts';
import { scriptMachine } from '../../src/session/scriptMachine.ts';
import { problemText } from '../../src/text/problem.ts';
import {
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
} from '../../src/uapi/vfio.ts';

const OPEN = { from: 10, to: 49 };
/** The number that scenarios use for the machine's first irq. */
const FIRST_IRQ = 100;

/** One line of a script and its run. */
interface Step {
  readonly op: Script['lines'][number]['line']['op']['op'];
  readonly note: string;
  readonly run: Run;
}

function good<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map(problemText).join('\n'));
}

/** Runs a script; throws on text that is not a script. */
function steps(text: string, generation: Generation): readonly Step[] {
  const { script, problems } = parseScript(text);
  if (problems.length > 0) throw new Error(problems.map(problemText).join('\n'));
  let { machine } = good(scriptMachine(script.device, generation));
  for (let fd = OPEN.from; fd <= OPEN.to; fd++) {
    machine = run(generation, machine, {
      op: { op: 'eventfd', fd, initval: 0n, semaphore: false },
      faults: [],
    }).after;
  }
  return script.lines.map(({ line, note }) => {
    const ran = run(generation, machine, line, { frames: true });
    machine = ran.after;
    return { op: line.op.op, note, run: ran };
  });
}

/** Returns the run of every line of a script in a generation. */
export function runs(text: string, id: GenerationId): readonly Run[] {
  return steps(text, generationOf(id)).map((step) => step.run);
}

/** Returns the outcome of a script in a generation, in the form described at the top of this file. */
export function play(text: string, id: GenerationId): readonly string[] {
  const all = steps(text, generationOf(id));
  const lastCall = all.findLastIndex(({ op }) => op === 'set_irqs');
  // eventfd object → the descriptor under which it was opened, also after it is closed
  const opened = new Map<number, number>();
  all[0]?.run.before.fds.forEach((file, fd) => {
    if (file.kind === 'eventfd') opened.set(file.ev, fd);
  });
  return all.flatMap((step, at) => {
    const said = sayLine(step, opened);
    if (said === null) return [];
    const look = at === lastCall || /\blook\b/.test(step.note);
    const numbers = /\bnumbers\b/.test(step.note);
    return [look ? `${said}: ${sayState(step.run.after, opened, numbers)}` : said];
  });
}

function generationOf(id: GenerationId): Generation {
  const found = GENERATIONS.find((generation) => generation.id === id);
  if (found === undefined) throw new Error(`no generation ${id}`);
  return found;
}

/** Returns the outcome of a line, or null for an operation without one. */
function sayLine({ op, run: { ret, errno, out, happenings, after } }: Step, opened: Map<number, number>) {
  const answer = errno ?? (ret > 0 ? `+${ret}` : '0');
  switch (op) {
    case 'set_irqs': {
      // disabling always frees every irq, so the outcome leaves them out
      const off = modeOf(after) === null;
      const freed = happenings.flatMap((h) =>
        h.kind === 'freed' && h.by === 'pci_msix_free_irq' ? [h] : [],
      );
      const frees = freed.map(({ vector, original }) => `${original ? 'original ' : ''}${vector}`);
      return off || frees.length === 0 ? answer : `${answer}, freeing ${frees.join(' and ')}`;
    }
    case 'irq_info':
      return errno ?? `flags 0x${(out?.flags ?? 0).toString(16)}`;
    case 'raise':
      return errno ?? (happenings.flatMap((h) => sayRaise(h, opened)).join(', ') || 'nothing');
    default:
      return null;
  }
}

function sayRaise(h: Run['happenings'][number], opened: Map<number, number>): readonly string[] {
  switch (h.kind) {
    case 'signal':
      return [`signals ${opened.get(h.ev) ?? '?'}`];
    case 'pended':
      return ['stays pending'];
    case 'coalesced':
      return ['is pending already'];
    case 'lost':
      return [`lost: ${h.cause}`];
    default:
      return [];
  }
}

function modeOf(machine: Machine): string | null {
  switch (machine.vdev.irq_type) {
    case VFIO_PCI_INTX_IRQ_INDEX:
      return 'INTx';
    case VFIO_PCI_MSI_IRQ_INDEX:
      return 'MSI';
    case VFIO_PCI_MSIX_IRQ_INDEX:
      return 'MSI-X';
    default:
      return null;
  }
}

function sayState(machine: Machine, opened: Map<number, number>, numbers: boolean): string {
  const irqs: string[] = [];
  const attached: string[] = [];
  const { firstIrq } = machine.host;
  machine.domain.descs.forEach((desc, vector) => {
    irqs.push(numbers ? `${vector}=${desc.irq - firstIrq + FIRST_IRQ}` : String(vector));
    if (desc.handler !== null) attached.push(`${vector}:${opened.get(desc.handler) ?? '?'}`);
  });
  const counts: string[] = [];
  machine.eventfds.forEach(({ count }, ev) => {
    if (count > 0n) counts.push(`${opened.get(ev) ?? '?'}:${count}`);
  });
  const pending: string[] = [];
  machine.pci.entries.forEach((entry, vector) => {
    if (entry.pending) pending.push(String(vector));
  });
  const { vdev } = machine;
  const mode = modeOf(machine);
  const fdOf = (ev: number | null = null) => (ev === null ? [] : [String(opened.get(ev) ?? '?')]);
  const some = (name: string, items: readonly string[]) =>
    items.length > 0 ? [`${name} {${items.join(' ')}}`] : [];
  return [
    mode ?? 'off',
    // an irq without a mode would be a leak, so the outcome shows it
    ...(mode === null || mode === 'INTx' ? some('irqs', irqs) : [`irqs {${irqs.join(' ')}}`]),
    ...some('attached', attached),
    ...some('trigger', fdOf(vdev.intx?.trigger)),
    ...some('unmask', fdOf(vdev.intx?.unmask)),
    ...some('err', fdOf(vdev.err_trigger)),
    ...some('req', fdOf(vdev.req_trigger)),
    ...some('counts', counts),
    ...some('pending', pending),
    ...(machine.pci.pinAsserted ? ['pin asserted'] : []),
  ].join(' ');
}

/**
 * Outcomes by generation; a key may name several, `'v3 dynamic'`, or be `all`. A proposal (`track`, `hold`) without an outcome
 * of its own has that of `dynamic`.
 */
export type Outcomes = Readonly<Record<string, readonly string[]>>;

/** Returns the outcome for each generation; throws unless every generation has exactly one. */
export function byGeneration(outcomes: Outcomes): ReadonlyMap<GenerationId, readonly string[]> {
  const ids = GENERATIONS.map(({ id }) => id);
  const found = new Map<GenerationId, readonly string[]>();
  for (const [names, outcome] of Object.entries(outcomes)) {
    for (const name of names === 'all' ? ids : names.split(' ')) {
      const id = ids.find((known) => known === name);
      if (id === undefined || found.has(id))
        throw new Error(`"${name}" is not a generation or is named twice`);
      found.set(id, outcome);
    }
  }
  const merged = found.get('dynamic');
  for (const id of ['track', 'hold'] as const)
    if (merged !== undefined && !found.has(id)) found.set(id, merged);
  if (found.size !== ids.length) throw new Error('a generation has no outcome');
  return found;
}

/** Tests the outcome of a script in every generation. */
export function scenario(title: string, script: string, outcomes: Outcomes): void {
  describe(title, () => {
    for (const [id, outcome] of byGeneration(outcomes)) {
      test(id, () => {
        expect(play(script, id)).toEqual(outcome);
      });
    }
  });
}

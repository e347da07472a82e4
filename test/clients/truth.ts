// The operations of a real program (fixtures/), and a client's operations in the same form: descriptors become the eventfds
// behind them, counted in the order of their creation, so that programs with other numbers compare equal.

import { readFileSync } from 'node:fs';
import type { Action } from '../../src/clients/client.ts';
import { clientById } from '../../src/clients/index.ts';
import { type ClientAt, Playing } from '../../src/clients/play.ts';
import { parseScript } from '../../src/formats/notation/parse.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import type { Op } from '../../src/kernel/line.ts';
import { PRESETS } from '../../src/kernel/presets.ts';
import { setupOf, startingMachine } from '../../src/session/session.ts';

/** An operation with the result that a kernel, or the model, gave. */
export interface Done {
  readonly op: Op;
  /** `EINVAL` or another failure, `flags 0x9 count 1` of GET_IRQ_INFO, otherwise empty. */
  readonly result: string;
}

/** The operations of one action. */
export interface Acted {
  readonly action: string;
  readonly done: readonly Done[];
}

/** Returns a recorded story, action by action. */
export function truth(name: string): readonly Acted[] {
  const text = readFileSync(new URL(`fixtures/${name}.right.txt`, import.meta.url), 'utf8');
  const [, ...parts] = text.split(/^# -- /m);
  return parts.map((part) => {
    const [action = '', ...lines] = part.trimEnd().split('\n');
    return { action, done: lines.flatMap(doneOf) };
  });
}

function doneOf(text: string): readonly Done[] {
  const [call = '', told = ''] = text.split(/ *# */);
  if (call === '') return [];
  const { script, problems } = parseScript(call);
  const op = script.lines[0]?.line.op;
  if (op === undefined || problems.length > 0) throw new Error(`not an operation: ${text}`);
  const errno = /^=> -1 (E[A-Z]+)$/.exec(told)?.[1];
  return [{ op, result: errno ?? (told.startsWith('flags') ? told : '') }];
}

/** The guest's and the driver's part of a story, by the action's first word; the others make the program send nothing. */
type Story = (word: string, rest: string) => readonly Action[];

/** Where a story was recorded. */
export interface Place {
  readonly device: string;
  /** The id of a preset. */
  readonly kernel: string;
}

/** Returns the operations of a client: opening the device, then those of each list of actions. */
export function played(
  id: string,
  { device, kernel }: Place,
  story: readonly (readonly Action[])[],
): readonly (readonly Done[])[] {
  const client = clientById(id);
  const preset = PRESETS.find((one) => one.id === kernel);
  if (client === undefined || preset === undefined) throw new Error(`no client ${id} or kernel ${kernel}`);
  const made = generation(preset.generation);
  const playing = new Playing(made, startingMachine(setupOf(device, preset.host)));
  let now: ClientAt | null = client.start(playing.machine.device, playing.perform);
  let seen = 0;
  const since = (): readonly Done[] => {
    const from = seen;
    seen = playing.lines.length;
    return playing.lines.slice(from).map(({ op }, at) => {
      const run = playing.runs[from + at];
      const info = op.op === 'irq_info' ? run?.out : null;
      const said = info == null ? '' : `flags 0x${info.flags?.toString(16)} count ${info.count}`;
      return { op, result: run?.errno ?? said };
    });
  };
  const parts = [since()];
  for (const actions of story) {
    for (const action of actions) now = now?.act(action, playing.perform) ?? null;
    if (now === null) throw new Error('an operation has no result');
    parts.push(since());
  }
  return parts;
}

/**
 * Returns the operations as text, part by part. Left out on both sides: reads from config space, eventfds that never reach vfio,
 * and, unless `reads`, reads of eventfds, which a main loop makes when something fires.
 */
export function told(parts: readonly (readonly Done[])[], reads = false): readonly (readonly string[])[] {
  const given = givenToVfio(parts.flat());
  const names = new Map<number, string>();
  const current = new Map<number, number>();
  let created = 0;
  const name = (fd: number): string => {
    if (fd < 0) return '-1';
    const object = current.get(fd);
    const known = object === undefined ? undefined : names.get(object);
    return known ?? `closed ${fd}`;
  };
  return parts.map((part) =>
    part.flatMap(({ op, result }): readonly string[] => {
      const tail = result === '' ? '' : ` => ${result}`;
      switch (op.op) {
        case 'eventfd': {
          current.set(op.fd, created);
          if (given.has(created)) names.set(created, `e${names.size}`);
          const isGiven = given.has(created++);
          return isGiven ? [`eventfd ${name(op.fd)}`] : [];
        }
        case 'close': {
          const object = current.get(op.fd);
          if (object !== undefined && !given.has(object)) return [];
          const line = `close ${name(op.fd)}`;
          current.delete(op.fd);
          return [line];
        }
        case 'read':
          return reads ? [`read ${name(op.fd)}`] : [];
        case 'cfg_read':
          return [];
        case 'set_irqs': {
          const values = op.data.kind === 'i32' ? ` [${op.data.values.map(name).join(' ')}]` : '';
          const flags = op.flags.toString(16);
          return [
            `set_irqs ${op.index} 0x${flags} ${op.start} ${op.count}${values} argsz ${op.argsz}${tail}`,
          ];
        }
        case 'irq_info':
          return [`irq_info ${op.index}${tail}`];
        case 'cfg_write':
          return [`cfg_write ${op.off} ${op.size} 0x${op.value.toString(16)}${tail}`];
        default:
          return [`${op.op}${tail}`];
      }
    }),
  );
}

/** Returns the numbers, in order of creation, of the eventfds that some SET_IRQS has. */
function givenToVfio(all: readonly Done[]): ReadonlySet<number> {
  const current = new Map<number, number>();
  const given = new Set<number>();
  let created = 0;
  for (const { op } of all) {
    if (op.op === 'eventfd') current.set(op.fd, created++);
    if (op.op === 'close') current.delete(op.fd);
    if (op.op !== 'set_irqs' || op.data.kind !== 'i32') continue;
    for (const fd of op.data.values) {
      const object = current.get(fd);
      if (object !== undefined) given.add(object);
    }
  }
  return given;
}

/** Returns the actions of a story, with the recorded operations of each; those of a wait belong to the action before it. */
export function storyOf(
  name: string,
  story: Story,
): { readonly acted: readonly Acted[]; readonly actions: readonly (readonly Action[])[] } {
  const acted: Acted[] = [];
  for (const { action, done } of truth(name)) {
    const last = acted.at(-1);
    if (action.startsWith('wait') && last !== undefined)
      acted.splice(-1, 1, { action: last.action, done: [...last.done, ...done] });
    else acted.push({ action, done });
  }
  return {
    acted,
    actions: acted.slice(1).map(({ action }) => {
      const [word = '', ...rest] = action.split(' ');
      return story(word, rest.join(' '));
    }),
  };
}

// A client at work, and its operations in the notation of docs/clients.md: `2,0x24,0,2,[k0,−1]`, where k0 is the eventfd that
// KVM injects from and u0 the one that QEMU's main loop reads.

import type { Action } from '../../src/clients/client.ts';
import { CLIENTS, type ListedClient } from '../../src/clients/index.ts';
import { type ClientAt, Playing } from '../../src/clients/play.ts';
import type { Run } from '../../src/kernel/frame.ts';
import type { Generation, GenerationId } from '../../src/kernel/generations/generation.ts';
import { generation } from '../../src/kernel/generations/index.ts';
import type { Line } from '../../src/kernel/line.ts';
import { recordedPreset } from '../../src/kernel/presets.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { setupOf, startingMachine } from '../../src/session/session.ts';

const NAMES: Readonly<Record<number, string>> = {
  9: 'first',
  10: 'intx',
  11: 'resample',
  12: 'req',
  13: 'err',
};

function fdName(fd: number): string {
  if (fd < 0) return '−1';
  if (fd >= 5000) return `u${fd - 5000}`;
  if (fd >= 1000) return `k${fd - 1000}`;
  return NAMES[fd] ?? String(fd);
}

/** Returns the ioctls of lines; lines that open and close eventfds are left out, `reset`, `release` and writes of COMMAND appear by name. */
export function ioctls(lines: readonly Line[]): readonly string[] {
  return lines.flatMap(({ op }) => {
    switch (op.op) {
      case 'set_irqs': {
        const head = `${op.index},0x${op.flags.toString(16).padStart(2, '0')},${op.start},${op.count}`;
        return op.data.kind === 'i32' ? [`${head},[${op.data.values.map(fdName).join(',')}]`] : [head];
      }
      case 'irq_info':
        return [`info ${op.index}`];
      case 'reset':
      case 'release':
        return [op.op];
      case 'cfg_write':
        return [`COMMAND 0x${op.value.toString(16)}`];
      default:
        return [];
    }
  });
}

/** A client at work on a machine, with the lines and runs of the last action. */
export interface Working {
  readonly machine: Machine;
  readonly lines: readonly Line[];
  readonly runs: readonly Run[];
  readonly act: (action: Action) => Working;
}

function working(made: Generation, playing: Playing, now: ClientAt | null): Working {
  if (now === null) throw new Error('an operation has no result');
  const { machine, lines, runs } = playing;
  return {
    machine,
    lines,
    runs,
    act: (action) => {
      const next = new Playing(made, machine);
      return working(made, next, now.act(action, next.perform));
    },
  };
}

/** Returns a client of the list after it opened a device. */
export function opened(
  id: string,
  kernel: GenerationId = 'dynamic',
  {
    device = 'nvme',
    canAllocDyn = true,
    vectors,
  }: { device?: string; canAllocDyn?: boolean; vectors?: number } = {},
): Working {
  const client: ListedClient | undefined = CLIENTS.find((one) => one.id === id);
  if (client === undefined) throw new Error(`no client ${id}`);
  const host = { ...recordedPreset(kernel).host, canAllocDyn };
  const playing = new Playing(generation(kernel), startingMachine(setupOf(device, host, vectors)));
  return working(generation(kernel), playing, client.start(playing.machine.device, playing.perform));
}

/** Returns the operations of each action. */
export function sent(start: Working, actions: readonly Action[]): readonly (readonly string[])[] {
  let now = start;
  return actions.map((action) => {
    now = now.act(action);
    return ioctls(now.lines);
  });
}

/** Returns the client after these actions. */
export function afterActions(start: Working, actions: readonly Action[]): Working {
  return actions.reduce((now, action) => now.act(action), start);
}

/** Returns the allocated vectors and the attached ones. */
export function held({ machine }: Working): string {
  const attached: number[] = [];
  machine.domain.descs.forEach(({ handler }, vector) => {
    if (handler !== null) attached.push(vector);
  });
  return `S={${machine.domain.descs.keys().join(',')}} A={${attached.join(',')}}`;
}

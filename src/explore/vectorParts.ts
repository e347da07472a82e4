// What the cell of a vector stands for: its descriptor, its context and its table entry.

import { assignedMessage, freshMessage } from '../kernel/services/message.ts';
import { handlerName } from '../machine/device.ts';
import type { Host } from '../machine/host.ts';
import {
  BLANK_ENTRY,
  type IrqCtx,
  type Machine,
  type MsiDesc,
  type MsiMessage,
  type TableEntry,
  ZERO_MESSAGE,
} from '../machine/machine.ts';
import type { VectorState } from './state.ts';

/** What a vector's cell stands for at one vector. */
export interface VectorParts {
  readonly desc: MsiDesc | undefined;
  readonly ctx: IrqCtx | undefined;
  readonly entry: TableEntry | undefined;
  readonly holdsCpuVector: boolean;
}

/** Where messages are not in the key, an attached vector has its own and every other none: nothing can tell (state.ts). */
export function withUsualMessages(state: VectorState): VectorState {
  return state.handler === null ? state : { ...state, message: 2, entryMessage: 1 };
}

/**
 * What a vector holds in a state: `number` is the place of its irq behind the first of the host.
 */
export function vectorParts(
  start: Machine,
  vectors: number,
  vector: number,
  number: number,
  state: VectorState,
): VectorParts {
  const { host, device } = start;
  const irq = host.firstIrq + number;
  const { allocated, handler, original, fixed, resend, masked, pending } = state;
  const message = messageOf(host, irq, state.message);
  const entryMessage = [
    ZERO_MESSAGE,
    message,
    // any message that is no irq's of this device
    assignedMessage({ host }, irq + vectors),
  ][state.entryMessage];
  const blank = masked && !pending && state.entryMessage === 0;
  const name = handlerName(device, !state.msi, vector);
  return {
    desc: allocated
      ? { irq, message, handler, name: handler === null ? null : name, original, fixed, resend }
      : undefined,
    ctx: state.ctx,
    entry: blank ? undefined : { ...BLANK_ENTRY, ...entryMessage, masked, pending },
    holdsCpuVector: allocated && (fixed || handler !== null),
  };
}

function messageOf(host: Host, irq: number, kind: VectorState['message']): MsiMessage {
  if (kind === 0) return ZERO_MESSAGE;
  return kind === 1 ? freshMessage({ host }, irq) : assignedMessage({ host }, irq);
}

// The parts of a vector that its cell encodes: descriptor, context and table entry.

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

/** The parts of one vector. */
export interface VectorParts {
  readonly desc: MsiDesc | undefined;
  readonly ctx: IrqCtx | undefined;
  readonly entry: TableEntry | undefined;
  readonly holdsCpuVector: boolean;
}

/** If messages are left out of the key, only attached vectors have a message; no later line can distinguish the others by it (state.ts). */
export function withUsualMessages(state: VectorState): VectorState {
  return state.handler === null ? state : { ...state, message: 2, entryMessage: 1 };
}

/** Returns the parts of a vector in a state; `number` is the offset of its irq from the first irq of the host. */
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
    // a message that belongs to no irq of this device
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
    holdsCpuVector: host.msiController === 'apic' && allocated && (fixed || handler !== null),
  };
}

function messageOf(host: Host, irq: number, kind: VectorState['message']): MsiMessage {
  if (kind === 0) return ZERO_MESSAGE;
  return kind === 1 ? freshMessage({ host }, irq) : assignedMessage({ host }, irq);
}

// The driver's state as bytes. The trigger of a vector is nearly always the eventfd of its handler and then takes no bytes.

import type { Packer, Unpacker } from '../base/packed.ts';
import type { IntxCtx, IrqCtx, IrqDomain, Vdev } from './machine.ts';
import { bitsOf, readBits, readWords, U32_MAX, writeWords } from './snapshotParts.ts';

const PRODUCER = 1;
const TRIGGER = 2;
/** The trigger is the eventfd of the vector's handler. */
const HANDLER = 4;

/** Writes the driver's state. */
export function writeVdev(w: Packer, vdev: Vdev, { descs }: IrqDomain): void {
  w.number(vdev.irq_type);
  w.number(vdev.num_ctx);
  w.number(bitsOf(vdev.has_dyn_msix, vdev.virq_disabled, vdev.intx !== null, vdev.pm_save !== null));
  w.optional(vdev.err_trigger);
  w.optional(vdev.req_trigger);
  w.number(vdev.msi_qmax);
  w.number(vdev.virtualCommand);
  const { control, addressLow, addressHigh, data } = vdev.virtualMsi;
  w.number(control);
  writeWords(w, { addressLow, addressHigh, data });
  w.signed(vdev.savedCommand);
  if (vdev.pm_save !== null) w.number(vdev.pm_save);
  if (vdev.intx !== null) {
    const { trigger, masked, unmask, requested, looping } = vdev.intx;
    w.number(bitsOf(masked, requested, looping));
    w.optional(trigger);
    w.optional(unmask);
  }
  w.map(vdev.ctx, ({ trigger, producer }, vector) => {
    const handled = trigger !== null && descs.get(vector)?.handler === trigger;
    w.number((producer ? PRODUCER : 0) | (trigger === null ? 0 : handled ? TRIGGER | HANDLER : TRIGGER));
    if (trigger !== null && !handled) w.number(trigger);
  });
}

/** Reads the driver's state. */
export function readVdev(r: Unpacker, { descs }: IrqDomain): Vdev {
  const irq_type = r.number(U32_MAX);
  const num_ctx = r.number();
  const [has_dyn_msix, virq_disabled, isIntx, hasPmSave] = readBits(r);
  const err_trigger = r.optional();
  const req_trigger = r.optional();
  const msi_qmax = r.number();
  const virtualCommand = r.number(U32_MAX);
  const virtualMsi = { control: r.number(U32_MAX), ...readWords(r) };
  const savedCommand = r.signed();
  const pm_save = hasPmSave ? r.number(0xffff) : null;
  const intx = isIntx ? readIntx(r) : null;
  const ctx = r.map<IrqCtx>((vector) => {
    const flags = r.number(7);
    const handled = (flags & HANDLER) !== 0 ? (descs.get(vector)?.handler ?? null) : null;
    if ((flags & HANDLER) !== 0 && handled === null)
      r.fail(`a trigger of vector ${vector} without a handler`);
    const trigger = (flags & TRIGGER) === 0 ? null : (flags & HANDLER) === 0 ? r.number() : handled;
    return { trigger, producer: (flags & PRODUCER) !== 0 };
  });
  return {
    irq_type,
    ctx,
    num_ctx,
    intx,
    err_trigger,
    req_trigger,
    has_dyn_msix,
    virq_disabled,
    msi_qmax,
    virtualCommand,
    virtualMsi,
    savedCommand,
    pm_save,
  };
}

function readIntx(r: Unpacker): IntxCtx {
  const [masked, requested, looping] = readBits(r);
  return { masked, requested, looping, trigger: r.optional(), unmask: r.optional() };
}

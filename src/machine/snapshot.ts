// A machine as bytes. Usual values (the next vector, the next irq, a message equal to the table entry) cost at most one byte,
// so 2,048 attached vectors take about 25 kB. Device and host are left out, because all machines of a session share them.

import { Packer, Unpacker } from '../base/packed.ts';
import { failed, ok, type Result } from '../base/result.ts';
import type { Device } from './device.ts';
import type { Host } from './host.ts';
import type { Eventfd, File, Machine } from './machine.ts';
import { readDomain, readEntries, writeDomain, writeEntries } from './snapshotIrqs.ts';
import { bitsOf, KEY_MAX, readBits, readWords, U32_MAX, writeWords } from './snapshotParts.ts';
import { readVdev, writeVdev } from './snapshotVdev.ts';

/** Returns the machine as bytes, without its device and host. */
export function encodeMachine(machine: Machine): Uint8Array<ArrayBuffer> {
  const w = new Packer();
  const { pci, domain, vdev } = machine;
  w.number(bitsOf(machine.openCount > 0, pci.pinAsserted, pci.msixEnabled, pci.msixFunctionMask));
  w.number(machine.nextEventfd);
  w.map(machine.fds, (file) => w.optional(file.kind === 'eventfd' ? file.ev : null));
  w.map(machine.eventfds, ({ count, semaphore, refs }) => {
    w.number(refs * 2 + Number(semaphore));
    w.big(count);
  });
  w.number(pci.command);
  // only an open count above 1 takes a number
  w.number(bitsOf(pci.msi.enabled, machine.openCount > 1, pci.d3hot));
  if (machine.openCount > 1) w.number(machine.openCount);
  w.number(pci.msi.vectors);
  writeWords(w, pci.msi.message);
  w.number(pci.msi.mask >>> 0);
  w.number(pci.msi.pending >>> 0);
  writeDomain(w, machine);
  writeVdev(w, vdev, domain);
  writeEntries(w, pci, domain);
  w.map(machine.producers, (irq) => w.number(irq));
  return w.take();
}

/** Returns the machine of the bytes on this device and host, or a problem with the position of the first invalid byte. */
export function decodeMachine(bytes: Uint8Array, { device, host }: MachineBase): Result<Machine> {
  const r = new Unpacker(bytes);
  const [opened, pinAsserted, msixEnabled, msixFunctionMask] = readBits(r);
  const nextEventfd = r.number();
  const fds = r.map<File>(() => {
    const ev = r.optional();
    return ev === null ? { kind: 'other' } : { kind: 'eventfd', ev };
  });
  const eventfds = r.map<Eventfd>(() => {
    const head = r.number();
    return { count: r.big(), semaphore: head % 2 === 1, refs: Math.floor(head / 2) };
  });
  const command = r.number(0xffff);
  const [enabled, several, d3hot] = readBits(r);
  const openCount = several ? r.number() : Number(opened);
  const vectors = r.number(32);
  const message = readWords(r);
  const msi = { enabled, vectors, message, mask: r.number(U32_MAX), pending: r.number(U32_MAX) };
  const domain = readDomain(r, device);
  const vdev = readVdev(r, domain);
  const entries = readEntries(r, domain);
  const producers = r.map<number>(() => r.number(KEY_MAX));
  if (r.failure === null && !r.atEnd) r.fail('more bytes');
  if (r.failure !== null)
    return failed({
      at: { path: 'machine' },
      expected: 'the bytes of a machine',
      found: `${r.failure} at byte ${r.at}`,
    });
  const pci = { command, pinAsserted, d3hot, msi, msixEnabled, msixFunctionMask, entries };
  return ok({ host, device, fds, eventfds, nextEventfd, openCount, pci, domain, vdev, producers });
}

/** The parts of a machine that the bytes leave out. */
export interface MachineBase {
  readonly device: Device;
  readonly host: Host;
}

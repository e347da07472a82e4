// The facts of the imported device of a QEMU trace: what the whole trace shows, what is guessed, and what a person chose.

import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import { DEVICES, deviceById } from '../../../machine/devices.ts';
import { CLIENT_FD, QEMU_LOOP_FD } from '../../../machine/fdNumbers.ts';
import { type DeviceSpec, unchangedDevice } from '../../../session/script.ts';
import type { NamedFact } from '../../../session/setupFacts.ts';
import type { Choices, Guess } from '../format.ts';
import type { Before, DeviceFacts } from './survey.ts';

/** The facts with which a trace is read. */
export interface QemuFacts {
  readonly device: DeviceFacts;
  readonly kvmIrqfd: boolean;
  readonly before: Before;
  readonly assumed: readonly string[];
  readonly guesses: readonly Guess[];
}

const BEFORE: Readonly<Record<Before, string>> = {
  none: 'nothing was on',
  intx: 'INTx was on',
  'intx-kvm': 'INTx was on, and KVM unmasked it by an eventfd',
  msi: 'MSI was on',
  msix: 'MSI-X was on',
};
const BEFORES: readonly Before[] = ['none', 'intx', 'intx-kvm', 'msi', 'msix'];

/** Returns the facts of the chosen device, or of the first one with events about interrupts; null without a device. */
export function chosenFacts(devices: readonly DeviceFacts[], choices: Choices): QemuFacts | null {
  const wanted = choices.get('device');
  const device = devices.find(({ name }) => name === wanted) ?? devices[0];
  if (device === undefined) return null;
  const guesses: Guess[] = [];
  if (devices.length > 1) {
    guesses.push({
      id: 'device',
      text: `The trace has ${devices.length} devices; irqscope uses ${device.name}, because ${device.name === wanted ? 'you chose it' : 'its events come first'}.`,
      options: devices.map(({ name, events }) => ({ value: name, label: `${name} (${events} events)` })),
      value: device.name,
    });
  }
  const { kvmIrqfd, sign } = irqfdOf(device);
  const chosenIrqfd = choices.get('irqfd');
  const usesIrqfd = chosenIrqfd === undefined ? kvmIrqfd : chosenIrqfd === 'kvm';
  const reason = usesIrqfd === kvmIrqfd ? sign : 'you chose it';
  guesses.push({
    id: 'irqfd',
    text: usesIrqfd
      ? `KVM injects interrupts by irqfd (${reason}). Descriptors from ${CLIENT_FD} on belong to KVM, those from ${QEMU_LOOP_FD} on to QEMU’s main loop.`
      : `QEMU’s main loop reads the eventfds, without irqfds (${reason}).`,
    options: [
      { value: 'kvm', label: 'KVM by irqfd' },
      { value: 'loop', label: 'QEMU’s main loop' },
    ],
    value: usesIrqfd ? 'kvm' : 'loop',
  });
  const chosenBefore = choices.get('before');
  const before = BEFORES.find((one) => one === chosenBefore) ?? device.before;
  if (device.before !== 'none' || before !== 'none') {
    guesses.push({
      id: 'before',
      text: beforeText(before, before === device.before),
      options: BEFORES.map((value) => ({ value, label: BEFORE[value] })),
      value: before,
    });
  }
  return { device, kvmIrqfd: usesIrqfd, before, assumed: deviceAssumptions(device), guesses };
}

function beforeText(before: Before, isSeen: boolean): string {
  const begin = `Before the trace begins, ${BEFORE[before]}`;
  if (before === 'none') return `${begin} (you chose it), so the script begins with the first event.`;
  const reason = isSeen ? 'the first events show it' : 'you chose it';
  return `${begin} (${reason}), so the script begins with the operations that lead there.`;
}

/** Decides by the whole trace whether KVM injects interrupts, and names the sign. */
function irqfdOf(device: DeviceFacts): { readonly kvmIrqfd: boolean; readonly sign: string } {
  const { enablesKvmIntx, enablesIntx, loopInterrupts, pinInterrupts } = device;
  if (enablesKvmIntx) return { kvmIrqfd: true, sign: 'vfio_intx_enable_kvm shows it' };
  if (loopInterrupts > 0) return { kvmIrqfd: false, sign: 'vfio_msi_interrupt shows it' };
  if (pinInterrupts > 0) return { kvmIrqfd: false, sign: 'vfio_intx_interrupt shows it' };
  if (enablesIntx) return { kvmIrqfd: false, sign: 'QEMU enables INTx without vfio_intx_enable_kvm' };
  return { kvmIrqfd: true, sign: 'as usual; no event shows it' };
}

function deviceAssumptions(device: DeviceFacts): readonly string[] {
  const { entries, mostMsix, hasMsi } = device;
  const said: string[] = [];
  if (entries === null && device.hasMsix)
    said.push(
      `The trace does not contain the size of the MSI-X table; irqscope uses ${tableSize(entries, mostMsix)} entries. “lspci -vv” shows it.`,
    );
  if (hasMsi && catalogued(device)?.device.msi == null)
    said.push(
      `The trace does not contain the number of MSI vectors; irqscope uses ${msiVectors(device)}. “lspci -vv” shows it.`,
    );
  return said;
}

function tableSize(entries: number | null, mostMsix: number): number {
  return Math.min(MSIX_VECTORS_MAX, entries ?? Math.max(8, mostMsix + 1));
}

/** Returns the smallest power of two that holds the MSI vectors of the trace. */
function msiVectors({ mostMsiVectors, mostMsi }: DeviceFacts): number {
  const least = Math.max(1, mostMsiVectors, mostMsi + 1);
  return Math.min(32, 2 ** Math.ceil(Math.log2(least)));
}

/** Returns the entry of the catalogue with the vendor and device id that the guest has read. */
function catalogued({ id, entries }: DeviceFacts) {
  if (id === null || deviceById(id) === undefined) return undefined;
  const same = DEVICES.filter(({ device }) => device.id === id);
  return same.find(({ device }) => device.msix?.vectors === entries) ?? same[0];
}

/** Returns the device line: the catalogue's device, or a similar one with the facts of the trace. */
export function deviceOf(device: DeviceFacts, noresize: boolean): DeviceSpec {
  const { hasMsix, hasMsi, isSetUp, entries, mostMsix, pcie, resets, hotResets } = device;
  const known = catalogued(device);
  // a device that can raise in every mode, unless the catalogue has the very one
  const model = known ?? DEVICES.find(({ name }) => name === 'e1000e');
  if (model === undefined) return { ...unchangedDevice('nvme'), noDyn: noresize };
  const { device: like } = model;
  const own = hasMsix ? tableSize(entries, mostMsix) : isSetUp || hasMsi ? 0 : 8;
  const facts: NamedFact[] = [];
  const fact = (path: string, value: NamedFact['value'], same: boolean) => {
    if (!same) facts.push({ path, value });
  };
  if (pcie !== null) fact('device.pcie', pcie, pcie === like.pcie);
  if (resets !== null) fact('device.reset', resets, resets === like.reset);
  if (hotResets) fact('device.hotReset', true, like.hotReset);
  if (known === undefined) fact('device.raiseVectors', null, like.raiseVectors === null);
  return {
    ...unchangedDevice(model.name),
    msix: known !== undefined && !hasMsix ? null : own === (like.msix?.vectors ?? 0) ? null : own,
    msi:
      known !== undefined
        ? null
        : hasMsi
          ? sameOr(msiVectors(device), like.msi?.vectors)
          : isSetUp
            ? 0
            : null,
    noDyn: noresize,
    ...(facts.length === 0 ? {} : { facts }),
  };
}

function sameOr(value: number, usual: number | undefined): number | null {
  return value === usual ? null : value;
}

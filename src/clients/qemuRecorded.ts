// QEMU (hw/vfio/pci.c) as recorded: 7.2, which disables MSI-X to add a vector, and 10.0 and 11.1, which add single vectors;
// each with KVM's irqfd and without it. test/clients compares their operations with the recorded ones.

import { PCI_COMMAND_MASTER } from '../uapi/pciRegs.ts';
import { type Action, type Client, type Operations, writeCommand } from './client.ts';
import { enableIntx, moveRoute, UNMASK_INTX } from './qemuIntx.ts';
import { type Opened, realize, resetDevice, unplug } from './qemuLife.ts';
import { clearMsix, disableAll, disableMsi, enableMsi, enableMsix } from './qemuModes.ts';
import { keptQemu, type QemuKind, type QemuState } from './qemuState.ts';
import { functionMask, maskVector, unmaskVector } from './qemuVectors.ts';

type Told = Pick<Client<Opened>, 'id' | 'label' | 'policy' | 'source'>;

/** Returns a recorded QEMU. Each of them attaches the vectors that are already unmasked in one call. */
export function recordedQemu(told: Told, differs: Omit<QemuKind, 'batches'>): Client<Opened> {
  const kind: QemuKind = { ...differs, batches: true };
  return {
    ...told,
    evidence: 'recorded',
    actions: [
      'enable-msix',
      'unmask',
      'mask',
      'function-mask',
      'disable-msix',
      'enable-msi',
      'disable-msi',
      'acknowledge-intx',
      // without irqfd QEMU injects INTx itself
      ...(kind.kvmIrqfd ? (['move-route'] as const) : []),
      'command',
      'reset',
      'unplug',
      'end',
    ],
    open: (device) => realize(kind, device),
    *act(opened, action) {
      if (action.kind === 'unplug') return yield* unplug(kind, opened);
      if (action.kind === 'reset') return yield* resetDevice(kind, opened);
      if (action.kind === 'command') {
        yield writeCommand(action.value);
        return { ...opened, command: action.value };
      }
      return { ...opened, state: yield* act(kind, opened.state, action) };
    },
    kept: ({ state, command }) => {
      const kept = keptQemu(kind, state);
      const isMaster = (command & PCI_COMMAND_MASTER) !== 0;
      return { ...kept, facts: [...kept.facts, ['bus master', isMaster ? 'on' : 'off: no MSI arrives']] };
    },
  };
}

function* act(kind: QemuKind, state: QemuState, action: Action): Operations<QemuState> {
  const isOn = state.interrupt === 'msix';
  switch (action.kind) {
    case 'enable-msix':
      return isOn ? state : yield* enableMsix(kind, yield* disableAll(kind, state));
    case 'disable-msix':
      return isOn ? yield* enableIntx(kind, yield* clearMsix(kind, state)) : state;
    case 'unmask':
      return yield* unmaskVector(kind, state, action.vector);
    case 'mask':
      return yield* maskVector(state, action.vector);
    case 'function-mask':
      return yield* functionMask(kind, state, action.on);
    case 'enable-msi':
      return yield* enableMsi(kind, yield* disableAll(kind, state), action.count);
    case 'disable-msi':
      return state.interrupt === 'msi' ? yield* enableIntx(kind, yield* disableMsi(state)) : state;
    case 'acknowledge-intx':
      // with irqfd KVM writes the resample eventfd, and QEMU sends no ioctl
      if (state.interrupt === 'intx' && !kind.kvmIrqfd) yield UNMASK_INTX;
      return state;
    case 'move-route':
      if (state.interrupt === 'intx' && kind.kvmIrqfd) yield* moveRoute();
      return state;
    case 'end':
      yield { op: 'release' };
      return state;
    default:
      return state;
  }
}

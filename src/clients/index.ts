// All clients. The clients of earlier versions of irqscope stay in the list, because links contain their labels and lines;
// where a recorded client has replaced one, it is not offered any more.

import type { Device } from '../machine/device.ts';
import { VFIO_PCI_INTX_IRQ_INDEX, VFIO_PCI_MSI_IRQ_INDEX } from '../uapi/vfio.ts';
import type { ActionKind, Client, Evidence } from './client.ts';
import { DPDK } from './dpdk.ts';
import { ANY_INDEX, recordedDpdk } from './dpdkRecorded.ts';
import { KVMTOOL_2024 } from './kvmtool.ts';
import { type ClientAt, type Perform, startClient } from './play.ts';
import { qemu } from './qemu.ts';
import { recordedQemu } from './qemuRecorded.ts';
import { SELFTEST_7_3 } from './selftest.ts';
import { CLOUD_HYPERVISOR, CROSVM, KVMTOOL, SELFTEST } from './vmms.ts';

/** A client of the list. Each is already bound to its own private state. */
export interface ListedClient {
  readonly id: string;
  readonly label: string;
  readonly policy: string;
  readonly evidence: Evidence;
  readonly source: string;
  readonly actions: readonly ActionKind[];
  /** The id of the recorded client that replaces it, or null. Only links still start a replaced client. */
  readonly replacedBy: string | null;
  /** Opens the device; null when an operation has no result. */
  readonly start: (device: Device, perform: Perform) => ClientAt | null;
}

function listed<State>(client: Client<State>, replacedBy: string | null = null): ListedClient {
  const { id, label, policy, evidence, source, actions } = client;
  return {
    ...{ id, label, policy, evidence, source, actions, replacedBy },
    start: (device, perform) => startClient(client, device, perform),
  };
}

const DISABLES = 'disables and enables MSI-X to add vectors, as 7.1 to 8.1 do by their source';
const ADDS =
  'adds single vectors if the kernel can allocate them, as versions from 8.2 on do by their source';
const MAIN_LOOP = 'every interrupt goes through its main loop';
const QEMU_7_2 = 'QEMU 7.2.22 on Linux 6.1.192 and 6.12.117';
const QEMU_10 = 'QEMU 10.0.13 on Linux 6.1.192 and 6.12.117, and 11.1.3 on 6.12.117 and 7.3.4';
const DPDK_22 = 'DPDK 22.11.11 on Linux 6.12.117, driver em on e1000e';
const AT_ONCE = 'attaches every vector in one call, and again at each start';

/** The clients that were recorded, in the order in which they are offered. */
const RECORDED: readonly ListedClient[] = [
  listed(
    recordedQemu(
      { id: 'qemu-7.2', label: 'QEMU 7.2', policy: DISABLES, source: QEMU_7_2 },
      { grows: false, kvmIrqfd: true },
    ),
  ),
  listed(
    recordedQemu(
      { id: 'qemu-10.0', label: 'QEMU 10.0 and 11.1', policy: ADDS, source: QEMU_10 },
      { grows: true, kvmIrqfd: true },
    ),
  ),
  listed(
    recordedQemu(
      {
        id: 'qemu-7.2-no-irqfd',
        label: 'QEMU 7.2 without irqfd',
        policy: `${DISABLES}; ${MAIN_LOOP}`,
        source:
          'QEMU 7.2.22 on Linux 6.12.117; without KVM, and with x-no-kvm-msix, x-no-kvm-msi and x-no-kvm-intx',
      },
      { grows: false, kvmIrqfd: false },
    ),
  ),
  listed(
    recordedQemu(
      {
        id: 'qemu-10.0-no-irqfd',
        label: 'QEMU 10.0 and 11.1 without irqfd',
        policy: `${ADDS}; ${MAIN_LOOP}`,
        source: 'QEMU 10.0.13 and 11.1.3 on Linux 6.12.117; without KVM',
      },
      { grows: true, kvmIrqfd: false },
    ),
  ),
  listed(
    recordedDpdk(
      { id: 'dpdk-22.11', label: 'DPDK 22.11', policy: AT_ONCE, source: DPDK_22 },
      { asks: ANY_INDEX, cleansUp: false },
    ),
  ),
  listed(
    recordedDpdk(
      {
        id: 'dpdk-24.11',
        label: 'DPDK 24.11 and 25.11',
        policy: `${AT_ONCE}; detaches REQ at its end`,
        source: 'DPDK 24.11.8 and 25.11.4 on Linux 6.12.117, driver em on e1000e',
      },
      { asks: ANY_INDEX, cleansUp: true },
    ),
  ),
  listed(
    recordedDpdk(
      {
        id: 'dpdk-22.11-msi',
        label: 'DPDK 22.11 with --vfio-intr=msi',
        policy: 'uses MSI with one vector, also on a device with MSI-X',
        source: DPDK_22,
      },
      { asks: [VFIO_PCI_MSI_IRQ_INDEX], cleansUp: false },
    ),
  ),
  listed(
    recordedDpdk(
      {
        id: 'dpdk-22.11-legacy',
        label: 'DPDK 22.11 with --vfio-intr=legacy',
        policy: 'uses INTx, also on a device with MSI-X',
        source: DPDK_22,
      },
      { asks: [VFIO_PCI_INTX_IRQ_INDEX], cleansUp: false },
    ),
  ),
  listed(KVMTOOL_2024),
  listed(SELFTEST_7_3),
];

/** The clients by source. Their operations never change, because links contain them. */
const BY_SOURCE: readonly ListedClient[] = [
  listed(
    qemu('qemu-7.0', 'QEMU before 7.1', 'disables and enables MSI-X to add a vector, one vector at a time', {
      batches: false,
      grows: false,
      kvmIrqfd: true,
    }),
  ),
  listed(
    qemu('qemu-7.1', 'QEMU 7.1 to 8.1', 'disables and enables MSI-X to add vectors', {
      batches: true,
      grows: false,
      kvmIrqfd: true,
    }),
    'qemu-7.2',
  ),
  listed(
    qemu('qemu-8.2', 'QEMU 8.2 and later', 'adds single vectors if the kernel can allocate them', {
      batches: true,
      grows: true,
      kvmIrqfd: true,
    }),
    'qemu-10.0',
  ),
  listed(DPDK, 'dpdk-24.11'),
  listed(CLOUD_HYPERVISOR),
  listed(CROSVM),
  listed(KVMTOOL),
  listed(SELFTEST, 'selftest-7.3'),
];

/** Every client, also the replaced ones. */
export const CLIENTS: readonly ListedClient[] = [...RECORDED, ...BY_SOURCE];

/** The clients that a new script can start. */
export const OFFERED: readonly ListedClient[] = CLIENTS.filter(({ replacedBy }) => replacedBy === null);

/** Returns the client with that id, or undefined. */
export function clientById(id: string): ListedClient | undefined {
  return CLIENTS.find((client) => client.id === id);
}

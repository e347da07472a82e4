// All clients, in the order in which they are offered. Each is already bound to its own private state.

import type { ActionKind, Client } from './client.ts';
import { DPDK } from './dpdk.ts';
import { type ClientAt, type Perform, startClient } from './play.ts';
import { qemu } from './qemu.ts';
import { CLOUD_HYPERVISOR, CROSVM, KVMTOOL, SELFTEST } from './vmms.ts';

/** A client of the list. */
export interface ListedClient {
  readonly id: string;
  readonly label: string;
  readonly policy: string;
  readonly source: string;
  readonly actions: readonly ActionKind[];
  /** Opens the device; null when an operation has no result. */
  readonly start: (perform: Perform) => ClientAt | null;
}

function listed<State>(client: Client<State>): ListedClient {
  const { id, label, policy, source, actions } = client;
  return { id, label, policy, source, actions, start: (perform) => startClient(client, perform) };
}

/** The clients. */
export const CLIENTS: readonly ListedClient[] = [
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
  ),
  listed(
    qemu('qemu-8.2', 'QEMU 8.2 and later', 'adds single vectors if the kernel can allocate them', {
      batches: true,
      grows: true,
      kvmIrqfd: true,
    }),
  ),
  listed(DPDK),
  listed(CLOUD_HYPERVISOR),
  listed(CROSVM),
  listed(KVMTOOL),
  listed(SELFTEST),
];

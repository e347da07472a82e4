// The kernel's selftest of Linux 7.3 (tools/testing/selftests/vfio/vfio_pci_device_test.c) as recorded: it reads each eventfd
// before and after a loopback trigger, and closes the eventfds before it disables the index.

import { CLIENT_FD } from '../machine/fdNumbers.ts';
import { INDEX_NAMES, VFIO_PCI_MSI_IRQ_INDEX, VFIO_PCI_MSIX_IRQ_INDEX } from '../uapi/vfio.ts';
import {
  type Action,
  type Client,
  eventfds,
  newEventfd,
  type Operations,
  without,
  writeCommand,
} from './client.ts';
import { TRIGGER_EVENTFD, TRIGGER_NONE } from './qemuState.ts';

interface SelftestState {
  /** The enabled index, or null. */
  readonly index: number | null;
  /** Its vectors with an eventfd. */
  readonly vectors: number;
}

const OFF: SelftestState = { index: null, vectors: 0 };
const fdOf = (n: number): number => CLIENT_FD + n;

/** The selftest of Linux 7.3. */
export const SELFTEST_7_3: Client<SelftestState> = {
  id: 'selftest-7.3',
  label: 'kernel selftest of Linux 7.3',
  policy: 'attaches some vectors, triggers and reads each, closes its eventfds, then disables the index',
  evidence: 'recorded',
  source: 'vfio_pci_device_test of Linux 7.3 on Linux 6.12.117, e1000e',
  actions: [
    'enable-queues',
    'disable-msix',
    'enable-msi',
    'disable-msi',
    'trigger',
    'command',
    'reset',
    'end',
  ],
  *open() {
    yield { op: 'device_info' };
    yield { op: 'irq_info', index: VFIO_PCI_MSI_IRQ_INDEX };
    yield { op: 'irq_info', index: VFIO_PCI_MSIX_IRQ_INDEX };
    return OFF;
  },
  act,
  kept: ({ index, vectors }) => ({
    facts: [
      ['index', index === null ? 'none' : (INDEX_NAMES[index] ?? String(index))],
      ['eventfds open', String(vectors)],
    ],
    vectors: [],
    wants: Array.from({ length: vectors }, (_, n) => n),
  }),
};

function* act(state: SelftestState, action: Action): Operations<SelftestState> {
  switch (action.kind) {
    case 'enable-queues':
      return yield* enable(yield* disable(state), VFIO_PCI_MSIX_IRQ_INDEX, action.count);
    case 'enable-msi':
      return yield* enable(yield* disable(state), VFIO_PCI_MSI_IRQ_INDEX, action.count);
    case 'trigger':
      if (state.index === null || action.vector >= state.vectors) return state;
      yield { op: 'read', fd: fdOf(action.vector) };
      yield without(state.index, TRIGGER_NONE, action.vector, 1);
      yield { op: 'read', fd: fdOf(action.vector) };
      return state;
    case 'disable-msix':
      return state.index === VFIO_PCI_MSIX_IRQ_INDEX ? yield* disable(state) : state;
    case 'disable-msi':
      return state.index === VFIO_PCI_MSI_IRQ_INDEX ? yield* disable(state) : state;
    case 'command':
      yield writeCommand(action.value);
      return state;
    case 'reset':
      yield { op: 'reset' };
      return state;
    case 'end':
      yield { op: 'release' };
      return OFF;
    default:
      return state;
  }
}

function* enable(state: SelftestState, index: number, count: number): Operations<SelftestState> {
  const fds = Array.from({ length: count }, (_, n) => fdOf(n));
  for (const fd of fds) yield newEventfd(fd);
  const { ret } = yield eventfds(index, TRIGGER_EVENTFD, 0, fds);
  if (ret === 0) return { index, vectors: count };
  // a failed assertion ends the test
  for (const fd of fds) yield { op: 'close', fd };
  return state;
}

function* disable({ index, vectors }: SelftestState): Operations<SelftestState> {
  if (index === null) return OFF;
  for (let n = 0; n < vectors; n++) yield { op: 'close', fd: fdOf(n) };
  yield without(index, TRIGGER_NONE, 0, 0);
  return OFF;
}

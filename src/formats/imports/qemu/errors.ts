// Reads the messages in which QEMU reports failed ioctls (hw/vfio/pci.c, hw/vfio/common.c, hw/vfio/device.c of 2.2 to 11.1). They are
// the only results of ioctls in a QEMU trace.

import type { TracedResult } from '../../../session/script.ts';
import { knownErrno } from '../../../uapi/errno.ts';
import {
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../../../uapi/vfio.ts';
import { errnoOfText } from '../../strerror.ts';

/** A failed SET_IRQS. */
export interface QemuFailure {
  /** The device that the message names; null if it names none. */
  readonly device: string | null;
  readonly index: number;
  readonly action: 'TRIGGER' | 'MASK' | 'UNMASK';
  /** The number of vectors that QEMU asked for, of MSI; null if the message does not tell it. */
  readonly count: number | null;
  readonly result: TracedResult;
}

const INDEXES: Readonly<Record<string, number>> = {
  INTX: VFIO_PCI_INTX_IRQ_INDEX,
  MSI: VFIO_PCI_MSI_IRQ_INDEX,
  MSIX: VFIO_PCI_MSIX_IRQ_INDEX,
  ERR: VFIO_PCI_ERR_IRQ_INDEX,
  REQ: VFIO_PCI_REQ_IRQ_INDEX,
};

const SIGNALING =
  /Failed to (?:set up|tear down) (TRIGGER|MASK|UNMASK) eventfd signaling for interrupt (INTX|MSI|MSIX|ERR|REQ)-\d+: VFIO_DEVICE_SET_IRQS failure: (.+)$/;
const RETRY = /Failed to enable (\d+) MSI vectors, retry with (\d+)/;
const MSI_FDS = /Failed to setup MSI fds: (.+)$/;
const INTX_FD = /Failed to setup INTx fd: (.+)$/;
const MSIX_CODE = /failed to (?:enable vectors|modify vector|enable MSI-X), (-?\d+)\b/;
const ERR_FD = /Failed to set up error notification: (.+)$/;
const REQ_FD = /Failed to set up device request notification: (.+)$/;
const NAMED = /vfio (\S+): /;

/** Reads a line; null if it reports no failed SET_IRQS, or a result that is unknown. */
export function qemuFailureOf(text: string): QemuFailure | null {
  const device = NAMED.exec(text)?.[1] ?? null;
  const made = (
    index: number,
    result: TracedResult | null,
    action: QemuFailure['action'] = 'TRIGGER',
    count: number | null = null,
  ): QemuFailure | null => (result === null ? null : { device, index, action, count, result });
  const signaling = SIGNALING.exec(text);
  if (signaling !== null) {
    const [, action, name = '', error = ''] = signaling;
    const kind = action === 'MASK' || action === 'UNMASK' ? action : 'TRIGGER';
    return made(INDEXES[name] ?? 0, failed(error), kind);
  }
  const retry = RETRY.exec(text);
  if (retry !== null) {
    const result = { ret: Number(retry[2]), errno: null, out: null };
    return made(VFIO_PCI_MSI_IRQ_INDEX, result, 'TRIGGER', Number(retry[1]));
  }
  const code = MSIX_CODE.exec(text);
  if (code !== null) return made(VFIO_PCI_MSIX_IRQ_INDEX, numbered(Number(code[1])));
  const byText: readonly (readonly [RegExp, number])[] = [
    [MSI_FDS, VFIO_PCI_MSI_IRQ_INDEX],
    [INTX_FD, VFIO_PCI_INTX_IRQ_INDEX],
    [ERR_FD, VFIO_PCI_ERR_IRQ_INDEX],
    [REQ_FD, VFIO_PCI_REQ_IRQ_INDEX],
  ];
  for (const [pattern, index] of byText) {
    const error = pattern.exec(text)?.[1];
    if (error !== undefined) return made(index, failed(error));
  }
  return null;
}

function failed(error: string): TracedResult | null {
  const errno = errnoOfText(error);
  return errno === null ? null : { ret: -1, errno, out: null };
}

function numbered(ret: number): TracedResult | null {
  if (ret >= 0) return { ret, errno: null, out: null };
  const errno = knownErrno(-ret);
  return errno === null ? null : { ret: -1, errno, out: null };
}

// Reads the request of an ioctl in strace text: a name, several names of the same number, or the number itself.

import { u32Of } from '../numbers.ts';

/** The requests of VFIO by number (`_IO(VFIO_TYPE, VFIO_BASE + n)` in include/uapi/linux/vfio.h). */
const REQUESTS: ReadonlyMap<number, readonly string[]> = new Map([
  [0x3b64, ['VFIO_GET_API_VERSION']],
  [0x3b65, ['VFIO_CHECK_EXTENSION']],
  [0x3b66, ['VFIO_SET_IOMMU']],
  [0x3b67, ['VFIO_GROUP_GET_STATUS']],
  [0x3b68, ['VFIO_GROUP_SET_CONTAINER']],
  [0x3b69, ['VFIO_GROUP_UNSET_CONTAINER']],
  [0x3b6a, ['VFIO_GROUP_GET_DEVICE_FD']],
  [0x3b6b, ['VFIO_DEVICE_GET_INFO']],
  [0x3b6c, ['VFIO_DEVICE_GET_REGION_INFO']],
  [0x3b6d, ['VFIO_DEVICE_GET_IRQ_INFO']],
  [0x3b6e, ['VFIO_DEVICE_SET_IRQS']],
  [0x3b6f, ['VFIO_DEVICE_RESET']],
  [0x3b70, ['VFIO_DEVICE_GET_PCI_HOT_RESET_INFO', 'VFIO_IOMMU_GET_INFO']],
  [0x3b71, ['VFIO_DEVICE_PCI_HOT_RESET', 'VFIO_IOMMU_MAP_DMA']],
  [0x3b72, ['VFIO_DEVICE_QUERY_GFX_PLANE', 'VFIO_IOMMU_UNMAP_DMA']],
  [0x3b73, ['VFIO_DEVICE_GET_GFX_DMABUF', 'VFIO_IOMMU_ENABLE']],
  [0x3b74, ['VFIO_DEVICE_IOEVENTFD', 'VFIO_IOMMU_DISABLE']],
  [0x3b75, ['VFIO_DEVICE_FEATURE', 'VFIO_IOMMU_DIRTY_PAGES']],
  [0x3b76, ['VFIO_DEVICE_BIND_IOMMUFD']],
  [0x3b77, ['VFIO_DEVICE_ATTACH_IOMMUFD_PT']],
  [0x3b78, ['VFIO_DEVICE_DETACH_IOMMUFD_PT']],
]);

/** The names of a request; the descriptor decides between several of them. */
export type Request = readonly string[];

/** Returns the names of a request of VFIO; null for any other request. */
export function requestOf(text: string): Request | null {
  const names = text.split(' or ');
  if (names.every((name) => /^VFIO_\w+$/.test(name))) return names;
  const number = numberOf(text);
  return number === null ? null : (REQUESTS.get(number) ?? null);
}

/** Reads `0x3b6e`, `_IOC(_IOC_NONE, 0x3b, 0x6e, 0)`, `_IO(0x3b, 0x6e)`, and `(NONE, 0x3b, 0x6e, 0)` of perf trace. */
function numberOf(text: string): number | null {
  const parts = /^(?:_IOC|_IO)?\((?:(?:_IOC_)?NONE, |0, )?(?:0x3b|59|';'), (0x[\da-f]+|\d+)(?:, 0)?\)$/i.exec(
    text,
  );
  if (parts === null) return u32Of(text);
  const number = u32Of(parts[1] ?? '');
  return number === null || number > 0xff ? null : 0x3b00 + number;
}

/** Returns the name of the request on a device; null for a request that a device does not have. */
export function deviceRequest(request: Request): string | null {
  return request.find((name) => name.startsWith('VFIO_DEVICE_')) ?? null;
}

/** Returns true for a request that only a device has. */
export function isDeviceOnly(request: Request): boolean {
  return request.every((name) => name.startsWith('VFIO_DEVICE_'));
}

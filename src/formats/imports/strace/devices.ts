// Names the devices of a trace and says which device, container or group a descriptor is.

import type { Argument, Call } from './call.ts';
import type { Program, Thing } from './program.ts';
import { deviceRequest, isDeviceOnly, type Request } from './requests.ts';

const CDEV = /^"?(\/dev\/vfio\/devices\/[^"<]+)/;
const GROUP = /^"?\/dev\/vfio\/(?:noiommu-)?(\d+)/;
const CONTAINER = /^"?\/dev\/vfio\/vfio\b/;

/** Returns the opening of a path below /dev/vfio, or of any other file. */
export function openingOf(path: string): { readonly kind: Thing['kind']; readonly name: string } {
  const cdev = CDEV.exec(path)?.[1];
  if (cdev !== undefined) return { kind: 'cdev', name: cdev };
  const group = GROUP.exec(path)?.[1];
  if (group !== undefined) return { kind: 'group', name: `group ${group}` };
  if (CONTAINER.test(path)) return { kind: 'container', name: '' };
  return { kind: 'file', name: '' };
}

/** Returns the name of the device that a group gives: its printed name, or else its group. */
export function deviceName(program: Program, pid: string, { args }: Call): string {
  const [group, , name] = args;
  const said = /^"([^"]+)"$/.exec(name?.text ?? '')?.[1];
  if (said !== undefined) return said;
  const fd = Number(group?.text);
  const known = program.at(pid, fd);
  const path = group === undefined ? '' : openingOf(group.path).name;
  const groupName = path !== '' ? path : (known?.name ?? '');
  const device = `the device of ${groupName === '' ? `the group with descriptor ${fd}` : groupName}`;
  // a second device of the group, because one device is rarely opened twice
  for (let nth = 2; ; nth++) {
    const text = nth === 2 ? device : `${device}, number ${nth - 1}`;
    if (!program.isOpen(text)) return text;
  }
}

/**
 * Returns the thing behind the descriptor of an ioctl of VFIO. A descriptor that the trace does not open is a device if only a
 * device has the request, or if -y says so. `expected` says that an earlier or later line shows the same number as a device.
 */
export function thingOf(
  program: Program,
  pid: string,
  fd: Argument,
  {
    request,
    errno,
    isDevice,
  }: { readonly request: Request; readonly errno: string | null; readonly isDevice: boolean },
): Thing | null {
  const number = Number(fd.text);
  const known = program.at(pid, number);
  if (known !== undefined) {
    const isOther = known.kind === 'eventfd' || known.kind === 'file';
    // the trace does not show every close and open
    if (!isOther || errno !== null || !isDeviceOnly(request)) return known;
  }
  const was = program.was(pid, number);
  if (errno === 'EBADF' && was !== undefined) return was;
  const path = openingOf(fd.path);
  const kind = /\[vfio-device\]/.test(fd.path) || path.kind === 'cdev' ? 'device' : path.kind;
  if (kind === 'group' || kind === 'container') return program.open(pid, number, { ...path, kind }).thing;
  const isSure = kind === 'device' || isDeviceOnly(request);
  if (!isSure && !(isDevice && deviceRequest(request) !== null)) return null;
  const again = was?.kind === 'device' ? was.name : '';
  const name =
    path.kind === 'cdev' ? path.name : again === '' ? `the device with descriptor ${number}` : again;
  return program.open(pid, number, { kind: 'device', name }).thing;
}

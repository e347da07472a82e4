// The runtime of a C program: opening the device, helper functions, and descriptors reserved for the program itself. Unused
// helpers are left out, because the compiler would warn about them.

import { dataLength } from '../../uapi/irqSet.ts';
import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MASTER, PCI_COMMAND_MEMORY } from '../../uapi/pciRegs.ts';
import type { CCall, Helper } from './calls.ts';
import type { PlannedLine } from './plan.ts';

/** Descriptors reserved for the program itself. */
export interface OwnDescriptors {
  readonly report: number;
  readonly container: number;
  readonly group: number;
  readonly device: number;
  /** Numbers for the second and later descriptors of the device. */
  readonly more: readonly number[];
}

/** Returns numbers from 48 on that do not occur in the script, so that they do not reopen a descriptor it assumes closed. */
export function ownDescriptors(named: readonly number[], lines: readonly PlannedLine[]): OwnDescriptors {
  const taken = new Set(named);
  const opens = lines.reduce(
    (most, planned) => (planned.kind === 'call' ? Math.max(most, planned.run.after.openCount) : most),
    1,
  );
  const free: number[] = [];
  for (let fd = 48; free.length < 3 + opens; fd++) if (!taken.has(fd)) free.push(fd);
  const [container = 0, group = 0, device = 0, report = 0, ...more] = free;
  return { container, group, device, report, more };
}

/** Returns the C name of the nth descriptor of the device, from 1. */
export function deviceName(nth: number): string {
  return nth > 1 ? `DEVICE_${nth}` : 'DEVICE';
}

/** Returns the enumerators of the second and later descriptors of the device, each after a comma. */
export function moreDevices({ more }: OwnDescriptors): string {
  return more.map((fd, at) => `, ${deviceName(at + 2)} = ${fd}`).join('');
}

/** Returns the data size of the longest SET_IRQS, in bytes. */
export function longestData(lines: readonly PlannedLine[]): number {
  let longest = 0;
  for (const planned of lines)
    if (planned.kind === 'call' && planned.op.op === 'set_irqs')
      longest = Math.max(longest, dataLength(planned.op.data));
  return longest;
}

/** Returns the headers in alphabetical order. */
export function includes(helpers: ReadonlySet<Helper>): readonly string[] {
  const names = [
    ...['errno.h', 'fcntl.h', 'limits.h', 'linux/pci_regs.h', 'linux/vfio.h', 'stdint.h', 'stdio.h'],
    ...['stdlib.h', 'string.h', 'sys/ioctl.h', 'sys/resource.h', 'sys/utsname.h', 'unistd.h'],
    ...(helpers.has('set_irqs') ? ['sys/mman.h'] : []),
    ...(helpers.has('eventfd') ? ['sys/eventfd.h'] : []),
  ];
  return [...new Set(names)].sort().map((name) => `#include <${name}>`);
}

/** Returns the bits of the command register that the program clears and sets after it opens the device. */
export function commandBits(command: number): { readonly clear: string; readonly set: string } {
  const bits: readonly (readonly [number, string])[] = [
    [PCI_COMMAND_MEMORY, 'PCI_COMMAND_MEMORY'],
    [PCI_COMMAND_MASTER, 'PCI_COMMAND_MASTER'],
    [PCI_COMMAND_INTX_DISABLE, 'PCI_COMMAND_INTX_DISABLE'],
  ];
  const names = (on: boolean) =>
    bits.filter(([bit]) => ((command & bit) !== 0) === on).map(([, name]) => name);
  return { clear: names(false).join(' | ') || '0', set: names(true).join(' | ') || '0' };
}

/** Returns the used helpers in C. `die` ends the program. `opened` tells who opens the device. */
export function helperText(
  helpers: ReadonlySet<Helper>,
  dataMax: number,
  opened: 'by program' | 'by library' = 'by program',
): readonly string[] {
  return [
    ...(opened === 'by program' ? OPENING : []),
    ...LIMIT,
    ...(helpers.has('place') ? PLACE : []),
    ...(helpers.has('eventfd') ? EVENTFD : []),
    ...(helpers.has('file') ? FILE : []),
    ...(helpers.has('settle') ? SETTLE : []),
    ...(helpers.has('set_irqs') ? setIrqs(dataMax) : []),
  ];
}

/** Returns every helper that the calls need. */
export function helpersOf(calls: readonly CCall[]): ReadonlySet<Helper> {
  return new Set(calls.flatMap(({ helpers }) => helpers));
}

const OPENING = String.raw`
/* Moves a descriptor to a reserved number. */
static void keep(int fd, int number)
{
	if (fd < 0 || (fd != number && dup3(fd, number, O_CLOEXEC) < 0))
		die("a descriptor for the program itself");
	if (fd != number)
		close(fd);
}

/* Opens the device under the given descriptor, and changes bits of the command register. */
static int open_device(int device, uint16_t clear, uint16_t set)
{
	struct vfio_region_info config = {
		.argsz = sizeof(config),
		.index = VFIO_PCI_CONFIG_REGION_INDEX,
	};
	int fd = ioctl(GROUP, VFIO_GROUP_GET_DEVICE_FD, address);
	uint16_t command;

	if (fd < 0)
		return -1;
	keep(fd, device);
	if (ioctl(device, VFIO_DEVICE_GET_REGION_INFO, &config))
		die("VFIO_DEVICE_GET_REGION_INFO");
	config_offset = config.offset;
	if (pread(device, &command, 2, config_offset + PCI_COMMAND) != 2)
		die("reading the command register");
	command = (command & ~clear) | set;
	if (pwrite(device, &command, 2, config_offset + PCI_COMMAND) != 2)
		die("writing the command register");
	return 0;
}

/* Returns the path of the device's group, from sysfs. */
static const char *group_path(void)
{
	static char path[PATH_MAX + 16];
	char link[PATH_MAX], target[PATH_MAX];
	const char *name;
	ssize_t length;

	if (snprintf(link, sizeof(link), "/sys/bus/pci/devices/%s/iommu_group", address) >= PATH_MAX)
		die("the address of the device");
	length = readlink(link, target, sizeof(target) - 1);
	if (length < 0)
		die(link);
	target[length] = '\0';
	name = strrchr(target, '/');
	if (snprintf(path, sizeof(path), "/dev/vfio/%s", name ? name + 1 : target) >= PATH_MAX)
		die("the name of the group");
	return path;
}

/* Opens a container of type 1 and puts the group in it, which a device requires. */
static void open_group(const char *path)
{
	struct vfio_group_status status = { .argsz = sizeof(status) };
	int container = CONTAINER;

	keep(open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC), CONTAINER);
	if (ioctl(CONTAINER, VFIO_GET_API_VERSION) != VFIO_API_VERSION)
		die("VFIO_GET_API_VERSION");
	keep(open(path, O_RDWR | O_CLOEXEC), GROUP);
	if (ioctl(GROUP, VFIO_GROUP_GET_STATUS, &status))
		die("VFIO_GROUP_GET_STATUS");
	if (!(status.flags & VFIO_GROUP_FLAGS_VIABLE)) {
		errno = EBUSY;
		die("bind every device of the group to vfio-pci");
	}
	if (ioctl(GROUP, VFIO_GROUP_SET_CONTAINER, &container))
		die("VFIO_GROUP_SET_CONTAINER");
	if (ioctl(CONTAINER, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU) &&
	    ioctl(CONTAINER, VFIO_SET_IOMMU, VFIO_TYPE1_IOMMU))
		die("VFIO_SET_IOMMU");
}`.split('\n');

const LIMIT = `
/* Raises the limit to the number of descriptors that the script opens. */
static void allow_descriptors(rlim_t most)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		die("getrlimit");
	if (limit.rlim_cur >= most)
		return;
	limit.rlim_cur = most;
	if (limit.rlim_max < most)
		limit.rlim_max = most;
	if (setrlimit(RLIMIT_NOFILE, &limit))
		die("setrlimit: as many descriptors as the script opens");
}`.split('\n');

const PLACE = `
/* Moves a descriptor to its number in the script, as dup2 does. */
static int place(int fd, int number)
{
	if (fd < 0 || fd == number)
		return fd < 0 ? -1 : 0;
	if (dup3(fd, number, O_CLOEXEC) < 0) {
		close(fd);
		return -1;
	}
	close(fd);
	return 0;
}`.split('\n');

const EVENTFD = `
static int open_eventfd(int number, unsigned int initval, int flags)
{
	return place(eventfd(initval, EFD_CLOEXEC | EFD_NONBLOCK | flags), number);
}`.split('\n');

const FILE = `
/* Opens a descriptor that is not an eventfd. */
static int open_null(int number)
{
	return place(open("/dev/null", O_RDWR | O_CLOEXEC), number);
}`.split('\n');

const SETTLE = `
/* Waits for the work queue: an eventfd can be attached to unmask INTx. */
static void settle(void)
{
	usleep(4000);
}`.split('\n');

function setIrqs(dataMax: number): readonly string[] {
  return `
/*
 * VFIO_DEVICE_SET_IRQS with exactly these fields. The memory after the data is
 * not mapped, so an argsz larger than the data results in EFAULT.
 */
static int set_irqs(uint32_t argsz, uint32_t flags, uint32_t index, uint32_t start,
		    uint32_t count, const void *data, size_t size)
{
	const struct vfio_irq_set header = {
		.argsz = argsz,
		.flags = flags,
		.index = index,
		.start = start,
		.count = count,
	};
	static char *end;
	char *set;

	if (!end) {
		const size_t page = sysconf(_SC_PAGESIZE);
		const size_t room = (sizeof(header) + ${dataMax} + page - 1) / page * page;
		char *memory = mmap(NULL, room + page, PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (memory == MAP_FAILED || mprotect(memory + room, page, PROT_NONE))
			die("memory");
		end = memory + room;
	}
	set = end - size - sizeof(header);
	memcpy(set, &header, sizeof(header));
	if (size)
		memcpy(set + sizeof(header), data, size);
	return ioctl(DEVICE, VFIO_DEVICE_SET_IRQS, set);
}`.split('\n');
}

// What the calls of a program in C stand on: how the device is opened, the helpers that it uses, the descriptors that it keeps
// for itself. Only what is used is written, or the compiler would complain.

import { dataLength } from '../../uapi/irqSet.ts';
import { PCI_COMMAND_INTX_DISABLE, PCI_COMMAND_MASTER, PCI_COMMAND_MEMORY } from '../../uapi/pciRegs.ts';
import type { CCall, Helper } from './calls.ts';
import type { PlannedLine } from './plan.ts';

/** Descriptors that the program needs itself. */
export interface OwnDescriptors {
  readonly report: number;
  readonly container: number;
  readonly group: number;
  readonly device: number;
}

/** Numbers from 48 on that the script does not name: what it says is closed has to be closed. */
export function ownDescriptors(named: readonly number[]): OwnDescriptors {
  const taken = new Set(named);
  const free: number[] = [];
  for (let fd = 48; free.length < 4; fd++) if (!taken.has(fd)) free.push(fd);
  const [container = 0, group = 0, device = 0, report = 0] = free;
  return { container, group, device, report };
}

/** Bytes of data of the longest SET_IRQS. */
export function longestData(lines: readonly PlannedLine[]): number {
  let longest = 0;
  for (const planned of lines)
    if (planned.kind === 'call' && planned.op.op === 'set_irqs')
      longest = Math.max(longest, dataLength(planned.op.data));
  return longest;
}

/** The headers, in the order of the alphabet. */
export function includes(helpers: ReadonlySet<Helper>): readonly string[] {
  const names = [
    ...['errno.h', 'fcntl.h', 'limits.h', 'linux/pci_regs.h', 'linux/vfio.h', 'stdint.h', 'stdio.h'],
    ...['stdlib.h', 'string.h', 'sys/ioctl.h', 'sys/resource.h', 'unistd.h'],
    ...(helpers.has('set_irqs') ? ['sys/mman.h'] : []),
    ...(helpers.has('eventfd') ? ['sys/eventfd.h'] : []),
  ];
  return [...new Set(names)].sort().map((name) => `#include <${name}>`);
}

/** The command register that the program sets when it has opened the device: what differs between `clear` and `set`. */
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

/** The helpers in C, without those that nothing uses. `die` is how the program gives up. */
export function helperText(helpers: ReadonlySet<Helper>, dataMax: number): readonly string[] {
  return [
    ...OPENING,
    ...(helpers.has('place') ? PLACE : []),
    ...(helpers.has('eventfd') ? EVENTFD : []),
    ...(helpers.has('file') ? FILE : []),
    ...(helpers.has('settle') ? SETTLE : []),
    ...(helpers.has('set_irqs') ? setIrqs(dataMax) : []),
  ];
}

/** Every helper that the calls need. */
export function helpersOf(calls: readonly CCall[]): ReadonlySet<Helper> {
  return new Set(calls.flatMap(({ helpers }) => helpers));
}

const OPENING = String.raw`
/* Puts a descriptor at a number of its own. */
static void keep(int fd, int number)
{
	if (fd < 0 || (fd != number && dup3(fd, number, O_CLOEXEC) < 0))
		die("a descriptor for the program itself");
	if (fd != number)
		close(fd);
}

/* Opens the device, and sets the command register as the script begins with. */
static int open_device(uint16_t clear, uint16_t set)
{
	struct vfio_region_info config = {
		.argsz = sizeof(config),
		.index = VFIO_PCI_CONFIG_REGION_INDEX,
	};
	int fd = ioctl(GROUP, VFIO_GROUP_GET_DEVICE_FD, address);
	uint16_t command;

	if (fd < 0)
		return -1;
	keep(fd, DEVICE);
	if (ioctl(DEVICE, VFIO_DEVICE_GET_REGION_INFO, &config))
		die("VFIO_DEVICE_GET_REGION_INFO");
	config_offset = config.offset;
	if (pread(DEVICE, &command, 2, config_offset + PCI_COMMAND) != 2)
		die("reading the command register");
	command = (command & ~clear) | set;
	if (pwrite(DEVICE, &command, 2, config_offset + PCI_COMMAND) != 2)
		die("writing the command register");
	return 0;
}

/* The path of the group of a device in sysfs. */
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

/* A container of type 1 with the group in it: without that there is no device. */
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
		die("every device of the group has to be bound to vfio-pci");
	}
	if (ioctl(GROUP, VFIO_GROUP_SET_CONTAINER, &container))
		die("VFIO_GROUP_SET_CONTAINER");
	if (ioctl(CONTAINER, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU) &&
	    ioctl(CONTAINER, VFIO_SET_IOMMU, VFIO_TYPE1_IOMMU))
		die("VFIO_SET_IOMMU");
}

/* Room for the descriptors that the script opens. */
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
/* Puts a descriptor at the number that the script gives it, as dup2 does. */
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
/* A descriptor that is open and is no eventfd. */
static int open_null(int number)
{
	return place(open("/dev/null", O_RDWR | O_CLOEXEC), number);
}`.split('\n');

const SETTLE = `
/* An eventfd can be wired to unmask INTx, which happens in a work queue. */
static void settle(void)
{
	usleep(4000);
}`.split('\n');

function setIrqs(dataMax: number): readonly string[] {
  return `
/*
 * VFIO_DEVICE_SET_IRQS with exactly these fields. The memory behind the data is
 * not mapped, so that an argsz that claims more than there is gives EFAULT.
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

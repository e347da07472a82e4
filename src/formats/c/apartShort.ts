// The program that tells kernels apart in the form that a person would write: eventfds in variables, one helper for SET_IRQS, and
// the device opened through its group and a container, or through iommufd and its own character device. Possible for scripts
// that need no special numbers.

import { dataLength } from '../../uapi/irqSet.ts';
import {
  INDEX_NAMES,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_IRQ_SET_MINSZ,
} from '../../uapi/vfio.ts';
import { answersText } from './answers.ts';
import { type Apart, type ApartStep, apartAbout, apartUsage, stepText } from './apart.ts';
import { APART_FILE } from './apartExact.ts';
import { type CCall, indexText, onDevice } from './calls.ts';
import { variableText } from './frame.ts';
import type { CallOp } from './plan.ts';
import { presumedText } from './presumedText.ts';
import { comment } from './text.ts';

/** The two ways to open a device of vfio-pci. */
export type Opening = 'group' | 'iommufd';

/** The most lines of a short program. */
const MOST = 40;
/** Numbers from here on are free in a small program unless the script opens them. */
const CLOSED_FROM = 100;

const TRIGGER_EVENTFD = VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER;
const TRIGGER_NONE = VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER;

/** Returns the reason why the script needs the exact form, or null. */
export function noShortForm({ steps, presumed }: Apart): string | null {
  if (steps.length > MOST) return `The script has more than ${MOST} calls.`;
  if (presumed.checks.some(({ kind }) => kind === 'device')) return 'The script depends on the device.';
  const opened = new Set<number>();
  const known = new Set(steps.flatMap(({ op }) => (op.op === 'eventfd' ? [op.fd] : [])));
  for (const { op, step } of steps) {
    const why = special(op, opened, known);
    if (why !== null) return `Step ${step} ${why}.`;
    if (op.op === 'eventfd') opened.add(op.fd);
  }
  return null;
}

/** Returns why a call cannot be in a short program, as the end of a sentence, or null. */
function special(op: CallOp, opened: ReadonlySet<number>, known: ReadonlySet<number>): string | null {
  switch (op.op) {
    case 'eventfd':
      if (opened.has(op.fd)) return 'opens a descriptor again';
      return op.semaphore || op.initval !== 0n ? 'opens an eventfd with a special value' : null;
    case 'read':
    case 'close':
      return opened.has(op.fd) ? null : 'uses a descriptor that is not open';
    case 'irq_info':
      return INDEX_NAMES[op.index] === undefined ? 'names an index by its number' : null;
    case 'set_irqs': {
      const { argsz, flags, count, data, index } = op;
      if (INDEX_NAMES[index] === undefined) return 'names an index by its number';
      if (argsz !== VFIO_IRQ_SET_MINSZ + dataLength(data)) return 'has a special argsz';
      if (flags === TRIGGER_NONE && data.kind === 'none') return null;
      if (flags !== TRIGGER_EVENTFD || data.kind !== 'i32' || data.values.length !== count || count === 0)
        return 'has special flags or data';
      // a closed descriptor keeps its number in a variable, one that is opened later has none yet
      const odd = data.values.some((fd) => fd >= 0 && !opened.has(fd) && (known.has(fd) || fd < CLOSED_FROM));
      return odd ? 'needs the number of a descriptor' : null;
    }
    default:
      return 'is more than an eventfd, a read, or an ioctl on interrupts';
  }
}

/** Returns the text of the program, for a script without a reason in `noShortForm`. */
export function printShortApart(apart: Apart, opening: Opening): string {
  const { steps, kernels, also, observed, presumed } = apart;
  const opened = steps.flatMap(({ op }) => (op.op === 'eventfd' ? [op.fd] : []));
  const calls = steps.map((step) => shortCall(step, opened));
  const most = Math.max(0, ...steps.map(({ op }) => (op.op === 'set_irqs' ? dataLength(op.data) / 4 : 0)));
  const has = (name: CallOp['op']) => steps.some(({ op }) => op.op === name);
  const names = [
    ...['errno.h', 'fcntl.h', 'limits.h', 'linux/vfio.h', 'stdint.h', 'stdio.h', 'stdlib.h', 'string.h'],
    ...['sys/ioctl.h', 'sys/utsname.h', 'unistd.h'],
    ...(opened.length > 0 ? ['sys/eventfd.h'] : []),
    ...(observed.msiIrqs || opening === 'iommufd' ? ['dirent.h'] : []),
  ];
  return [
    '// SPDX-License-Identifier: GPL-2.0 OR MIT',
    ...comment('', [...apartAbout(apart), '', ...apartUsage(APART_FILE, kernels.length)]),
    '#define _GNU_SOURCE',
    ...[...new Set(names)].sort().map((name) => `#include <${name}>`),
    '',
    'static const char *address;',
    'static int device;',
    ...DIE,
    ...answersText(
      kernels.map(({ name }, at) => ({ name, also: also[at] ?? '' })),
      observed,
      'printf(',
    ),
    ...(opening === 'group' ? OPEN_GROUP : OPEN_IOMMUFD),
    ...(has('set_irqs') ? setIrqs(most) : []),
    ...presumedText(presumed).map(onDevice),
    '',
    'int main(int argc, char **argv)',
    '{',
    ...variableText(calls),
    ...(opened.length === 0 ? [] : [`\tint ${opened.map((fd) => variable(fd)).join(', ')};`]),
    '\tconst char *missing;',
    ...MAIN,
    ...steps.flatMap((step, at) => {
      const call = calls[at];
      return call === undefined ? [] : stepText(step, call, onDevice);
    }),
    '',
    '\tconclude();',
    '\treturn 0;',
    '}',
    '',
  ].join('\n');
}

const variable = (fd: number) => `fd${fd}`;

function shortCall({ op, calls }: ApartStep, opened: readonly number[]): CCall {
  const [exact] = calls;
  if (exact === undefined) throw new Error('a step without an answer');
  switch (op.op) {
    case 'eventfd':
      // the result is that of the script, whose descriptors are numbered
      return { ...exact, call: `(${variable(op.fd)} = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) < 0 ? -1 : 0` };
    case 'read':
      return { ...exact, call: `read(${variable(op.fd)}, &value, sizeof(value))` };
    case 'close':
      return { ...exact, call: `close(${variable(op.fd)})` };
    case 'set_irqs': {
      const { flags, index, start, count, data } = op;
      const fds =
        data.kind === 'i32'
          ? `(const int[]){ ${data.values.map((fd) => (opened.includes(fd) ? variable(fd) : fd)).join(', ')} }`
          : 'NULL';
      const type = flags === TRIGGER_NONE ? 'VFIO_IRQ_SET_DATA_NONE' : 'VFIO_IRQ_SET_DATA_EVENTFD';
      return { ...exact, call: `set_irqs(${type}, ${indexText(index)}, ${start}, ${count}, ${fds})` };
    }
    default:
      return exact;
  }
}

const DIE = String.raw`
static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(2);
}`.split('\n');

const MAIN = String.raw`
	if (argc != 2) {
		fprintf(stderr, "usage: %s 0000:00:04.0\n", argv[0]);
		return 2;
	}
	address = argv[1];
	open_device();
	missing = unmet();
	if (uname(&host))
		die("uname");
	printf("Linux %s, %s\n", host.release, address);
	if (missing) {
		printf("This program presumes that %s. This does not hold here.\n", missing);
		return 3;
	}
`.split('\n');

const OPEN_GROUP = String.raw`
/* Opens the device through its group, in a container of type 1. */
static void open_device(void)
{
	struct vfio_group_status status = { .argsz = sizeof(status) };
	const int container = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	char link[PATH_MAX], target[PATH_MAX], path[PATH_MAX + 16];
	const char *number;
	ssize_t length;
	int group;

	snprintf(link, sizeof(link), "/sys/bus/pci/devices/%s/iommu_group", address);
	length = readlink(link, target, sizeof(target) - 1);
	if (length < 0)
		die(link);
	target[length] = '\0';
	number = strrchr(target, '/');
	snprintf(path, sizeof(path), "/dev/vfio/%s", number ? number + 1 : target);
	group = open(path, O_RDWR | O_CLOEXEC);
	if (container < 0 || group < 0)
		die(path);
	if (ioctl(group, VFIO_GROUP_GET_STATUS, &status))
		die("VFIO_GROUP_GET_STATUS");
	if (!(status.flags & VFIO_GROUP_FLAGS_VIABLE)) {
		errno = EBUSY;
		die("bind every device of the group to vfio-pci");
	}
	if (ioctl(group, VFIO_GROUP_SET_CONTAINER, &container))
		die("VFIO_GROUP_SET_CONTAINER");
	if (ioctl(container, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		die("VFIO_SET_IOMMU");
	device = ioctl(group, VFIO_GROUP_GET_DEVICE_FD, address);
	if (device < 0)
		die("VFIO_GROUP_GET_DEVICE_FD");
}`.split('\n');

const OPEN_IOMMUFD = `
/* For headers before Linux 6.6. */
#ifndef VFIO_DEVICE_BIND_IOMMUFD
#define VFIO_DEVICE_BIND_IOMMUFD _IO(VFIO_TYPE, VFIO_BASE + 18)
struct vfio_device_bind_iommufd {
	uint32_t argsz, flags;
	int32_t iommufd;
	uint32_t out_devid;
};
#endif

/* Opens the character device of the device (Linux 6.6 and later) and binds it to iommufd. */
static void open_device(void)
{
	struct vfio_device_bind_iommufd bind = { .argsz = sizeof(bind) };
	char path[PATH_MAX];
	struct dirent *entry;
	DIR *names;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/vfio-dev", address);
	names = opendir(path);
	if (!names)
		die(path);
	do {
		entry = readdir(names);
	} while (entry && strncmp(entry->d_name, "vfio", 4));
	snprintf(path, sizeof(path), "/dev/vfio/devices/%s", entry ? entry->d_name : "");
	closedir(names);
	device = open(path, O_RDWR | O_CLOEXEC);
	if (device < 0)
		die(path);
	bind.iommufd = open("/dev/iommu", O_RDWR | O_CLOEXEC);
	if (bind.iommufd < 0)
		die("/dev/iommu");
	if (ioctl(device, VFIO_DEVICE_BIND_IOMMUFD, &bind))
		die("VFIO_DEVICE_BIND_IOMMUFD");
}`.split('\n');

function setIrqs(most: number): readonly string[] {
  return `
static int set_irqs(uint32_t type, uint32_t index, uint32_t start, uint32_t count, const int *fds)
{
	char buffer[sizeof(struct vfio_irq_set) + ${Math.max(1, most)} * sizeof(int)];
	const size_t size = fds ? count * sizeof(int) : 0;
	struct vfio_irq_set *set = (struct vfio_irq_set *)buffer;

	set->argsz = sizeof(*set) + size;
	set->flags = type | VFIO_IRQ_SET_ACTION_TRIGGER;
	set->index = index;
	set->start = start;
	set->count = count;
	if (size)
		memcpy(set->data, fds, size);
	return ioctl(device, VFIO_DEVICE_SET_IRQS, set);
}`.split('\n');
}

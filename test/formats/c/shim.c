/* SPDX-License-Identifier: MIT
 *
 * A preloaded library that replaces VFIO by a recorded kernel. It logs each call of the script with its bytes (SHIM_LOG) and returns
 * the next line of SHIM_ANSWERS: `ret errno value flags count regions irqs`, and the host after the call: the number of files in
 * msi_irqs, and the vectors with a handler in /proc/interrupts (`0,1`, or `-`). Eventfds and other descriptors are real. Calls that
 * open the group and the device succeed and are not logged. So do the checks before the script, up to uname: SHIM_HOST has the
 * release, the device id, the number of irqs that the domain gives, and `flags count` of each index. Folders of sysfs are made in
 * SHIM_SYSFS.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/pci_regs.h>
#include <linux/vfio.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <unistd.h>

#define CONFIG_OFFSET 0x70000000000ULL
/* VFIO_DEVICE_BIND_IOMMUFD, also where the headers lack it */
#define VFIO_DEVICE_BIND _IO(VFIO_TYPE, VFIO_BASE + 18)

static FILE *log_file, *answer_file;
static int devices[8];		/* the open descriptors of the device */
static int opens;		/* their number */
static int opening;		/* remaining calls of opening the device */
static int begun;		/* the device has been opened */
static int checked;		/* the program has made its checks, and the script has begun */
static int temporary = -1;	/* a descriptor that is moved to another number and closed */

struct answer {
	long ret;
	int error;
	unsigned long long value;
	unsigned int flags, count, regions, irqs;
};

/* the host after the last call */
static unsigned int files;
static char handlers[4096] = "-";

static struct {
	char release[64];
	unsigned int id, offers, flags[5], count[5];
} host;

static FILE *high(const char *name, const char *mode)
{
	FILE *low = fopen(getenv(name), mode);
	FILE *made = low ? fdopen(fcntl(fileno(low), F_DUPFD_CLOEXEC, 900), mode) : NULL;

	if (!made)
		_exit(99);
	fclose(low);
	return made;
}

static void __attribute__((constructor)) begin(void)
{
	log_file = high("SHIM_LOG", "w");
	answer_file = high("SHIM_ANSWERS", "r");
	setvbuf(log_file, NULL, _IOLBF, 1 << 16);
	if (sscanf(getenv("SHIM_HOST"), "%63s %x %u %x %u %x %u %x %u %x %u %x %u", host.release, &host.id,
		   &host.offers, &host.flags[0], &host.count[0], &host.flags[1], &host.count[1],
		   &host.flags[2], &host.count[2], &host.flags[3], &host.count[3], &host.flags[4],
		   &host.count[4]) != 13)
		_exit(97);
}

int uname(struct utsname *name)
{
	checked = 1;
	memset(name, 0, sizeof(*name));
	strcpy(name->release, host.release);
	strcpy(name->machine, "x86_64");
	return 0;
}

/* Answers a check. The values of struct vfio_irq_set are its first five words. */
static int on_check(unsigned long request, void *argument)
{
	struct vfio_irq_info *info = argument;
	const uint32_t *set = argument;

	switch (request) {
	case VFIO_DEVICE_GET_IRQ_INFO:
		if (info->index > 4 || host.count[info->index] == 0) {
			errno = EINVAL;
			return -1;
		}
		info->flags = host.flags[info->index];
		info->count = host.count[info->index];
		return 0;
	case VFIO_DEVICE_SET_IRQS:
		return set[4] > host.offers ? (int)host.offers : 0;
	default:
		fprintf(log_file, "another check %lx\n", request);
		errno = ENOTTY;
		return -1;
	}
}

static struct answer next_answer(void)
{
	struct answer a = { 0 };

	if (fscanf(answer_file, "%ld %d %llu %u %u %u %u %u %4095s", &a.ret, &a.error, &a.value,
		   &a.flags, &a.count, &a.regions, &a.irqs, &files, handlers) != 9) {
		fprintf(log_file, "a call too many\n");
		_exit(98);
	}
	if (a.ret < 0)
		errno = a.error;
	return a;
}

/* Returns whether the number is or was a descriptor of the device. */
static int is_device(int fd)
{
	int at;

	for (at = 0; at < opens; at++)
		if (devices[at] == fd)
			return 1;
	return 0;
}

int open(const char *path, int flags, ...)
{
	if (!strncmp(path, "/dev/vfio/", 10) || !strcmp(path, "/dev/iommu"))
		path = "/dev/null";
	else if (begun)
		fprintf(log_file, "open %s\n", path);
	temporary = syscall(SYS_openat, AT_FDCWD, path, flags, 0);
	return temporary;
}

ssize_t readlink(const char *path, char *to, size_t size)
{
	static const char group[] = "../../../kernel/iommu_groups/26";

	if (strncmp(path, "/sys/bus/pci/devices/", 21))
		return syscall(SYS_readlinkat, AT_FDCWD, path, to, size);
	memcpy(to, group, sizeof(group) - 1);
	return sizeof(group) - 1;
}

/* Makes a folder of sysfs: msi_irqs with a file for each irq, vfio-dev with one device. */
DIR *opendir(const char *path)
{
	static int made;
	const char *name = strrchr(path, '/') + 1;
	const int is_irqs = !strcmp(name, "msi_irqs");
	char folder[4000], file[4100];
	unsigned int at;

	if (is_irqs)
		fprintf(log_file, "msi_irqs\n");
	if (is_irqs && files == 0) {
		errno = ENOENT;
		return NULL;
	}
	snprintf(folder, sizeof(folder), "%s/%s-%d-%d", getenv("SHIM_SYSFS"), name, getpid(), made++);
	mkdir(folder, 0700);
	for (at = 0; at < (is_irqs ? files : 1); at++) {
		snprintf(file, sizeof(file), is_irqs ? "%s/%u" : "%s/vfio%u", folder, at + 25);
		syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, file, O_CREAT | O_WRONLY, 0600));
	}
	return fdopendir(syscall(SYS_openat, AT_FDCWD, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0));
}

/* Opens /proc/interrupts with a line for each handler. */
FILE *fopen(const char *path, const char *mode)
{
	static char text[1 << 16];
	char *next = handlers, *to = text;

	if (strcmp(path, "/proc/interrupts"))
		return fdopen(syscall(SYS_openat, AT_FDCWD, path, *mode == 'w' ? O_CREAT | O_WRONLY | O_TRUNC : O_RDONLY, 0600), mode);
	fprintf(log_file, "interrupts\n");
	to += sprintf(to, "           CPU0\n  9:          0   IO-APIC   9-fasteoi   acpi\n");
	to += sprintf(to, " 24:          0   PCI-MSIX-0000:00:05.0   0-edge      vfio-msix[0](0000:00:05.0)\n");
	while (*next >= '0' && *next <= '9') {
		const unsigned long vector = strtoul(next, &next, 10);

		to += sprintf(to, "%3lu:          0   PCI-MSIX-0000:00:04.0   %lu-edge      vfio-msix[%lu](0000:00:04.0)\n",
			      25 + vector, vector, vector);
		next += *next == ',';
	}
	return fmemopen(text, to - text, "r");
}

int eventfd(unsigned int initval, int flags)
{
	fprintf(log_file, "eventfd %u %s\n", initval, flags & EFD_SEMAPHORE ? "semaphore" : "counter");
	temporary = syscall(SYS_eventfd2, initval, flags);
	return temporary;
}

int dup3(int from, int to, int flags)
{
	if (begun && from == temporary && !opening)
		fprintf(log_file, "at %d\n", to);
	if (opening == 3 && !is_device(to) && opens < 8)
		devices[opens++] = to;
	return syscall(SYS_dup3, from, to, flags);
}

int close(int fd)
{
	if (fd == temporary)
		temporary = -1;
	else if (begun)
		fprintf(log_file, is_device(fd) ? "release\n" : "close %d\n", fd);
	if (begun && is_device(fd)) {
		files = 0;
		strcpy(handlers, "-");
	}
	return syscall(SYS_close, fd);
}

ssize_t read(int fd, void *buffer, size_t size)
{
	struct answer a;

	fprintf(log_file, "read %d %zu\n", fd, size);
	a = next_answer();
	if (a.ret == 8)
		memcpy(buffer, &a.value, 8);
	return a.ret;
}

ssize_t write(int fd, const void *buffer, size_t size)
{
	uint64_t value = 0;

	memcpy(&value, buffer, size < 8 ? size : 8);
	fprintf(log_file, "write %d %zu %llu\n", fd, size, (unsigned long long)value);
	return next_answer().ret;
}

ssize_t pread(int fd, void *buffer, size_t size, off_t offset)
{
	struct answer a;

	if (opening) {
		opening--;
		memset(buffer, 0, size);
		return size;
	}
	if (!checked) {
		memcpy(buffer, &host.id, 4);
		return size;
	}
	fprintf(log_file, "cfg_read %s %llu %zu\n", is_device(fd) ? "device" : "other",
		(unsigned long long)offset - CONFIG_OFFSET, size);
	a = next_answer();
	if (a.ret > 0)
		memcpy(buffer, &a.value, a.ret);
	return a.ret;
}

ssize_t pwrite(int fd, const void *buffer, size_t size, off_t offset)
{
	uint32_t value = 0;

	if (opening) {
		begun = !--opening || begun;
		return size;
	}
	memcpy(&value, buffer, size);
	fprintf(log_file, "cfg_write %s %llu %zu %u\n", is_device(fd) ? "device" : "other",
		(unsigned long long)offset - CONFIG_OFFSET, size, value);
	return next_answer().ret;
}

static int readable(const void *at)
{
	char byte;
	struct iovec to = { &byte, 1 }, from = { (void *)at, 1 };

	return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == 1;
}

/* Logs every byte up to the end of the mapped memory. */
static void log_bytes(const unsigned char *bytes)
{
	const uintptr_t page = sysconf(_SC_PAGESIZE);
	const unsigned char *end = bytes;

	while (readable(end))
		end = (const unsigned char *)(((uintptr_t)end + page) / page * page);
	fprintf(log_file, "set_irqs ");
	for (; bytes < end; bytes++)
		fprintf(log_file, "%02x", *bytes);
	fprintf(log_file, "\n");
}

static int on_device(unsigned long request, void *argument)
{
	struct answer a;

	switch (request) {
	case VFIO_DEVICE_SET_IRQS:
		log_bytes(argument);
		return next_answer().ret;
	case VFIO_DEVICE_RESET:
		fprintf(log_file, "reset\n");
		return next_answer().ret;
	case VFIO_DEVICE_GET_IRQ_INFO: {
		struct vfio_irq_info *info = argument;

		fprintf(log_file, "irq_info %u %u\n", info->argsz, info->index);
		a = next_answer();
		info->flags = a.flags;
		info->count = a.count;
		return a.ret;
	}
	case VFIO_DEVICE_GET_INFO: {
		struct vfio_device_info *info = argument;

		fprintf(log_file, "device_info\n");
		a = next_answer();
		/* a bit that the recorder does not observe */
		info->flags = a.flags | VFIO_DEVICE_FLAGS_CAPS;
		info->num_regions = a.regions;
		info->num_irqs = a.irqs;
		return a.ret;
	}
	default:
		fprintf(log_file, "another ioctl %lx\n", request);
		errno = ENOTTY;
		return -1;
	}
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list arguments;
	void *argument;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	switch (request) {
	case VFIO_GET_API_VERSION:
		return VFIO_API_VERSION;
	case VFIO_GROUP_GET_STATUS:
		((struct vfio_group_status *)argument)->flags = VFIO_GROUP_FLAGS_VIABLE;
		return 0;
	case VFIO_GROUP_SET_CONTAINER:
	case VFIO_SET_IOMMU:
		return 0;
	case VFIO_GROUP_GET_DEVICE_FD:
		if (begun) {
			fprintf(log_file, "reopen\n");
			if (next_answer().ret < 0)
				return -1;
		}
		opening = 3;
		temporary = syscall(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC, 0);
		return temporary;
	case VFIO_DEVICE_GET_REGION_INFO:
		opening = 2;
		if (!is_device(fd) && opens < 8)
			devices[opens++] = fd;
		if (fd == temporary)
			temporary = -1;
		((struct vfio_region_info *)argument)->offset = CONFIG_OFFSET;
		return 0;
	case VFIO_DEVICE_BIND:
		devices[opens++] = fd;
		return 0;
	default:
		if (!checked && !begun) {
			/* a program that opens the device without changing its command register */
			begun = 1;
			temporary = -1;
		}
		return checked ? on_device(request, argument) : on_check(request, argument);
	}
}

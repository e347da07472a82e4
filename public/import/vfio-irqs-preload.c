/* SPDX-License-Identifier: MIT
 *
 * Records what a program asks of vfio-pci, with every byte and result, as text for irqscope. It needs no rights beyond those
 * of the program, no kernel option and no tracer: the program loads it before the C library.
 *
 *     cc -std=gnu11 -O2 -Wall -Wextra -shared -fPIC -o vfio-irqs-preload.so vfio-irqs-preload.c -ldl
 *     VFIO_IRQS=irqs.log LD_PRELOAD=$PWD/vfio-irqs-preload.so PROGRAM …
 *
 * The lines have the form of strace: ioctls of vfio devices and groups, eventfd(), close() of eventfds and devices, read() and
 * write() of the eventfds that VFIO_DEVICE_SET_IRQS names, and accesses to config space. Without VFIO_IRQS they go to standard
 * error. A line is written when its call returns; calls of several threads stand in this order.
 *
 * Not recorded: static programs, programs with system calls of their own (Go, Rust without libc), set-user-ID programs, and
 * descriptors that a program gets from another one.
 */
#define _GNU_SOURCE
#define _LARGEFILE64_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/vfio.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FDS 65536
#define VALUES 2048
#define CONFIG_REGION 7

enum kind { OTHER, EVENTFD, BOUND, DEVICE };

static unsigned char kinds[FDS];
static int out = -1;

#define NEXT(name) \
	static __typeof__(name) *next; \
	if (!next) \
		next = (__typeof__(next))dlsym(RTLD_NEXT, #name)

static enum kind kind_of(int fd)
{
	return fd >= 0 && fd < FDS ? (enum kind)kinds[fd] : OTHER;
}

static void set_kind(int fd, enum kind kind)
{
	if (fd >= 0 && fd < FDS)
		kinds[fd] = kind;
}

/* A number that programs rarely use, because some close every descriptor that they do not know. */
static int output(void)
{
	const char *path = getenv("VFIO_IRQS");
	int fd, high;

	if (!path || !*path)
		return 2;
	if (out >= 0 && fcntl(out, F_GETFD) >= 0)
		return out;
	fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (fd < 0)
		return 2;
	high = fcntl(fd, F_DUPFD_CLOEXEC, 900);
	if (high >= 0)
		syscall(SYS_close, fd);
	out = high >= 0 ? high : fd;
	return out;
}

/* One write for one line, so that lines of threads and processes do not mix. */
static __attribute__((format(printf, 1, 2))) void say(const char *format, ...)
{
	char text[VALUES * 12 + 1024];
	int length = snprintf(text, sizeof text, "%ld ", (long)getpid());
	va_list arguments;

	va_start(arguments, format);
	length += vsnprintf(text + length, sizeof text - (size_t)length - 1, format, arguments);
	va_end(arguments);
	if (length > (int)sizeof text - 2)
		length = (int)sizeof text - 2;
	text[length++] = '\n';
	if (syscall(SYS_write, output(), text, (size_t)length) < 0)
		return;
}

static const struct { int number; const char *name; } errnos[] = {
	{ EPERM, "EPERM" }, { ENOENT, "ENOENT" }, { EINTR, "EINTR" }, { EIO, "EIO" }, { ENXIO, "ENXIO" }, { EBADF, "EBADF" },
	{ EAGAIN, "EAGAIN" }, { ENOMEM, "ENOMEM" }, { EACCES, "EACCES" }, { EFAULT, "EFAULT" }, { EBUSY, "EBUSY" },
	{ EEXIST, "EEXIST" }, { ENODEV, "ENODEV" }, { EINVAL, "EINVAL" }, { EMFILE, "EMFILE" }, { ENOTTY, "ENOTTY" },
	{ ENOSPC, "ENOSPC" }, { ERANGE, "ERANGE" }, { EOPNOTSUPP, "EOPNOTSUPP" }, { ENOTCONN, "ENOTCONN" },
};

/* Returns the result as strace prints it, in `text`. */
static const char *result(char *text, size_t size, long ret, int error)
{
	snprintf(text, size, ret < 0 ? "-1 (errno %d)" : "%d", ret < 0 ? error : (int)ret);
	for (size_t at = 0; ret < 0 && at < sizeof errnos / sizeof *errnos; at++)
		if (errnos[at].number == error)
			snprintf(text, size, "-1 %s", errnos[at].name);
	return text;
}

#define RESULT(ret, error) result((char[32]){ 0 }, 32, ret, error)

/* A child has copies of the descriptors. */
static void child(void)
{
	char text[64];
	int length = snprintf(text, sizeof text, "%ld fork() = %ld\n", (long)getppid(), (long)getpid());

	if (syscall(SYS_write, output(), text, (size_t)length) < 0)
		return;
}

static __attribute__((constructor)) void begin(void)
{
	pthread_atfork(NULL, NULL, child);
	say("execve(\"%s\") = 0", program_invocation_name);
}

static __attribute__((destructor)) void end(void)
{
	say("+++ exited +++");
}

void _exit(int status)
{
	end();
	syscall(SYS_exit_group, status);
	__builtin_unreachable();
}

int eventfd(unsigned int count, int flags)
{
	NEXT(eventfd);
	int fd = next(count, flags), error = errno;

	if (fd >= 0)
		set_kind(fd, EVENTFD);
	say("eventfd2(%u, 0x%x) = %s", count, (unsigned)flags, RESULT(fd, error));
	errno = error;
	return fd;
}

int close(int fd)
{
	NEXT(close);
	enum kind kind = kind_of(fd);
	int ret, error;

	/* before the call, because another thread can get the number right after it */
	set_kind(fd, OTHER);
	ret = next(fd);
	error = errno;
	if (kind != OTHER)
		say("close(%d) = %s", fd, RESULT(ret, error));
	errno = error;
	return ret;
}

static int copied(const char *name, int from, int to, int error)
{
	if (to >= 0 && to != from) {
		if (kind_of(from) != OTHER || kind_of(to) != OTHER)
			say("%s(%d, %d) = %d", name, from, to, to);
		set_kind(to, kind_of(from));
	}
	errno = error;
	return to;
}

int dup(int from)
{
	NEXT(dup);
	int to = next(from);

	return copied("dup2", from, to, errno);
}

int dup2(int from, int to)
{
	NEXT(dup2);
	int ret = next(from, to);

	return copied("dup2", from, ret, errno);
}

int dup3(int from, int to, int flags)
{
	NEXT(dup3);
	int ret = next(from, to, flags);

	return copied("dup3", from, ret, errno);
}

/* Tells a read or write of an eventfd. */
static void moved(const char *name, int fd, const void *buffer, size_t size, long ret, int error)
{
	uint64_t value = 0;

	if (kind_of(fd) == BOUND && (ret >= 0 || name[0] == 'r')) {
		if (ret >= 8)
			memcpy(&value, buffer, sizeof value);
		say("%s(%d, %llu, %zu) = %s", name, fd, (unsigned long long)value, size, RESULT(ret, error));
	}
	errno = error;
}

ssize_t read(int fd, void *buffer, size_t size)
{
	NEXT(read);
	ssize_t ret = next(fd, buffer, size);

	moved("read", fd, buffer, size, ret, errno);
	return ret;
}

ssize_t write(int fd, const void *buffer, size_t size)
{
	NEXT(write);
	ssize_t ret = next(fd, buffer, size);

	moved("write", fd, buffer, size, ret, errno);
	return ret;
}

/* These two do not call read() and write() of this file. */
int eventfd_read(int fd, eventfd_t *value)
{
	return read(fd, value, sizeof *value) == sizeof *value ? 0 : -1;
}

int eventfd_write(int fd, eventfd_t value)
{
	return write(fd, &value, sizeof value) == sizeof value ? 0 : -1;
}

/* Tells an access to config space of at most 4 bytes. */
static void config(const char *name, int fd, const void *buffer, size_t size, uint64_t offset, long ret)
{
	int error = errno;
	uint32_t value = 0;

	if (kind_of(fd) == DEVICE && offset >> 40 == CONFIG_REGION && size <= sizeof value) {
		if (ret > 0 || name[1] == 'w')
			memcpy(&value, buffer, size);
		say("%s(%d, 0x%x, %zu, %llu) = %s", name, fd, value, size, (unsigned long long)offset, RESULT(ret, error));
	}
	errno = error;
}

ssize_t pread(int fd, void *buffer, size_t size, off_t offset)
{
	NEXT(pread);
	ssize_t ret = next(fd, buffer, size, offset);

	config("pread64", fd, buffer, size, (uint64_t)offset, ret);
	return ret;
}

ssize_t pwrite(int fd, const void *buffer, size_t size, off_t offset)
{
	NEXT(pwrite);
	ssize_t ret = next(fd, buffer, size, offset);

	config("pwrite64", fd, buffer, size, (uint64_t)offset, ret);
	return ret;
}

#ifdef __GLIBC__
ssize_t pread64(int fd, void *buffer, size_t size, off64_t offset)
{
	NEXT(pread64);
	ssize_t ret = next(fd, buffer, size, offset);

	config("pread64", fd, buffer, size, (uint64_t)offset, ret);
	return ret;
}

ssize_t pwrite64(int fd, const void *buffer, size_t size, off64_t offset)
{
	NEXT(pwrite64);
	ssize_t ret = next(fd, buffer, size, offset);

	config("pwrite64", fd, buffer, size, (uint64_t)offset, ret);
	return ret;
}
#endif

/* Tells a SET_IRQS with its values. `header` is from before the call. */
static void set_irqs(int fd, const struct vfio_irq_set *header, const void *argument, int ret, int error)
{
	char values[VALUES * 12 + 16] = "";
	const unsigned char *data = (const unsigned char *)argument + sizeof *header;
	int is_fd = (header->flags & VFIO_IRQ_SET_DATA_EVENTFD) != 0;
	size_t size = is_fd ? 4 : (header->flags & VFIO_IRQ_SET_DATA_BOOL) != 0 ? 1 : 0, length = 0;
	uint32_t count = header->count;

	if (size && header->argsz >= sizeof *header && error != EFAULT) {
		if (count > (header->argsz - sizeof *header) / size)
			count = (uint32_t)((header->argsz - sizeof *header) / size);
		if (count > VALUES)
			count = VALUES;
		for (uint32_t at = 0; at < count; at++) {
			int32_t value = data[at];
			if (is_fd)
				memcpy(&value, data + 4 * (size_t)at, sizeof value);
			if (is_fd && kind_of(value) == EVENTFD)
				set_kind(value, BOUND);
			length += (size_t)snprintf(values + length, sizeof values - length, at ? ", %d" : ", [%d", value);
		}
		if (count)
			snprintf(values + length, sizeof values - length, "]");
	}
	say("ioctl(%d, VFIO_DEVICE_SET_IRQS, {argsz=%u, flags=0x%x, index=%u, start=%u, count=%u%s}) = %s", fd,
	    header->argsz, header->flags, header->index, header->start, header->count, values, RESULT(ret, error));
}

#ifdef __GLIBC__
#define REQUEST unsigned long
#else
#define REQUEST int
#endif

int ioctl(int fd, REQUEST request, ...)
{
	NEXT(ioctl);
	struct vfio_irq_set header = { 0 };
	struct vfio_irq_info irq = { 0 };
	void *argument;
	va_list arguments;
	int ret, error;

	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	if ((unsigned)request == VFIO_DEVICE_SET_IRQS && argument)
		memcpy(&header, argument, sizeof header);
	if ((unsigned)request == VFIO_DEVICE_GET_IRQ_INFO && argument)
		memcpy(&irq, argument, sizeof irq);
	ret = next(fd, request, argument);
	error = ret < 0 ? errno : 0;
	switch ((unsigned)request) {
	case VFIO_GROUP_GET_DEVICE_FD:
		if (ret >= 0)
			set_kind(ret, DEVICE);
		say("ioctl(%d, VFIO_GROUP_GET_DEVICE_FD, \"%s\") = %s", fd, argument ? (const char *)argument : "",
		    RESULT(ret, error));
		break;
	case VFIO_DEVICE_GET_INFO: {
		const struct vfio_device_info *info = argument;

		set_kind(fd, DEVICE);
		if (ret < 0)
			say("ioctl(%d, VFIO_DEVICE_GET_INFO, %p) = %s", fd, argument, RESULT(ret, error));
		else
			say("ioctl(%d, VFIO_DEVICE_GET_INFO, {argsz=%u, flags=0x%x, num_regions=%u, num_irqs=%u}) = %s", fd,
			    info->argsz, info->flags, info->num_regions, info->num_irqs, RESULT(ret, error));
		break;
	}
	case VFIO_DEVICE_GET_IRQ_INFO: {
		const struct vfio_irq_info *info = argument;

		set_kind(fd, DEVICE);
		if (ret < 0)
			say("ioctl(%d, VFIO_DEVICE_GET_IRQ_INFO, {argsz=%u, index=%u}) = %s", fd, irq.argsz, irq.index,
			    RESULT(ret, error));
		else
			say("ioctl(%d, VFIO_DEVICE_GET_IRQ_INFO, {argsz=%u, flags=0x%x, index=%u, count=%u}) = %s", fd,
			    irq.argsz, info->flags, irq.index, info->count, RESULT(ret, error));
		break;
	}
	case VFIO_DEVICE_SET_IRQS:
		set_kind(fd, DEVICE);
		set_irqs(fd, &header, argument, ret, error);
		break;
	case VFIO_DEVICE_RESET:
		say("ioctl(%d, VFIO_DEVICE_RESET) = %s", fd, RESULT(ret, error));
		break;
	case VFIO_DEVICE_GET_PCI_HOT_RESET_INFO:
		/* of a container the number means VFIO_IOMMU_GET_INFO */
		if (kind_of(fd) == DEVICE && error != EFAULT && argument)
			say("ioctl(%d, VFIO_DEVICE_GET_PCI_HOT_RESET_INFO, {argsz=%u}) = %s", fd,
			    ((const struct vfio_pci_hot_reset_info *)argument)->argsz, RESULT(ret, error));
		break;
	case VFIO_DEVICE_PCI_HOT_RESET:
		/* of a container the number means VFIO_IOMMU_MAP_DMA */
		if (kind_of(fd) == DEVICE)
			say("ioctl(%d, VFIO_DEVICE_PCI_HOT_RESET, %p) = %s", fd, argument, RESULT(ret, error));
		break;
#ifdef VFIO_DEVICE_BIND_IOMMUFD
	case VFIO_DEVICE_BIND_IOMMUFD:
		if (ret >= 0)
			set_kind(fd, DEVICE);
		say("ioctl(%d, VFIO_DEVICE_BIND_IOMMUFD, %p) = %s", fd, argument, RESULT(ret, error));
		break;
#endif
	default:
		break;
	}
	if (ret < 0)
		errno = error;
	return ret;
}

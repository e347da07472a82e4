/* SPDX-License-Identifier: MIT
 *
 * recorder: PID 1 of a small initramfs. Runs scripts of VFIO PCI interrupt operations on the kernel that it booted with, and
 * writes one JSON line per step to a device that the host saves to a file (docs/recording-format.md): the debug console port
 * (0xe9) on x86-64, the PL011 of the machine `virt` on arm64. README.md describes how to run it.
 *
 * Build: gcc -O2 -static -Wall -o init recorder.c
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/vfio.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#ifdef __x86_64__
#include <sys/io.h>
#endif
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define FD_DEVICE 50
#define FD_CONTAINER 48
#define FD_GROUP 49
#define FD_CONFIG 47
#define FD_TRACE 46
#define FD_KMSG 45
#define FD_TRON 44
#define SCRIPT_FD_MIN 100
#define MAXFD 4096

/* ------------------------------------------------------------- output */
static char *ob;
static size_t on, ocap;

static void out(const char *fmt, ...)
{
	va_list ap;
	for (;;) {
		va_start(ap, fmt);
		int n = vsnprintf(ob + on, ocap - on, fmt, ap);
		va_end(ap);
		if (n >= 0 && (size_t)n < ocap - on) {
			on += n;
			return;
		}
		ocap *= 2;
		ob = realloc(ob, ocap);
	}
}

#ifdef __x86_64__
/* Registers of the first six arguments, in kprobe events. */
static const char *const arg_regs[] = { "di", "si", "dx", "cx", "r8", "r9" };

static int open_out(void)
{
	return iopl(3);
}

static void flush_out(void)
{
	const char *p = ob;
	size_t n = on;
	asm volatile("rep outsb" : "+S"(p), "+c"(n) : "d"(0xe9) : "memory");
	on = 0;
}
#else
#define UART 0x09000000 /* the PL011 of QEMU's machine `virt`; its first register is the data register */
static const char *const arg_regs[] = { "x0", "x1", "x2", "x3", "x4", "x5" };
static volatile uint32_t *uart;

/* Bytes go to the register itself: a terminal would add interrupts of its own to the steps. */
static int open_out(void)
{
	int fd = open("/dev/mem", O_RDWR | O_SYNC | O_CLOEXEC);
	if (fd < 0)
		return -1;
	void *m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, UART);
	close(fd);
	if (m == MAP_FAILED)
		return -1;
	uart = m;
	return 0;
}

static void flush_out(void)
{
	for (size_t i = 0; i < on; i++)
		*uart = (uint8_t)ob[i];
	on = 0;
}
#endif

static void jstr(const char *s)
{
	out("\"");
	for (; *s; s++) {
		unsigned char c = *s;
		if (c == '"' || c == '\\')
			out("\\%c", c);
		else if (c < 32 || c > 126)
			out("\\u%04x", c);
		else
			out("%c", c);
	}
	out("\"");
}

static void die(const char *fmt, ...)
{
	char b[512];
	va_list ap;
	int e = errno;
	va_start(ap, fmt);
	vsnprintf(b, sizeof b, fmt, ap);
	va_end(ap);
	on = 0;
	out("#fatal %s: %s\n", b, strerror(e));
	flush_out();
	sync();
	reboot(RB_AUTOBOOT);
	for (;;)
		pause();
}

static const char *ename(int e)
{
	static char b[16];
	const char *n = strerrorname_np(e);
	if (n)
		return n;
	if (e == 524)
		return "ENOTSUPP";
	snprintf(b, sizeof b, "E%d", e);
	return b;
}

/* -------------------------------------------------------- small files */
static int readfile(const char *p, char *buf, int cap)
{
	int fd = open(p, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	int n = 0, r;
	while (n < cap - 1 && (r = read(fd, buf + n, cap - 1 - n)) > 0)
		n += r;
	close(fd);
	buf[n] = 0;
	return n;
}

static int writefile(const char *p, const char *s)
{
	int fd = open(p, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	int r = write(fd, s, strlen(s));
	int e = errno;
	close(fd);
	errno = e;
	return r < 0 ? -1 : 0;
}

static int appendfile(const char *p, const char *s)
{
	int fd = open(p, O_WRONLY | O_APPEND | O_CLOEXEC);
	if (fd < 0)
		return -1;
	int r = write(fd, s, strlen(s));
	int e = errno;
	close(fd);
	errno = e;
	return r < 0 ? -1 : 0;
}

static void place(int *fd, int want)
{
	if (*fd == want)
		return;
	if (dup2(*fd, want) < 0)
		die("dup2");
	close(*fd);
	*fd = want;
}

/* -------------------------------------------------------------- device */
static char bdf[64], sysdev[256];
static int dev_open;
static uint16_t vendor, device_id;
static int msix_cap, msi_cap, msix_n, msi_n, intx_pin, legacy_irq;
static volatile uint8_t *table_map, *pba_map, *bar0_map;
static uint64_t cfg_region_off;
static int has_cfg_region;
static bool bus_master_setup = true;

static uint32_t cfg_read(int off, int size)
{
	uint32_t v = 0;
	if (pread(FD_CONFIG, &v, size, off) != size)
		return 0xffffffff;
	return v;
}

static volatile uint8_t *map_bar(int bar, size_t *sz)
{
	char p[320];
	struct stat st;
	snprintf(p, sizeof p, "%s/resource%d", sysdev, bar);
	int fd = open(p, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	fstat(fd, &st);
	void *m = mmap(NULL, st.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (m == MAP_FAILED)
		return NULL;
	if (sz)
		*sz = st.st_size;
	return m;
}

static void probe_caps(void)
{
	char b[64], p[320];
	vendor = cfg_read(0, 2);
	device_id = cfg_read(2, 2);
	intx_pin = cfg_read(0x3d, 1);
	int pos = cfg_read(0x34, 1) & 0xfc;
	for (int i = 0; i < 48 && pos; i++) {
		int id = cfg_read(pos, 1);
		if (id == 0x11)
			msix_cap = pos;
		if (id == 0x05)
			msi_cap = pos;
		pos = cfg_read(pos + 1, 1) & 0xfc;
	}
	if (msix_cap) {
		msix_n = (cfg_read(msix_cap + 2, 2) & 0x7ff) + 1;
		uint32_t t = cfg_read(msix_cap + 4, 4), q = cfg_read(msix_cap + 8, 4);
		volatile uint8_t *m = map_bar(t & 7, NULL);
		if (!m)
			die("map table BAR %d", t & 7);
		table_map = m + (t & ~7u);
		volatile uint8_t *m2 = (q & 7) == (t & 7) ? m : map_bar(q & 7, NULL);
		if (!m2)
			die("map PBA BAR");
		pba_map = m2 + (q & ~7u);
	}
	if (msi_cap)
		msi_n = 1 << ((cfg_read(msi_cap + 2, 2) >> 1) & 7);
	snprintf(p, sizeof p, "%s/irq", sysdev);
	if (readfile(p, b, sizeof b) > 0)
		legacy_irq = atoi(b);
	bar0_map = map_bar(0, NULL);
}

static int open_device(void)
{
	int fd = ioctl(FD_GROUP, VFIO_GROUP_GET_DEVICE_FD, bdf);
	if (fd < 0)
		return -1;
	place(&fd, FD_DEVICE);
	dev_open = 1;
	struct vfio_region_info ri = { .argsz = sizeof ri, .index = VFIO_PCI_CONFIG_REGION_INDEX };
	has_cfg_region = ioctl(FD_DEVICE, VFIO_DEVICE_GET_REGION_INFO, &ri) == 0;
	cfg_region_off = ri.offset;
	if (has_cfg_region && bus_master_setup) {
		uint16_t cmd = 0;
		if (pread(FD_DEVICE, &cmd, 2, cfg_region_off + 4) == 2) {
			cmd |= 0x2 | 0x4; /* memory space, bus master */
			if (pwrite(FD_DEVICE, &cmd, 2, cfg_region_off + 4) != 2)
				return -1;
		}
	}
	return 0;
}

/* --------------------------------------------------------------- trace */
struct probe {
	const char *ev;     /* event name */
	const char *sym[3]; /* symbols, first one that can be probed wins */
	const char *fn;     /* name in the recording */
	const char *args;   /* fetch args at entry */
	char rtype;         /* 'i' int with errno, 'm' msi_map, 'p' ptr or ERR_PTR, 0 none */
	const char *newargs; /* instead of args from 6.17 on, where the arguments are others */
	int ok;
};

/* entry fetch args are named as they are recorded; "ev" is translated. %1 to %6 are the registers of the arguments */
static struct probe probes[] = {
	/* all of vfio_pci_core was in vfio_pci before 5.16 */
	{ "si", { "vfio_pci_core:vfio_pci_set_irqs_ioctl", "vfio_pci:vfio_pci_set_irqs_ioctl" }, "vfio_pci_set_irqs_ioctl",
	  "flags=%2:u32 index=%3:u32 start=%4:u32 count=%5:u32", 'i' },
	{ "sb", { "vfio_pci_core:vfio_msi_set_block", "vfio_pci:vfio_msi_set_block" }, "vfio_msi_set_block",
	  "start=%2:u32 count=%3:u32 msix=%5:u8", 'i' },
	{ "sv", { "vfio_pci_core:vfio_msi_set_vector_signal", "vfio_pci:vfio_msi_set_vector_signal" }, "vfio_msi_set_vector_signal",
	  "vector=%2:u32 fd=%3:s32 msix=%4:u8", 'i' },
	{ "md", { "vfio_pci_core:vfio_msi_disable", "vfio_pci:vfio_msi_disable" }, "vfio_msi_disable", "msix=%2:u8", 'v' },
	{ "av", { "pci_alloc_irq_vectors_affinity" }, "pci_alloc_irq_vectors",
	  "min=%2:u32 max=%3:u32 flags=%4:u32", 'i' },
	{ "fv", { "pci_free_irq_vectors" }, "pci_free_irq_vectors", "", 'v' },
	{ "aa", { "pci_msix_alloc_irq_at" }, "pci_msix_alloc_irq_at", "index=%2:u32", 'm' },
	{ "fa", { "pci_msix_free_irq" }, "pci_msix_free_irq", "map=%2:x64", 'v' },
	{ "iv", { "pci_irq_vector" }, "pci_irq_vector", "nr=%2:u32", 'i' },
	{ "fg", { "eventfd_ctx_fdget" }, "eventfd_ctx_fdget", "fd=%1:s32", 'p' },
	{ "ep", { "eventfd_ctx_put" }, "eventfd_ctx_put", "ev=+44(%1):s32", 0 },
	{ "ri", { "request_threaded_irq" }, "request_irq",
	  "irq=%1:u32 name=+0(%5):string ev=+44(%6):s32", 'i' },
	{ "fi", { "free_irq" }, "free_irq", "irq=%1:u32 ev=+44(%2):s32", 'v' },
	{ "rp", { "irq_bypass_register_producer" }, "irq_bypass_register_producer",
	  "irq=+24(%1):s32 token=+16(%1):x64 ev=+44(+16(%1)):s32", 'i',
	  "irq=%3:s32 token=%2:x64 ev=+44(%2):s32" },
	{ "up", { "irq_bypass_unregister_producer" }, "irq_bypass_unregister_producer",
	  "irq=+24(%1):s32 token=+16(%1):x64 ev=+44(+16(%1)):s32", 0,
	  "irq=+16(%1):s32 token=+0(%1):x64 ev=+44(+0(%1)):s32" },
	{ "gm", { "get_cached_msi_msg" }, "get_cached_msi_msg", "irq=%1:u32", 0 },
	{ "wm", { "pci_write_msi_msg" }, "pci_write_msi_msg",
	  "irq=%1:u32 msg=+0(%2):u32 hi=+4(%2):u32 data=+8(%2):u32", 0 },
	/* 6.1 exports eventfd_signal(); on 6.12 it is inline over eventfd_signal_mask() */
	{ "es", { "eventfd_signal", "eventfd_signal_mask" }, "eventfd_signal", "ev=+44(%1):s32", 0 },
	{ "ix", { "pci_intx" }, "pci_intx", "enable=%2:s32", 0 },
	{ "rf", { "pci_try_reset_function" }, "pci_try_reset_function", "", 'i' },
};
#define NPROBES ((int)(sizeof probes / sizeof *probes))

#define TR "/sys/kernel/tracing/"

/* Writes fetch args with the names of this machine's registers. */
static const char *with_regs(const char *args)
{
	static char b[256];
	size_t n = 0;
	for (; *args && n < sizeof b - 4; args++)
		if (*args == '%')
			n += snprintf(b + n, sizeof b - n, "%%%s", arg_regs[*++args - '1']);
		else
			b[n++] = *args;
	b[n] = 0;
	return b;
}

static void setup_trace(void)
{
	char b[512];
	struct utsname u;
	int major = 0, minor = 0;
	uname(&u);
	sscanf(u.release, "%d.%d", &major, &minor);
	if (mount("tracefs", "/sys/kernel/tracing", "tracefs", 0, NULL) && errno != EBUSY)
		die("mount tracefs");
	writefile(TR "tracing_on", "0");
	writefile(TR "buffer_size_kb", "16384");
	for (int i = 0; i < NPROBES; i++) {
		struct probe *p = &probes[i];
		if (p->newargs && major * 100 + minor >= 617)
			p->args = p->newargs;
		for (int k = 0; k < 3 && p->sym[k] && !p->ok; k++) {
			/* a probe in a module that is not there is accepted and never hit */
			const char *colon = strchr(p->sym[k], ':');
			snprintf(b, sizeof b, "/sys/module/%.*s", colon ? (int)(colon - p->sym[k]) : 0, p->sym[k]);
			if (colon && access(b, F_OK))
				continue;
			snprintf(b, sizeof b, "p:orc/%s %s %s\n", p->ev, p->sym[k], with_regs(p->args));
			if (appendfile(TR "kprobe_events", b))
				continue;
			p->ok = 1;
			if (p->rtype) {
				const char *r = p->rtype == 'm' || p->rtype == 'p' ? "ret=$retval:x64" :
						p->rtype == 'v' ? "" : "ret=$retval:s32";
				snprintf(b, sizeof b, "r:orc/%s_r %s %s\n", p->ev, p->sym[k], r);
				if (appendfile(TR "kprobe_events", b))
					die("kretprobe %s", p->sym[k]);
			}
		}
		if (!p->ok)
			out("#noprobe %s\n", p->fn);
	}
	writefile(TR "set_event_pid", "1");
	if (writefile(TR "events/orc/enable", "1"))
		die("enable events");
	int fd = open(TR "trace_pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		die("trace_pipe");
	place(&fd, FD_TRACE);
	fd = open(TR "tracing_on", O_WRONLY | O_CLOEXEC);
	place(&fd, FD_TRON);
	fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd >= 0)
		place(&fd, FD_KMSG);
	lseek(FD_KMSG, 0, SEEK_END);
}

static void trace_on(int v)
{
	if (write(FD_TRON, v ? "1" : "0", 1) != 1)
		die("tracing_on");
}

/* ------------------------------------------------------ script objects */
static uint8_t fd_kind[MAXFD]; /* 0 none, 1 eventfd, 2 other file */
static int fd_ev[MAXFD];       /* ordinal of the eventfd object */
static int ev_next;
static struct { int id, ev; } evmap[MAXFD * 4];
static int evmap_n;

static int ev_of_id(int id)
{
	for (int i = evmap_n - 1; i >= 0; i--)
		if (evmap[i].id == id)
			return evmap[i].ev;
	return -1;
}

static int fdinfo_ev(int fd, uint64_t *count, int *id)
{
	char p[64], b[512];
	snprintf(p, sizeof p, "/proc/self/fdinfo/%d", fd);
	if (readfile(p, b, sizeof b) <= 0)
		return -1;
	char *c = strstr(b, "eventfd-count:"), *d = strstr(b, "eventfd-id:");
	if (!c)
		return -1;
	*count = strtoull(c + 14, NULL, 16);
	if (id)
		*id = d ? atoi(d + 11) : -1;
	return 0;
}

/* ------------------------------------------------------- emit the calls */
struct call {
	int probe;
	char args[288];
	char ret[40];
	int has_ret;
	int depth;
	int hardirq;
};
static struct call *calls;
static int ncalls, capcalls;
#define MAXCALLS 40000

static char *trace_buf;
static size_t trace_n, trace_cap;

static void collect_trace(void)
{
	trace_n = 0;
	for (;;) {
		if (trace_cap - trace_n < 65536) {
			trace_cap = trace_cap ? trace_cap * 2 : 1 << 20;
			trace_buf = realloc(trace_buf, trace_cap);
		}
		ssize_t r = read(FD_TRACE, trace_buf + trace_n, trace_cap - trace_n - 1);
		if (r <= 0)
			break;
		trace_n += r;
	}
	if (trace_buf)
		trace_buf[trace_n] = 0;
}

static void parse_trace(void)
{
	ncalls = 0;
	int stack[64], sp = 0;
	char *line = trace_buf, *nl;
	if (!trace_n)
		return;
	for (; line && *line; line = nl ? nl + 1 : NULL) {
		nl = strchr(line, '\n');
		if (nl)
			*nl = 0;
		char *paren = strstr(line, ": (");
		if (!paren)
			continue;
		char *name = paren;
		while (name > line && name[-1] != ' ')
			name--;
		char ev[16];
		int l = paren - name;
		if (l <= 0 || l >= 15)
			continue;
		memcpy(ev, name, l);
		ev[l] = 0;
		char *args = strchr(paren, ')');
		/* "(f+0x0/0x1 [mod])" or "(f+.. <- g)": the first ')' closes it */
		args = args ? args + 1 : "";
		while (*args == ' ')
			args++;
		int isret = l > 2 && !strcmp(ev + l - 2, "_r");
		if (isret)
			ev[l - 2] = 0;
		int pi = -1;
		for (int i = 0; i < NPROBES; i++)
			if (!strcmp(probes[i].ev, ev))
				pi = i;
		if (pi < 0)
			continue;
		/*
		 * "init-1 [000] d.h1. 12.3: name: ...": h or H is an interrupt
		 * handler; s is a softirq, which runs what earlier steps left
		 * behind (RCU callbacks) whenever it likes: not part of the step
		 */
		char *fl = strstr(line, "] ");
		bool hard = false, soft = false;
		if (fl && fl < paren)
			for (int k = 2; k < 7 && fl[k] && fl[k] != ' '; k++) {
				hard |= fl[k] == 'h' || fl[k] == 'H';
				soft |= fl[k] == 's';
			}
		if (soft)
			continue;
		if (!isret) {
			if (ncalls == capcalls) {
				capcalls = capcalls ? capcalls * 2 : 1024;
				calls = realloc(calls, capcalls * sizeof *calls);
			}
			struct call *c = &calls[ncalls];
			c->probe = pi;
			snprintf(c->args, sizeof c->args, "%s", args);
			c->has_ret = 0;
			c->depth = sp;
			c->hardirq = hard;
			if (probes[pi].rtype && sp < 64 && !c->hardirq)
				stack[sp++] = ncalls;
			ncalls++;
		} else {
			for (int k = sp - 1; k >= 0; k--)
				if (calls[stack[k]].probe == pi) {
					struct call *c = &calls[stack[k]];
					char *r = strstr(args, "ret=");
					snprintf(c->ret, sizeof c->ret, "%s", r ? r + 4 : "");
					c->has_ret = 1;
					sp = k;
					break;
				}
		}
	}
}

static bool arg_get(const char *args, const char *key, char *buf, int cap)
{
	int kl = strlen(key);
	const char *p = args;
	while (p && *p) {
		if (!strncmp(p, key, kl) && p[kl] == '=') {
			p += kl + 1;
			int n = 0;
			if (*p == '"') {
				p++;
				while (*p && *p != '"' && n < cap - 1)
					buf[n++] = *p++;
			} else {
				while (*p && *p != ' ' && n < cap - 1)
					buf[n++] = *p++;
			}
			buf[n] = 0;
			return true;
		}
		p = strchr(p, ' ');
		if (p)
			p++;
	}
	return false;
}

static void emit_calls(void)
{
	int shown = 0;
	out("\"calls\":[");
	for (int i = 0; i < ncalls; i++) {
		struct call *c = &calls[i];
		struct probe *p = &probes[c->probe];
		char v[160];
		if (i >= MAXCALLS)
			break;
		out("%s{\"fn\":\"%s\",\"depth\":%d", shown++ ? "," : "", p->fn, c->depth);
		if (c->hardirq)
			out(",\"interrupt\":true");
		/* walk the fetch args in order */
		char spec[320];
		snprintf(spec, sizeof spec, "%s", p->args);
		int irqnum = -1;
		for (char *t = strtok(spec, " "); t; t = strtok(NULL, " ")) {
			char *eq = strchr(t, '=');
			if (!eq)
				continue;
			*eq = 0;
			if (!arg_get(c->args, t, v, sizeof v))
				continue;
			if (!strcmp(t, "ev")) {
				/* INTx handlers pass something else as dev_id */
				if (irqnum >= 0 && irqnum == legacy_irq)
					continue;
				if (v[0] == '(')
					continue;
				int e = ev_of_id(atoi(v));
				if (e >= 0)
					out(",\"ev\":%d", e);
			} else if (!strcmp(t, "token")) {
				/* a producer whose registration failed has no token */
				if (!strtoull(v, NULL, 16)) {
					out(",\"ev\":null");
					break;
				}
			} else if (!strcmp(t, "map")) {
				uint64_t m = strtoull(v, NULL, 16);
				out(",\"index\":%d,\"irq\":%d", (int)(uint32_t)m, (int)(m >> 32));
			} else if (!strcmp(t, "name")) {
				out(",\"name\":");
				jstr(v);
			} else if (!strcmp(t, "msg")) {
				char h[32] = "0", d[32] = "0";
				arg_get(c->args, "hi", h, sizeof h);
				arg_get(c->args, "data", d, sizeof d);
				out(",\"msg\":[%s,%s,%s]", v, h, d);
			} else if (!strcmp(t, "hi") || !strcmp(t, "data")) {
				/* part of msg */
			} else {
				if (!strcmp(t, "irq"))
					irqnum = atoi(v);
				if (isdigit((unsigned char)v[0]) || v[0] == '-')
					out(",\"%s\":%s", t, v);
			}
		}
		if (c->has_ret && p->rtype == 'i') {
			int r = atoi(c->ret);
			if (r < 0)
				out(",\"ret\":\"%s\"", ename(-r));
			else
				out(",\"ret\":%d", r);
		} else if (c->has_ret && p->rtype == 'p') {
			int64_t r = (int64_t)strtoull(c->ret, NULL, 16);
			if (r < 0 && r > -4096)
				out(",\"ret\":\"%s\"", ename(-r));
			else
				out(",\"ret\":0");
		} else if (c->has_ret && p->rtype == 'm') {
			uint64_t m = strtoull(c->ret, NULL, 16);
			int idx = (int)(uint32_t)m;
			if (idx < 0)
				out(",\"ret\":\"%s\"", ename(-idx));
			else
				out(",\"ret\":%d", (int)(m >> 32));
		}
		out("}");
	}
	out("]");
	if (ncalls > MAXCALLS)
		out(",\"callsTruncated\":true");
}

/* ------------------------------------------------------------ emit state */
static int cmpint(const void *a, const void *b)
{
	return *(int *)a - *(int *)b;
}

static void emit_after(void)
{
	char p[320], b[512];
	int first;

	out("\"after\":{\"eventfds\":{");
	first = 1;
	for (int fd = SCRIPT_FD_MIN; fd < MAXFD; fd++)
		if (fd_kind[fd] == 1) {
			uint64_t c = 0;
			fdinfo_ev(fd, &c, NULL);
			out("%s\"%d\":%" PRIu64, first ? "" : ",", fd, c);
			first = 0;
		}
	out("}");

	/* MSI / MSI-X interrupts of the device */
	static int irqs[8192];
	int n = 0;
	char mode[16] = "";
	snprintf(p, sizeof p, "%s/msi_irqs", sysdev);
	DIR *d = opendir(p);
	if (d) {
		struct dirent *de;
		while ((de = readdir(d)))
			if (isdigit((unsigned char)de->d_name[0]) && n < 8192)
				irqs[n++] = atoi(de->d_name);
		closedir(d);
	}
	qsort(irqs, n, sizeof *irqs, cmpint);
	if (n) {
		snprintf(p, sizeof p, "%s/msi_irqs/%d", sysdev, irqs[0]);
		if (readfile(p, b, sizeof b) > 0)
			sscanf(b, "%15s", mode);
	}
	/* vector number: the hardware irq number of the msi domain, low 11 bits */
	static struct { int vec, irq, req; } v[8192];
	for (int i = 0; i < n; i++) {
		v[i].irq = irqs[i];
		v[i].vec = -1;
		v[i].req = 0;
		snprintf(p, sizeof p, "/sys/kernel/irq/%d/hwirq", irqs[i]);
		if (readfile(p, b, sizeof b) > 0 && isdigit((unsigned char)b[0]))
			v[i].vec = strtoul(b, NULL, 10) & 0x7ff;
		snprintf(p, sizeof p, "/sys/kernel/irq/%d/actions", irqs[i]);
		if (readfile(p, b, sizeof b) > 0 && b[0] > ' ') {
			char want[128];
			b[strcspn(b, "\n")] = 0;
			snprintf(want, sizeof want, "vfio-%s[%d](%s)", mode, v[i].vec, bdf);
			v[i].req = strcmp(b, want) ? 2 : 1;
		}
	}
	/* sort by vector */
	for (int i = 1; i < n; i++)
		for (int j = i; j > 0 && v[j - 1].vec > v[j].vec; j--) {
			typeof(v[0]) t = v[j];
			v[j] = v[j - 1];
			v[j - 1] = t;
		}
	out(",\"irqMode\":");
	if (n)
		jstr(mode);
	else
		out("null");
	out(",\"irqs\":[");
	for (int i = 0; i < n; i++)
		out("%s[%d,%d,%d]", i ? "," : "", v[i].vec, v[i].irq, v[i].req);
	out("]");

	/* INTx */
	int intx_req = 0;
	if (legacy_irq) {
		snprintf(p, sizeof p, "/sys/kernel/irq/%d/actions", legacy_irq);
		char want[128];
		snprintf(want, sizeof want, "vfio-intx(%s)", bdf);
		if (readfile(p, b, sizeof b) > 0 && strstr(b, want))
			intx_req = 1;
	}
	uint16_t cmd = cfg_read(4, 2), status = cfg_read(6, 2);
	out(",\"intx\":{\"requested\":%s,\"disabled\":%s,\"pending\":%s}",
	    intx_req ? "true" : "false", cmd & 0x400 ? "true" : "false",
	    status & 0x8 ? "true" : "false");
	out(",\"command\":%u", cmd);

	if (msi_cap) {
		uint16_t c = cfg_read(msi_cap + 2, 2);
		int d = c & 0x80 ? 12 : 8;
		out(",\"msi\":{\"enabled\":%s,\"vectors\":%d,\"message\":[%u,%u,%u]", c & 1 ? "true" : "false",
		    1 << ((c >> 4) & 7), cfg_read(msi_cap + 4, 4), c & 0x80 ? cfg_read(msi_cap + 8, 4) : 0,
		    cfg_read(msi_cap + d, 2));
		if (c & 0x100)
			out(",\"mask\":%u,\"pending\":%u", cfg_read(msi_cap + d + 4, 4),
			    cfg_read(msi_cap + d + 8, 4));
		out("}");
	}
	if (msix_cap) {
		uint16_t c = cfg_read(msix_cap + 2, 2);
		out(",\"msix\":{\"enabled\":%s,\"functionMask\":%s}", c & 0x8000 ? "true" : "false",
		    c & 0x4000 ? "true" : "false");
		out(",\"table\":");
		if (!(cmd & 2)) {
			out("null");
		} else {
			out("[");
			first = 1;
			for (int i = 0; i < msix_n; i++) {
				volatile uint32_t *e = (volatile uint32_t *)(table_map + i * 16);
				uint32_t lo = e[0], hi = e[1], da = e[2], ctl = e[3];
				volatile uint32_t *pb = (volatile uint32_t *)(pba_map + (i / 32) * 4);
				int pend = (*pb >> (i & 31)) & 1;
				if (!lo && !hi && !da && (ctl & 1) && !pend)
					continue;
				out("%s[%d,%u,%u,%u,%u,%d]", first ? "" : ",", i, lo, hi, da, ctl & 1, pend);
				first = 0;
			}
			out("]");
		}
	}
	out("}");
}

static void emit_log(void)
{
	char b[8192];
	int shown = 0;
	for (;;) {
		ssize_t r = read(FD_KMSG, b, sizeof b - 1);
		if (r < 0 && errno == EPIPE)
			continue;
		if (r <= 0)
			break;
		b[r] = 0;
		int lvl = atoi(b) & 7;
		char *m = strchr(b, ';');
		if (!m)
			continue;
		m++;
		m[strcspn(m, "\n")] = 0;
		if (lvl > 4)
			continue;
		/* first line of a WARN, and warnings that name our device or irqs */
		bool keep = !strncmp(m, "WARNING:", 8) || strstr(m, "vfio") || strstr(m, bdf) ||
			    strstr(m, "vector") || strstr(m, "irq") || strstr(m, "nterrupt");
		/* a message of the device to an address that the IOMMU does not map, after its entry became zero */
		if (!strncmp(m, "DMAR:", 5) || !strncmp(m, "arm-smmu", 8))
			keep = false;
		if (!keep || strstr(m, "Call Trace") || strstr(m, "Modules linked") || m[0] == ' ' ||
		    !strncmp(m, "RIP:", 4) || strchr(m, '\t'))
			continue;
		out(shown ? "," : ",\"log\":[");
		jstr(m);
		shown++;
	}
	if (shown)
		out("]");
}

/* ------------------------------------------------------------------ ops */
static char *kv(char **tok, int n, const char *key)
{
	int l = strlen(key);
	for (int i = 1; i < n; i++)
		if (!strncmp(tok[i], key, l) && tok[i][l] == '=')
			return tok[i] + l + 1;
	return NULL;
}

static uint32_t num(const char *s)
{
	return (uint32_t)strtoll(s, NULL, 0);
}

static uint8_t *edge_base;
static size_t edge_size = 64 * 4096;

struct result {
	long ret;
	int err;
};

static struct result R(long r)
{
	struct result x = { r, r < 0 ? errno : 0 };
	return x;
}

static void close_script_fd(int fd)
{
	fd_kind[fd] = 0;
}

static void settle(void)
{
	struct timespec ts = { 0, 4000000 };
	nanosleep(&ts, NULL);
}

/*
 * NVMe: an I/O completion queue per raised vector; a Flush completed on it
 * raises the vector. The admin queue completes on vector 0, which scripts
 * must not see: while queues are set up, entry 0 of the MSI-X table points
 * at our own memory, and it is put back afterwards.
 */
#define NV_IOVA 0x100000ul
#define NV_PAGES 160
static uint8_t *nv_mem;
static int nv_ready, nv_admin_tail, nv_nq;
static struct { int vec, tail, head, phase; } nv_q[65];
static struct { int head, phase; } nv_acq;

static void nv_forget(void)
{
	nv_ready = 0;
	nv_nq = 0;
}

static int nv_wait(volatile uint8_t *cqe, int phase)
{
	for (int i = 0; i < 2000; i++) {
		uint16_t st = *(volatile uint16_t *)(cqe + 14);
		if ((st & 1) == phase)
			return st >> 1;
		struct timespec ts = { 0, 50000 };
		nanosleep(&ts, NULL);
	}
	return -1;
}

static int nv_admin(uint32_t *cmd)
{
	volatile uint32_t *r = (volatile uint32_t *)bar0_map;
	cmd[0] |= (uint32_t)(nv_admin_tail + 1) << 16;
	memcpy(nv_mem + nv_admin_tail * 64, cmd, 64);
	nv_admin_tail = (nv_admin_tail + 1) % 64;
	r[0x1000 / 4] = nv_admin_tail;
	int st = nv_wait(nv_mem + 4096 + nv_acq.head * 16, nv_acq.phase);
	if (++nv_acq.head == 64) {
		nv_acq.head = 0;
		nv_acq.phase ^= 1;
	}
	r[0x1004 / 4] = nv_acq.head;
	return st ? -1 : 0;
}

static int nv_alloc(void)
{
	nv_mem = mmap(NULL, NV_PAGES * 4096, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	struct vfio_iommu_type1_dma_map m = { .argsz = sizeof m,
		.flags = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE,
		.vaddr = (uintptr_t)nv_mem, .iova = NV_IOVA, .size = NV_PAGES * 4096 };
	return ioctl(FD_CONTAINER, VFIO_IOMMU_MAP_DMA, &m) ? -1 : 0;
}

static int nv_setup(void)
{
	volatile uint32_t *r = (volatile uint32_t *)bar0_map;
	memset(nv_mem, 0, NV_PAGES * 4096);
	r[0x14 / 4] = 0; /* CC.EN = 0 */
	for (int i = 0; i < 1000 && (r[0x1c / 4] & 1); i++)
		settle();
	r[0x0c / 4] = 0xffffffff; /* INTMS: mask the pin */
	r[0x24 / 4] = 63 << 16 | 63;
	r[0x28 / 4] = NV_IOVA;
	r[0x2c / 4] = 0;
	r[0x30 / 4] = NV_IOVA + 4096;
	r[0x34 / 4] = 0;
	r[0x14 / 4] = 4 << 20 | 6 << 16 | 1;
	for (int i = 0; i < 1000 && !(r[0x1c / 4] & 1); i++)
		settle();
	if ((r[0x1c / 4] & 3) != 1)
		return -1;
	r[0x0c / 4] = 0xffffffff;
	nv_admin_tail = nv_acq.head = 0;
	nv_acq.phase = 1;
	nv_nq = 0;
	nv_ready = 1;
	return 0;
}

static int nv_queue(int vec)
{
	for (int q = 1; q <= nv_nq; q++)
		if (nv_q[q].vec == vec)
			return q;
	if (!nv_mem && nv_alloc())
		return -1;
	volatile uint32_t *e = (volatile uint32_t *)table_map, *pb = (volatile uint32_t *)pba_map;
	uint32_t save[4] = { e[0], e[1], e[2], e[3] }, pending = *pb & 1;
	e[3] = 1;
	e[0] = NV_IOVA + (NV_PAGES - 1) * 4096;
	e[1] = e[2] = 0;
	e[3] = 0;
	int q = -1;
	if ((nv_ready || !nv_setup()) && nv_nq < 64) {
		q = nv_nq + 1;
		uint32_t cq[16] = { 0x05 }, sq[16] = { 0x01 };
		uint64_t base = NV_IOVA + 4096 * (2 + 2 * q);
		cq[6] = base;
		cq[10] = 31 << 16 | q;
		cq[11] = (uint32_t)vec << 16 | 3; /* IEN, PC */
		sq[6] = base + 4096;
		sq[10] = 31 << 16 | q;
		sq[11] = (uint32_t)q << 16 | 1;
		if (nv_admin(cq) || nv_admin(sq)) {
			q = -1;
		} else {
			nv_nq = q;
			nv_q[q].vec = vec;
			nv_q[q].tail = nv_q[q].head = 0;
			nv_q[q].phase = 1;
		}
		settle();
	}
	e[3] = 1;
	e[0] = save[0];
	e[1] = save[1];
	e[2] = save[2];
	if (pending && nv_ready) { /* it was pending: make it pending again */
		uint32_t getf[16] = { 0x0a };
		getf[10] = 7;
		nv_admin(getf);
		settle();
	}
	e[3] = save[3];
	return q;
}

static int nv_raise(int vec)
{
	volatile uint32_t *r = (volatile uint32_t *)bar0_map;
	/* without MSI-X a completion queue can only be given vector 0 */
	if (vec >= msix_n || !(cfg_read(msix_cap + 2, 2) & 0x8000))
		return -1;
	int q = nv_queue(vec);
	if (q < 0) {
		errno = EIO;
		return -1;
	}
	uint8_t *cqb = nv_mem + 4096 * (2 + 2 * q), *sqb = cqb + 4096;
	uint32_t c[16] = { (uint32_t)(nv_q[q].tail + 1) << 16, 1 }; /* Flush, namespace 1 */
	memcpy(sqb + nv_q[q].tail * 64, c, 64);
	nv_q[q].tail = (nv_q[q].tail + 1) % 32;
	r[(0x1000 + 8 * q) / 4] = nv_q[q].tail;
	int st = nv_wait(cqb + nv_q[q].head * 16, nv_q[q].phase);
	settle();
	if (st < 0) {
		errno = ETIMEDOUT;
		return -1;
	}
	if (++nv_q[q].head == 32) {
		nv_q[q].head = 0;
		nv_q[q].phase ^= 1;
	}
	r[(0x1000 + 8 * q + 4) / 4] = nv_q[q].head;
	return 0;
}

static int raise_vec(int v)
{
	volatile uint32_t *r = (volatile uint32_t *)bar0_map;
	if (!r)
		return -1;
	if (!dev_open) {
		errno = ENODEV;
		return -1;
	}
	if (vendor == 0x1b36 && device_id == 0x0010)
		return nv_raise(v);
	if (vendor == 0x8086 && device_id == 0x10d3) { /* e1000e: one cause, mapped to v */
		r[0xd8 / 4] = 0xffffffff;      /* IMC */
		(void)r[0xc0 / 4];             /* ICR, read to clear */
		r[0xc0 / 4] = 0xffffffff;
		r[0xe4 / 4] = 0x8 | (v & 7);   /* IVAR: RXQ0 -> v, valid */
		r[0xdc / 4] = 0x00100000;      /* EIAC: auto-clear RXQ0 */
		r[0xd0 / 4] = 0x00100000;      /* IMS */
		r[0xc8 / 4] = 0x00100000;      /* ICS: raise it */
		settle();
		return 0;
	}
	if (vendor == 0x1234 && device_id == 0x11e8) { /* edu */
		r[0x60 / 4] = 1;
		settle();
		return 0;
	}
	return -1;
}

static int lower(void)
{
	volatile uint32_t *r = (volatile uint32_t *)bar0_map;
	if (!r)
		return -1;
	if (vendor == 0x8086 && device_id == 0x10d3) {
		r[0xd8 / 4] = 0xffffffff;
		(void)r[0xc0 / 4];
		r[0xc0 / 4] = 0xffffffff;
		settle();
		return 0;
	}
	if (vendor == 0x1234 && device_id == 0x11e8) {
		r[0x64 / 4] = r[0x24 / 4];
		settle();
		return 0;
	}
	return -1;
}

/*
 * Before a script, with the device open and no interrupts: some devices keep
 * table entries and pending bits over a reset. Pending bits are let go into
 * our own memory.
 */
static void scrub(void)
{
	if (vendor == 0x1234 || vendor == 0x8086)
		lower();
	if (msi_cap) {
		uint16_t c = cfg_read(msi_cap + 2, 2) & ~0x71;
		uint32_t zero = 0;
		int d = c & 0x80 ? 12 : 8;
		if (pwrite(FD_CONFIG, &c, 2, msi_cap + 2) != 2 || pwrite(FD_CONFIG, &zero, 4, msi_cap + 4) != 4 ||
		    pwrite(FD_CONFIG, &zero, 2, msi_cap + d) != 2)
			return;
	}
	if (!table_map)
		return;
	int pend = 0;
	for (int i = 0; i < msix_n; i++)
		pend |= (*(volatile uint32_t *)(pba_map + (i / 32) * 4) >> (i & 31)) & 1;
	if (pend && (nv_mem || !nv_alloc())) {
		uint16_t ctl = cfg_read(msix_cap + 2, 2), on = ctl | 0x8000;
		if (pwrite(FD_CONFIG, &on, 2, msix_cap + 2) == 2)
			for (int i = 0; i < msix_n; i++) {
				volatile uint32_t *e = (volatile uint32_t *)(table_map + i * 16);
				if (!((*(volatile uint32_t *)(pba_map + (i / 32) * 4) >> (i & 31)) & 1))
					continue;
				e[0] = NV_IOVA + (NV_PAGES - 1) * 4096;
				e[1] = e[2] = 0;
				e[3] = 0;
				e[3] = 1;
			}
		if (pwrite(FD_CONFIG, &ctl, 2, msix_cap + 2) != 2)
			return;
	}
	for (int i = 0; i < msix_n; i++) {
		volatile uint32_t *e = (volatile uint32_t *)(table_map + i * 16);
		if (e[0] | e[1] | e[2] | (e[3] ^ 1)) {
			e[3] = 1;
			e[0] = e[1] = e[2] = 0;
		}
	}
}

/* ------------------------------------------------------------ faults */
#define ARM "/sys/module/inject/parameters/arm"

static int errno_of(const char *name)
{
	for (int e = 1; e < 134; e++)
		if (strerrorname_np(e) && !strcmp(strerrorname_np(e), name))
			return e;
	return 0;
}

/*
 * "fault=SITE#NTH=RESULT,..." arms inject.ko for the step, or for copy_from_user asks for a pointer to memory that is not
 * mapped. RESULT is an errno name, or for pci_alloc_irq_vectors a number of vectors. Writes ,"faults":[...].
 */
static bool arm_faults(char *s)
{
	bool bad_pointer = false;
	int k = 0;
	out(",\"faults\":[");
	for (char *one = s; one; k++) {
		char *comma = strchr(one, ','), line[128];
		char *hash = strchr(one, '#'), *eq = hash ? strchr(hash, '=') : NULL;
		if (comma)
			*comma = 0;
		if (!eq)
			die("fault %s", one);
		*hash = *eq = 0;
		int e = errno_of(eq + 1);
		out("%s{\"site\":\"%s\",\"nth\":%d,\"result\":", k ? "," : "", one, atoi(hash + 1));
		if (e)
			out("\"%s\"}", eq + 1);
		else
			out("%d}", atoi(eq + 1));
		if (!strcmp(one, "copy_from_user")) {
			bad_pointer = true;
		} else {
			snprintf(line, sizeof line, "%s %d %d", one, atoi(hash + 1), e ? -e : atoi(eq + 1));
			if (writefile(ARM, line))
				die("arm %s", line);
		}
		one = comma ? comma + 1 : NULL;
	}
	out("]");
	return bad_pointer;
}

static struct result do_set_irqs(char **tok, int n)
{
	static uint8_t data[65536];
	size_t dl = 0;
	char *s;
	int kind = 0;
	static int32_t list[16384];
	int ln = 0;
	if ((s = kv(tok, n, "i32"))) {
		kind = 1;
		while (*s) {
			int32_t v = (int32_t)strtoll(s, &s, 0);
			list[ln++] = v;
			memcpy(data + dl, &v, 4);
			dl += 4;
			if (*s == ',')
				s++;
		}
	} else if ((s = kv(tok, n, "u8"))) {
		kind = 2;
		while (*s) {
			int v = strtol(s, &s, 0);
			list[ln++] = v & 0xff;
			data[dl++] = v;
			if (*s == ',')
				s++;
		}
	}
	struct vfio_irq_set h = { 0 };
	s = kv(tok, n, "argsz");
	h.argsz = !s || !strcmp(s, "auto") ? 20 + dl : num(s);
	h.flags = num(kv(tok, n, "flags"));
	h.index = num(kv(tok, n, "index"));
	h.start = num(kv(tok, n, "start"));
	h.count = num(kv(tok, n, "count"));
	uint8_t *at = edge_base + edge_size - 20 - dl;
	memcpy(at, &h, 20);
	memcpy(at + 20, data, dl);
	out(",\"argsz\":%u,\"flags\":%u,\"index\":%u,\"start\":%u,\"count\":%u", h.argsz, h.flags,
	    h.index, h.start, h.count);
	if (kind) {
		out(",\"%s\":[", kind == 1 ? "i32" : "u8");
		for (int i = 0; i < ln; i++)
			out("%s%d", i ? "," : "", list[i]);
		out("]");
	}
	out("}");
	s = kv(tok, n, "fault");
	if (s && arm_faults(s))
		at = edge_base + edge_size;
	trace_on(1);
	long r = ioctl(FD_DEVICE, VFIO_DEVICE_SET_IRQS, at);
	struct result x = R(r);
	trace_on(0);
	if (s && writefile(ARM, "off"))
		die("disarm");
	return x;
}

/* Runs one op; has printed the "op" object (closed) when it returns. */
static struct result run_op(char **tok, int n, char *extra, size_t ecap)
{
	const char *op = tok[0];
	struct result x = { 0, 0 };
	extra[0] = 0;
	out("\"op\":{\"op\":\"%s\"", op);
	if (!strcmp(op, "set_irqs"))
		return do_set_irqs(tok, n);
	if (!strcmp(op, "eventfd")) {
		int fd = num(tok[1]);
		unsigned init = 0;
		int flags = EFD_NONBLOCK | EFD_CLOEXEC, id = -1;
		for (int i = 2; i < n; i++) {
			if (!strcmp(tok[i], "semaphore"))
				flags |= EFD_SEMAPHORE;
			else
				init = num(tok[i]);
		}
		out(",\"fd\":%d,\"initval\":%u,\"semaphore\":%s}", fd, init,
		    flags & EFD_SEMAPHORE ? "true" : "false");
		trace_on(1);
		int f = eventfd(init, flags);
		if (f >= 0) {
			place(&f, fd);
			/* replacing an open descriptor closes what was there */
			fd_kind[fd] = 1;
			fd_ev[fd] = ev_next++;
		}
		x = R(f);
		trace_on(0);
		if (f >= 0) {
			uint64_t c;
			fdinfo_ev(fd, &c, &id);
			if (evmap_n < (int)(sizeof evmap / sizeof *evmap)) {
				evmap[evmap_n].id = id;
				evmap[evmap_n++].ev = fd_ev[fd];
			}
			snprintf(extra, ecap, "\"ev\":%d", fd_ev[fd]);
		}
		return x;
	}
	if (!strcmp(op, "file")) {
		int fd = num(tok[1]);
		out(",\"fd\":%d}", fd);
		trace_on(1);
		int f = open("/dev/null", O_RDWR | O_CLOEXEC);
		if (f >= 0) {
			place(&f, fd);
			fd_kind[fd] = 2;
		}
		x = R(f);
		trace_on(0);
		return x;
	}
	if (!strcmp(op, "close")) {
		int fd = num(tok[1]);
		out(",\"fd\":%d}", fd);
		trace_on(1);
		x = R(close(fd));
		trace_on(0);
		if (fd >= 0 && fd < MAXFD)
			close_script_fd(fd);
		return x;
	}
	if (!strcmp(op, "read")) {
		int fd = num(tok[1]);
		uint64_t v = 0;
		out(",\"fd\":%d}", fd);
		trace_on(1);
		x = R(read(fd, &v, 8));
		trace_on(0);
		if (x.ret == 8)
			snprintf(extra, ecap, "\"value\":%" PRIu64, v);
		return x;
	}
	if (!strcmp(op, "write")) {
		static uint64_t words[512];
		int fd = num(tok[1]);
		char *size = kv(tok, n, "size");
		size_t length = size ? num(size) : 8;
		if (length > sizeof words)
			die("write of %zu bytes", length);
		/* the value is in the first 8 bytes, the rest is zero */
		words[0] = n > 2 ? num(tok[2]) : 1;
		out(",\"fd\":%d,\"value\":%" PRIu64, fd, words[0]);
		if (size)
			out(",\"size\":%zu", length);
		out("}");
		trace_on(1);
		x = R(write(fd, words, length));
		/* an eventfd may have a virqfd waiting on it, run from a work queue */
		settle();
		trace_on(0);
		return x;
	}
	if (!strcmp(op, "irq_info")) {
		struct vfio_irq_info ii = { .argsz = sizeof ii, .index = num(tok[1]) };
		out(",\"index\":%u}", ii.index);
		trace_on(1);
		x = R(ioctl(FD_DEVICE, VFIO_DEVICE_GET_IRQ_INFO, &ii));
		trace_on(0);
		if (!x.ret)
			snprintf(extra, ecap, "\"flags\":%u,\"count\":%u", ii.flags, ii.count);
		return x;
	}
	if (!strcmp(op, "device_info")) {
		struct vfio_device_info di = { .argsz = sizeof di };
		out("}");
		trace_on(1);
		x = R(ioctl(FD_DEVICE, VFIO_DEVICE_GET_INFO, &di));
		trace_on(0);
		if (!x.ret)
			snprintf(extra, ecap, "\"flags\":%u,\"regions\":%u,\"irqs\":%u", di.flags & 3,
				 di.num_regions, di.num_irqs);
		return x;
	}
	if (!strcmp(op, "reset")) {
		out("}");
		trace_on(1);
		x = R(ioctl(FD_DEVICE, VFIO_DEVICE_RESET));
		trace_on(0);
		nv_forget();
		return x;
	}
	if (!strcmp(op, "release")) {
		out("}");
		trace_on(1);
		x = R(close(FD_DEVICE));
		trace_on(0);
		dev_open = 0;
		nv_forget();
		return x;
	}
	if (!strcmp(op, "reopen")) {
		out("}");
		trace_on(1);
		x = R(open_device());
		trace_on(0);
		return x;
	}
	if (!strcmp(op, "cfg_read") || !strcmp(op, "cfg_write")) {
		int off = num(kv(tok, n, "off")), size = num(kv(tok, n, "size"));
		char *vs = kv(tok, n, "value");
		uint32_t v = vs ? num(vs) : 0;
		if (size > 4)
			size = 4;
		if (op[4] == 'r') {
			out(",\"off\":%d,\"size\":%d}", off, size);
			trace_on(1);
			x = R(pread(FD_DEVICE, &v, size, cfg_region_off + off));
			trace_on(0);
			snprintf(extra, ecap, "\"value\":%u", v);
		} else {
			out(",\"off\":%d,\"size\":%d,\"value\":%u}", off, size, v);
			trace_on(1);
			x = R(pwrite(FD_DEVICE, &v, size, cfg_region_off + off));
			trace_on(0);
		}
		return x;
	}
	if (!strcmp(op, "clobber")) { /* zero the message of a table entry behind the kernel's back */
		int e = num(tok[1]);
		out(",\"entry\":%d}", e);
		if (table_map && e < msix_n) {
			volatile uint32_t *t = (volatile uint32_t *)(table_map + e * 16);
			t[0] = t[1] = t[2] = 0;
		}
		return x;
	}
	if (!strcmp(op, "raise")) {
		int v = n > 1 ? num(tok[1]) : 0;
		out(",\"vector\":%d}", v);
		trace_n = 0;
		errno = EOPNOTSUPP;
		x = R(raise_vec(v));
		return x;
	}
	if (!strcmp(op, "lower")) {
		out("}");
		errno = EOPNOTSUPP;
		x = R(lower());
		return x;
	}
	out(",\"unknown\":true}");
	x.ret = -1;
	x.err = ENOSYS;
	return x;
}

static void do_step(int stepno, char *line)
{
	static char *tok[256];
	char extra[256];
	int n = 0;
	for (char *t = strtok(line, " \t"); t && n < 256; t = strtok(NULL, " \t"))
		tok[n++] = t;
	if (!n)
		return;
	out("{\"type\":\"step\",\"n\":%d,", stepno);
	struct result x = run_op(tok, n, extra, sizeof extra);
	collect_trace();
	bool fdret = !strcmp(tok[0], "eventfd") || !strcmp(tok[0], "file") || !strcmp(tok[0], "reopen");
	out(",\"ret\":%ld,\"errno\":", x.ret < 0 ? -1 : fdret ? 0 : x.ret);
	if (x.ret < 0)
		jstr(ename(x.err));
	else
		out("null");
	if (extra[0])
		out(",\"out\":{%s}", extra);
	out(",");
	parse_trace();
	emit_calls();
	out(",");
	emit_after();
	emit_log();
	out("}\n");
	flush_out();
}

/* ------------------------------------------------------------ scripts */
static char metas[16][2][256];
static int nmeta;

static const char *meta(const char *k, const char *dflt)
{
	for (int i = 0; i < nmeta; i++)
		if (!strcmp(metas[i][0], k))
			return metas[i][1];
	return dflt;
}

static void emit_header(const char *name, const char *about)
{
	struct utsname u;
	uname(&u);
	int dyn = 0;
	struct vfio_device_info di = { .argsz = sizeof di };
	ioctl(FD_DEVICE, VFIO_DEVICE_GET_INFO, &di);
	char infos[512];
	int il = 0;
	infos[0] = 0;
	for (int i = 0; i < VFIO_PCI_NUM_IRQS; i++) {
		struct vfio_irq_info ii = { .argsz = sizeof ii, .index = i };
		if (ioctl(FD_DEVICE, VFIO_DEVICE_GET_IRQ_INFO, &ii))
			continue;
		if (i == VFIO_PCI_MSIX_IRQ_INDEX && ii.count && !(ii.flags & VFIO_IRQ_INFO_NORESIZE))
			dyn = 1;
		il += snprintf(infos + il, sizeof infos - il,
			       "%s{\"index\":%d,\"flags\":%u,\"count\":%u}", il ? "," : "", i, ii.flags,
			       ii.count);
	}
	out("{\"type\":\"header\",\"format\":\"vfio-irq-recording\",\"version\":1,\"name\":");
	jstr(name);
	out(",\"about\":");
	jstr(about);
	out(",\"kernel\":{\"release\":");
	jstr(u.release);
	out(",\"driver\":");
	jstr(meta("driver", "?"));
	out("},\"machine\":{\"arch\":");
	jstr(u.machine);
	out(",\"cpus\":%ld,\"irqRemapping\":%s}", sysconf(_SC_NPROCESSORS_ONLN),
	    !strcmp(meta("intremap", "on"), "on") ? "true" : "false");
	out(",\"config\":");
	jstr(meta("config", "?"));
	out(",\"device\":{\"bdf\":");
	jstr(bdf);
	out(",\"id\":\"%04x:%04x\",\"model\":", vendor, device_id);
	jstr(meta("model", "?"));
	out(",\"msixVectors\":%d,\"msiVectors\":%d,\"intx\":%s,\"reset\":%s,\"dynamicMsix\":%s}", msix_n, msi_n,
	    intx_pin ? "true" : "false", di.flags & VFIO_DEVICE_FLAGS_RESET ? "true" : "false", dyn ? "true" : "false");
	out(",\"irqInfo\":[%s]}\n", infos);
	flush_out();
}

static void run_scripts(char *s)
{
	char name[128] = "", about[512] = "";
	int in = 0, stepno = 0;
	char *line, *nl;
	for (line = s; line && *line; line = nl ? nl + 1 : NULL) {
		nl = strchr(line, '\n');
		if (nl)
			*nl = 0;
		while (*line == ' ')
			line++;
		if (!*line || *line == ';')
			continue;
		if (*line == '@') {
			char *sp = strchr(line, ' ');
			if (sp && nmeta < 16) {
				*sp = 0;
				snprintf(metas[nmeta][0], 256, "%s", line + 1);
				snprintf(metas[nmeta++][1], 256, "%s", sp + 1);
			}
		} else if (!strncmp(line, "script ", 7)) {
			snprintf(name, sizeof name, "%s", line + 7);
			about[0] = 0;
			in = 1;
			stepno = -1;
		} else if (!strncmp(line, "about ", 6)) {
			snprintf(about, sizeof about, "%s", line + 6);
		} else if (!strcmp(line, "end")) {
			out("#end %s\n", name);
			flush_out();
			in = 0;
			/* back to a clean slate */
			if (dev_open) {
				close(FD_DEVICE);
				dev_open = 0;
				nv_forget();
			}
			for (int i = SCRIPT_FD_MIN; i < MAXFD; i++)
				if (fd_kind[i]) {
					close(i);
					fd_kind[i] = 0;
				}
		} else if (in) {
			if (stepno < 0) {
				ev_next = 0;
				evmap_n = 0;
				if (!dev_open && open_device())
					die("open device for %s", name);
				scrub();
				out("#script %s\n", name);
				emit_header(name, about);
				collect_trace();
				trace_n = 0;
				lseek(FD_KMSG, 0, SEEK_END);
				out("{\"type\":\"initial\",");
				emit_after();
				out("}\n");
				flush_out();
				stepno = 0;
			}
			do_step(stepno++, line);
		}
	}
}

/* The parameters of inject.ko: where vfio-pci-core is (vfio-pci before 5.16), from /proc/modules. */
static void vfio_range(char *buf, size_t cap, const char *more)
{
	static char b[16384];
	unsigned long size = 0, at = 0;
	if (readfile("/proc/modules", b, sizeof b) <= 0)
		die("/proc/modules");
	char *l = strstr(b, "vfio_pci_core ");
	if (!l)
		l = strstr(b, "vfio_pci ");
	if (!l || sscanf(l, "%*s %lu %*s %*s %*s 0x%lx", &size, &at) != 2)
		die("address of vfio-pci-core");
	snprintf(buf, cap, "vfio_begin=0x%lx vfio_end=0x%lx %s", at, at + size, more);
}

static void load_modules(void)
{
	static char b[8192];
	if (readfile("/mods/order", b, sizeof b) <= 0)
		die("no module list");
	for (char *l = strtok(b, "\n"); l; l = strtok(NULL, "\n")) {
		char p[256], range[96], *args = strchr(l, ' ');
		if (args)
			*args++ = 0;
		if (!strcmp(l, "inject.ko")) {
			/* "inject.ko nodyn=1": other parameters stay */
			vfio_range(range, sizeof range, args ? args : "");
			args = range;
		}
		snprintf(p, sizeof p, "/mods/%s", l);
		int fd = open(p, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			die("open %s", p);
		if (syscall(SYS_finit_module, fd, args ? args : "", 0))
			die("insmod %s", p);
		close(fd);
	}
}

int main(void)
{
	char p[320], b[512];
	ob = malloc(ocap = 1 << 20);
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	if (open_out())
		return 1;
	for (int i = 0; i < 3; i++) {
		int fd = open("/dev/null", O_RDWR);
		if (fd > 2)
			close(fd);
	}
	struct rlimit rl = { MAXFD + 64, MAXFD + 64 };
	setrlimit(RLIMIT_NOFILE, &rl);
	writefile("/proc/sys/kernel/printk", "0 0 0 0");
	writefile("/proc/sys/kernel/printk_ratelimit", "0");
	const char *e = getenv("orc_bdf");
	snprintf(bdf, sizeof bdf, "%s", e ? e : "0000:00:04.0");
	snprintf(sysdev, sizeof sysdev, "/sys/bus/pci/devices/%s", bdf);
	load_modules();

	snprintf(p, sizeof p, "%s/driver/unbind", sysdev);
	writefile(p, bdf);
	snprintf(p, sizeof p, "%s/driver_override", sysdev);
	if (writefile(p, "vfio-pci"))
		die("driver_override");
	if (writefile("/sys/bus/pci/drivers_probe", bdf))
		die("drivers_probe");
	snprintf(p, sizeof p, "%s/iommu_group", sysdev);
	ssize_t l = readlink(p, b, sizeof b - 1);
	if (l <= 0)
		die("no iommu group");
	b[l] = 0;
	int grp = atoi(strrchr(b, '/') + 1);
	snprintf(p, sizeof p, "%s/config", sysdev);
	int fd = open(p, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		die("config");
	place(&fd, FD_CONFIG);
	fd = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	if (fd < 0)
		die("container");
	place(&fd, FD_CONTAINER);
	snprintf(p, sizeof p, "/dev/vfio/%d", grp);
	fd = open(p, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		die("group %s", p);
	place(&fd, FD_GROUP);
	int cfd = FD_CONTAINER;
	if (ioctl(FD_GROUP, VFIO_GROUP_SET_CONTAINER, &cfd))
		die("set container");
	if (ioctl(FD_CONTAINER, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		die("set iommu");
	if (open_device())
		die("open device");
	probe_caps();
	edge_base = mmap(NULL, edge_size + 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	mprotect(edge_base + edge_size, 4096, PROT_NONE);
	setup_trace();
	flush_out();

	struct stat st;
	if (stat("/scripts", &st))
		die("no scripts");
	char *s = malloc(st.st_size + 1);
	readfile("/scripts", s, st.st_size + 1);
	run_scripts(s);
	out("#done\n");
	flush_out();
	reboot(RB_AUTOBOOT);
	for (;;)
		pause();
}

/* SPDX-License-Identifier: MIT
 *
 * irqscope-record: runs a script of VFIO interrupt operations (irqscope's notation) on a PCI device that is bound to
 * vfio-pci, and records the kernel's behaviour. irqscope opens the recording and compares it with its model.
 *
 *     cc -std=gnu11 -O2 -Wall -Wextra -o irqscope-record irqscope-record.c
 *
 * Needs root, the type1 container (/dev/vfio/vfio) and CONFIG_SPARSE_IRQ (/sys/kernel/irq). Read the page that comes with
 * it before you take a device from its driver: index.html.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <linux/vfio.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))
#define KERNEL_ENOTSUPP 524 /* missing in user-space headers, but some calls return it */

static int complain_to = 2; /* standard error; moved to a high number before the script runs */

/* Prints an error and exits: 1 for the script, 2 for the command line, 3 for the machine. */
static _Noreturn __attribute__((format(printf, 2, 3))) void die(int status, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	dprintf(complain_to, "irqscope-record: ");
	vdprintf(complain_to, format, arguments);
	dprintf(complain_to, "\n");
	va_end(arguments);
	exit(status);
}

static void *grown(void *memory, size_t size)
{
	memory = realloc(memory, size ? size : 1);
	if (!memory)
		die(3, "out of memory");
	return memory;
}

/* Some libcs lack strerrorname_np(). Errnos outside this table are printed as E and their number. */
static const struct { const char *name; int number; } errnos[] = {
	{ "EPERM", EPERM }, { "ENOENT", ENOENT }, { "EIO", EIO }, { "EBADF", EBADF }, { "EAGAIN", EAGAIN },
	{ "ENOMEM", ENOMEM }, { "EACCES", EACCES }, { "EFAULT", EFAULT }, { "EBUSY", EBUSY }, { "EEXIST", EEXIST },
	{ "ENODEV", ENODEV }, { "EINVAL", EINVAL }, { "EMFILE", EMFILE }, { "ENOTTY", ENOTTY }, { "ENOSPC", ENOSPC },
	{ "ERANGE", ERANGE }, { "EOPNOTSUPP", EOPNOTSUPP }, { "ENOTCONN", ENOTCONN }, { "ENOTSUPP", KERNEL_ENOTSUPP },
	{ "EINTR", EINTR }, { "ENXIO", ENXIO }, { "ENFILE", ENFILE }, { "ESPIPE", ESPIPE }, { "ETIMEDOUT", ETIMEDOUT },
};

/* ------------------------------------------------------------------------------------------ the script: words */

/* A part of the script's text. */
struct slice {
	const char *s;
	size_t n;
};

static bool is(struct slice text, const char *word)
{
	return text.n == strlen(word) && !memcmp(text.s, word, text.n);
}

/* Returns the length of the white space at p in bytes, or 0. The notation accepts Unicode white space (\s). */
static size_t space(const char *p, const char *end)
{
	static const char *const wide[] = { "\xc2\xa0",	    "\xe1\x9a\x80", "\xe2\x80\xa8", "\xe2\x80\xa9",
					    "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80", "\xef\xbb\xbf" };
	if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
		return 1;
	for (size_t i = 0; i < LENGTH(wide); i++) {
		size_t n = strlen(wide[i]);
		if ((size_t)(end - p) >= n && !memcmp(p, wide[i], n))
			return n;
	}
	/* U+2000 to U+200A */
	return end - p >= 3 && !memcmp(p, "\xe2\x80", 2) && (p[2] & 0xff) >= 0x80 && (p[2] & 0xff) <= 0x8a ? 3 : 0;
}

/* The line that is being read. Reading stops at its first problem. */
static struct {
	struct slice line;
	int number;
	struct slice *tokens;
	size_t count, capacity, next;
	const char *end; /* after the last token; missing words are reported here */
	bool wrong;
} rd;

static const char *script_name;
static int problems;

static __attribute__((format(printf, 2, 3))) void refuse_at(const char *at, const char *format, ...)
{
	va_list arguments;
	int column = 1; /* in UTF-16 units, as in the page and editors */
	for (const char *p = rd.line.s; p < at; p++)
		column += ((*p & 0xc0) != 0x80) + ((*p & 0xf8) == 0xf0);
	va_start(arguments, format);
	dprintf(complain_to, "%s:%d:%d: ", script_name, rd.number, column);
	vdprintf(complain_to, format, arguments);
	va_end(arguments);
	problems++;
}

/* Reports that `expected` is accepted instead of `token`, or instead of the end of the line. */
static void refuse(const char *expected, const struct slice *token)
{
	if (rd.wrong)
		return;
	rd.wrong = true;
	refuse_at(token ? token->s : rd.end, "expected %s, found ", expected);
	if (token)
		dprintf(complain_to, "\"%.*s\"\n", (int)(token->n > 40 ? 40 : token->n), token->s);
	else
		dprintf(complain_to, "the end of the line\n");
}

/* Cuts a line into words and signs. A # starts a comment only at the start of a token; inside brackets a comma is a space. */
static void scan(struct slice line, int number)
{
	const char *p = line.s, *end = line.s + line.n;
	bool inside = false;
	rd.line = line;
	rd.number = number;
	rd.count = rd.next = 0;
	rd.end = line.s;
	rd.wrong = false;
	while (p < end && *p != '#') {
		size_t blank = space(p, end);
		if (blank || (inside && *p == ',')) {
			p += blank ? blank : 1;
			continue;
		}
		struct slice token = { p, 1 };
		if (strchr("[]!~", *p) && *p) {
			inside = *p == '[' || (*p != ']' && inside);
			p++;
		} else {
			while (p < end && (!*p || !strchr("[]!~", *p)) && !space(p, end) && !(inside && *p == ','))
				p++;
			token.n = p - token.s;
		}
		if (rd.count == rd.capacity)
			rd.tokens = grown(rd.tokens, (rd.capacity = rd.capacity * 2 + 16) * sizeof *rd.tokens);
		rd.tokens[rd.count++] = token;
		rd.end = p;
	}
}

static struct slice *peek(void)
{
	return rd.wrong || rd.next == rd.count ? NULL : &rd.tokens[rd.next];
}

/* The same, also after a problem. */
static struct slice *here(void)
{
	return rd.next == rd.count ? NULL : &rd.tokens[rd.next];
}

static bool take(const char *word)
{
	struct slice *token = peek();
	if (!token || !is(*token, word))
		return false;
	rd.next++;
	return true;
}

/* Takes one of the words, a list that ends with NULL. Returns its position, or -1 after a problem. */
static int one_of(const char *what, const char *const *words)
{
	struct slice *token = peek();
	for (int i = 0; token && words[i]; i++)
		if (take(words[i]))
			return i;
	refuse(what, token);
	return -1;
}

/* A kind of number and its range, both ends included. */
struct sort {
	const char *what;
	int64_t min;
	uint64_t max;
};
#define KEY_MAX 1073741823u
#define U32(name) (&(const struct sort){ name " (0 to 4294967295)", 0, UINT32_MAX })
static const struct sort DESCRIPTOR = { "a descriptor (0 to 1073741823)", 0, KEY_MAX };
static const struct sort TRIGGER_FD = { "a descriptor or -1 (-2147483648 to 2147483647)", INT32_MIN, INT32_MAX };
static const struct sort BYTE = { "a byte (0 to 255)", 0, 255 };
static const struct sort WRITTEN = { "a value (0 to 18446744073709551615)", 0, UINT64_MAX };
static const struct sort VECTOR = { "a vector (0 to 1073741823)", 0, KEY_MAX };
static const struct sort ENTRY = { "a table entry (0 to 1073741823)", 0, KEY_MAX };
static const struct sort WRITE_SIZE = { "a size (0 to 4096)", 0, 4096 };
static const struct sort SIZE = { "a size (1 to 4)", 1, 4 };

/* Reads a decimal or 0x... number. Negative numbers are returned as their bits. */
static bool integer(struct slice text, const struct sort *sort, uint64_t *value)
{
	bool minus = text.n > 1 && *text.s == '-';
	bool hex = text.n > 2 && *text.s == '0' && (text.s[1] == 'x' || text.s[1] == 'X');
	uint64_t sum = 0, base = hex ? 16 : 10;
	if (!text.n || text.n > 40)
		return false;
	for (size_t i = hex ? 2 : minus; i < text.n; i++) {
		unsigned char c = text.s[i];
		if (!(hex ? isxdigit(c) : isdigit(c)))
			return false;
		uint64_t digit = isdigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
		if (__builtin_mul_overflow(sum, base, &sum) || __builtin_add_overflow(sum, digit, &sum))
			return false;
	}
	*value = minus ? -sum : sum;
	if (minus && sum)
		return sort->min < 0 && sum <= -(uint64_t)sort->min;
	return sum <= sort->max && (sort->min <= 0 || sum >= (uint64_t)sort->min);
}

/* Reads the number in a taken text. */
static uint64_t number_in(struct slice text, const struct sort *sort)
{
	uint64_t value = 0;
	if (!integer(text, sort, &value))
		refuse(sort->what, &text);
	return value;
}

static bool at_number(void)
{
	struct slice *token = peek();
	size_t sign = token && token->n > 1 && *token->s == '-';
	return token && isdigit((unsigned char)token->s[sign]);
}

static uint64_t number(const struct sort *sort)
{
	struct slice *token = peek();
	uint64_t value = 0;
	if (!token || !integer(*token, sort, &value))
		refuse(sort->what, token);
	else
		rd.next++;
	return value;
}

/* A keyword that may appear once, in any order, with a value (`off=`) or without (`nodyn`); only one per group. */
struct setting {
	const char *word;
	char group;
	bool set;
	struct slice value;
};

/* A fact of the model's device or host, such as `host.firstIrq=30`. It is ignored, because a real device has its own facts. */
static bool is_fact(struct slice token)
{
	static const char *const facts[] = { "device.", "host.", "name=", "command=" };
	for (size_t i = 0; i < LENGTH(facts); i++)
		if (token.n > strlen(facts[i]) && !memcmp(token.s, facts[i], strlen(facts[i])))
			return memchr(token.s, '=', token.n);
	return false;
}

static void settings(const char *what, struct setting *words, size_t count, bool facts)
{
	struct slice *token;
	while ((token = peek()) && !is(*token, "!")) {
		if (facts && is_fact(*token)) {
			rd.next++;
			continue;
		}
		const char *equals = memchr(token->s, '=', token->n);
		struct slice key = { token->s, equals ? (size_t)(equals - token->s) + 1 : token->n };
		struct setting *found = NULL;
		bool used = false;
		for (size_t i = 0; i < count; i++)
			if (is(key, words[i].word))
				found = &words[i];
		for (size_t i = 0; found && i < count; i++)
			used |= words[i].set && (&words[i] == found || (found->group && words[i].group == found->group));
		if (!found || used) {
			refuse(what, token);
			return;
		}
		found->set = true;
		found->value = (struct slice){ token->s + key.n, token->n - key.n };
		rd.next++;
	}
}

/* -------------------------------------------------------------------------------------------- the script: lines */

enum kind {
	SET_IRQS, DISABLE, EVENTFD, RAISE, LOWER, READ, WRITE, CLOSE, NO_EVENTFD, IRQ_INFO, DEVICE_INFO, RESET, RELEASE,
	REOPEN, CFG_READ, CFG_WRITE, CLOBBER, HOT_RESET, HOT_RESET_INFO, KINDS,
};
static const char *const operations[] = {
	"set_irqs", "disable", "eventfd", "raise", "lower", "read", "write", "close", "file", "irq_info", "device_info",
	"reset", "release", "reopen", "cfg_read", "cfg_write", "clobber",
	"hot_reset", "hot_reset_info", NULL,
};
static const char *const indexes[] = { "intx", "msi", "msix", "err", "req", "raw", NULL }; /* in the order of their numbers */

/* The header of struct vfio_irq_set; its data is in struct op. */
struct header {
	uint32_t argsz, flags, index, start, count;
};

struct op {
	enum kind kind;
	int line;
	bool disabled;
	uint32_t number; /* descriptor, vector, entry, index or offset */
	uint32_t size;
	uint64_t value;
	bool semaphore;
	bool sized;	 /* a write with a size */
	bool brief;	 /* hot_reset_info without room for the devices */
	struct header header;
	char unit;	 /* of the data: 4 for i32, 1 for u8, 0 for none */
	int32_t *values; /* the data as written in the script */
	size_t count;
};
static struct op *script;
static size_t lines;
static bool began; /* true after the first operation; a device line is refused then */

static void add_value(struct op *op, char unit, uint64_t value)
{
	op->unit = unit;
	op->values = grown(op->values, (op->count + 1) * sizeof *op->values);
	op->values[op->count++] = (int32_t)value;
}

static uint32_t read_index(void)
{
	static const char *const words[] = { "intx", "msi", "msix", "err", "req", NULL };
	if (at_number())
		return number(U32("an index"));
	int index = one_of("an index (msix, msi, intx, err or req)", words);
	return index < 0 ? 0 : index;
}

static void read_list(struct op *op, char unit, const struct sort *sort)
{
	op->unit = unit;
	if (one_of("a list", (const char *const[]){ "[", NULL }) < 0)
		return;
	while (!rd.wrong && !take("]"))
		if (rd.next == rd.count)
			refuse("a value or \"]\"", NULL);
		else
			add_value(op, unit, number(sort));
}

/* Reads `100,-1`; an empty text is an empty list. */
static void read_values(struct op *op, char unit, struct slice text, const struct sort *sort)
{
	op->unit = unit;
	while (text.n || op->count) {
		const char *comma = memchr(text.s, ',', text.n);
		struct slice part = { text.s, comma ? (size_t)(comma - text.s) : text.n };
		add_value(op, unit, number_in(part, sort));
		if (!comma)
			return;
		text.n -= part.n + 1;
		text.s += part.n + 1;
	}
}

static void read_hex(struct op *op, struct slice text)
{
	op->unit = 1;
	bool good = text.n % 2 == 0;
	for (size_t i = 0; i < text.n; i++)
		good &= isxdigit((unsigned char)text.s[i]) != 0;
	if (!good)
		refuse("bytes, two hex digits each", &text);
	for (size_t i = 0; good && i < text.n; i += 2)
		add_value(op, 1, strtoul((char[]){ text.s[i], text.s[i + 1], 0 }, NULL, 16));
}

static void read_raw(struct op *op)
{
	struct setting w[] = { { .word = "argsz=" }, { .word = "flags=" }, { .word = "index=" }, { .word = "start=" },
			       { .word = "count=" }, { "i32=", 'd', 0, { 0 } }, { "u8=", 'd', 0, { 0 } }, { "data=", 'd', 0, { 0 } } };
	uint32_t *fields[] = { &op->header.argsz, &op->header.flags, &op->header.index, &op->header.start, &op->header.count };
	settings("a field of struct vfio_irq_set", w, LENGTH(w), false);
	for (size_t i = 0; i < LENGTH(fields); i++)
		if (w[i].set)
			*fields[i] = number_in(w[i].value, U32("a field"));
		else
			refuse(w[i].word, here());
	if (w[5].set)
		read_values(op, 4, w[5].value, &TRIGGER_FD);
	else if (w[6].set)
		read_values(op, 1, w[6].value, &BYTE);
	else if (w[7].set)
		read_hex(op, w[7].value);
}

static void read_set_irqs(struct op *op)
{
	static const char *const actions[] = { "mask", "unmask", "trigger", NULL }; /* in the order of their bits */
	static const char *const types[] = { "none", "bool", "eventfd", NULL };
	int index = at_number() ? (int)number(U32("an index")) : one_of("an index (msix, msi, intx, err, req or raw)", indexes);
	if (index == 5 && rd.next && is(rd.tokens[rd.next - 1], "raw")) {
		read_raw(op);
		return;
	}
	int action = one_of("an action (trigger, mask or unmask)", actions);
	int type = one_of("a data type (eventfd, none or bool)", types);
	op->header.index = index;
	op->header.start = number(U32("the first vector"));
	if (type == 2)
		read_list(op, 4, &TRIGGER_FD);
	else if (type == 1)
		read_list(op, 1, &BYTE);
	else
		op->header.count = number(U32("a count"));
	if (rd.wrong)
		return;
	if (type)
		op->header.count = op->count;
	op->header.flags = VFIO_IRQ_SET_ACTION_MASK << action | VFIO_IRQ_SET_DATA_NONE << type;
	op->header.argsz = sizeof op->header + op->count * op->unit;
}

static void read_config(struct op *op, bool writes)
{
	struct setting w[] = { { .word = "off=" }, { .word = "size=" }, { .word = "value=" } };
	settings("a field", w, writes ? 3 : 2, false);
	for (int i = 0; i < 2; i++)
		if (!w[i].set)
			refuse(w[i].word, here());
	op->number = w[0].set ? number_in(w[0].value, U32("an offset")) : 0;
	op->size = w[1].set ? number_in(w[1].value, &SIZE) : 1;
	if (!writes)
		return;
	if (!w[2].set)
		refuse(w[2].word, here());
	struct sort fits = { "a value of that size", 0, op->size < 1 || op->size > 3 ? UINT32_MAX : (1u << 8 * op->size) - 1 };
	op->value = w[2].set ? number_in(w[2].value, &fits) : 0;
}

static void read_op(struct op *op)
{
	static const struct sort *const sorts[KINDS] = { [EVENTFD] = &DESCRIPTOR, [READ] = &DESCRIPTOR, [WRITE] = &DESCRIPTOR,
		[CLOSE] = &DESCRIPTOR, [NO_EVENTFD] = &DESCRIPTOR, [RAISE] = &VECTOR, [CLOBBER] = &ENTRY };
	int kind = one_of("an operation", operations);
	if (kind < 0)
		return;
	op->kind = kind;
	if (sorts[kind])
		op->number = number(sorts[kind]);
	if (kind == SET_IRQS) {
		read_set_irqs(op);
	} else if (kind == DISABLE) {
		op->kind = SET_IRQS;
		op->header = (struct header){ 20, VFIO_IRQ_SET_ACTION_TRIGGER | VFIO_IRQ_SET_DATA_NONE, read_index(), 0, 0 };
	} else if (kind == EVENTFD) {
		op->value = at_number() ? number(U32("an initial value")) : 0;
		op->semaphore = take("semaphore");
	} else if (kind == WRITE) {
		struct setting w[] = { { .word = "size=" } };
		op->value = at_number() ? number(&WRITTEN) : 1;
		settings("a field", w, 1, false);
		op->sized = w[0].set;
		op->size = w[0].set ? number_in(w[0].value, &WRITE_SIZE) : 8;
	} else if (kind == HOT_RESET_INFO) {
		op->brief = take("short");
	} else if (kind == IRQ_INFO) {
		op->number = read_index();
	} else if (kind == CFG_READ || kind == CFG_WRITE) {
		read_config(op, kind == CFG_WRITE);
	}
}

static void finish_line(void)
{
	if (here())
		refuse("the end of the line", here());
}

/* Reads `device nvme msix=8` and ignores it, because the device is given on the command line. */
static void read_device(bool again)
{
	struct setting w[] = { { .word = "msix=" }, { .word = "msi=" }, { .word = "irqs=" }, { .word = "cpu_vectors=" },
		{ .word = "nodyn" }, { .word = "noremap" }, { "intx", 'p', 0, { 0 } }, { "nointx", 'p', 0, { 0 } },
		{ "static", 'g', 0, { 0 } }, { "v2", 'g', 0, { 0 } }, { "v3", 'g', 0, { 0 } }, { "dynamic", 'g', 0, { 0 } },
		{ "track", 'g', 0, { 0 } }, { "hold", 'g', 0, { 0 } },
		/* policies of what-if kernels, a letter for each policy */
		{ "context-array", 'A', 0, { 0 } }, { "contexts-at-enable", 'A', 0, { 0 } }, { "contexts-on-demand", 'A', 0, { 0 } },
		{ "exact-range", 'B', 0, { 0 } }, { "whole-table", 'B', 0, { 0 } },
		{ "allocate-first", 'C', 0, { 0 } }, { "allocate-at-request", 'C', 0, { 0 } },
		{ "keep-on-detach", 'D', 0, { 0 } }, { "free-on-detach", 'D', 0, { 0 } },
		{ "keep-on-error", 'E', 0, { 0 } }, { "free-own-on-error", 'E', 0, { 0 } }, { "free-on-error", 'E', 0, { 0 } },
		{ "swap-by-request", 'F', 0, { 0 } }, { "hold-on-swap", 'F', 0, { 0 } },
		{ "lookup-after-detach", 'G', 0, { 0 } }, { "lookup-first", 'G', 0, { 0 } },
		{ "unwind-block", 'H', 0, { 0 } }, { "stop-block", 'H', 0, { 0 } }, { "restore-block", 'H', 0, { 0 } },
		{ "unwind-up", 'I', 0, { 0 } }, { "unwind-down", 'I', 0, { 0 } }, { "unwind-by-release", 'I', 0, { 0 } },
		{ "message-first", 'J', 0, { 0 } }, { "message-last", 'J', 0, { 0 } }, { "skip-message", 'J', 0, { 0 } },
		{ "put-eventfd", 'K', 0, { 0 } }, { "forget-eventfd-put", 'K', 0, { 0 } },
		{ "free-handler", 'L', 0, { 0 } }, { "forget-free-irq", 'L', 0, { 0 } },
		{ "check-enabled", 'M', 0, { 0 } }, { "skip-enabled-check", 'M', 0, { 0 } } };
	static const struct sort sorts[] = { { "a number of vectors (0 to 2048)", 0, 2048 }, { "a power of two, or 0 (0 to 32)", 0, 32 },
					     { "a limit (0 to 65535)", 0, 65535 }, { "a limit (0 to 65535)", 0, 65535 } };
	uint64_t values[4] = { 0 };
	if (again)
		refuse("\"device\" only once, before the first operation", here());
	take("device");
	struct slice *model = peek();
	bool named = model && isalnum((unsigned char)*model->s);
	for (size_t i = 1; named && i < model->n; i++)
		named = model->s[i] && (isalnum((unsigned char)model->s[i]) || strchr("_.:+-", model->s[i]));
	if (!named)
		refuse("the name of a device", model);
	else
		rd.next++;
	settings("a setting of the device", w, LENGTH(w), true);
	for (int i = 0; i < 4; i++)
		values[i] = w[i].set ? number_in(w[i].value, &sorts[i]) : 0;
	if (values[1] & (values[1] - 1))
		refuse(sorts[1].what, &w[1].value);
	finish_line();
}

/* The cursor of the script; only its range is checked. */
static struct {
	struct slice line;
	const char *at;
	int number;
	uint64_t place;
} cursor;

/* Reads `cursor 7` or `cursor 7.2`, the place at which the page opens the script. */
static void read_cursor(int at)
{
	if (cursor.at || began)
		refuse("\"cursor\" only once, before the first operation", here());
	take("cursor");
	struct slice *token = peek();
	if (!token || (token->n == 1 && strchr("[]!~", *token->s)))
		refuse("a line of the script, such as 3 or 3.1", token);
	else
		rd.next++;
	finish_line();
	if (rd.wrong)
		return;
	static const struct sort step = { "a kernel step (1 to 4294967295)", 1, UINT32_MAX };
	const char *dot = memchr(token->s, '.', token->n);
	struct slice line = { token->s, dot ? (size_t)(dot - token->s) : token->n };
	uint64_t place = number_in(line, U32("a line of the script"));
	if (dot) {
		struct slice rest = { dot + 1, token->n - line.n - 1 };
		number_in(rest, &step);
		if (!place)
			refuse("a line from 1 on, because line 0 has no kernel steps", token);
	}
	if (rd.wrong)
		return;
	cursor.line = rd.line;
	cursor.at = token->s;
	cursor.number = at;
	cursor.place = place;
}

/* Reads an operation and appends it to the script. */
static void read_line(int at)
{
	struct op op = { .line = at, .disabled = take("~") };
	read_op(&op);
	if (take("!")) {
		began = true;
		refuse("the end of the line, because a real kernel has no injected faults and a device no timed interrupts", &rd.tokens[rd.next - 1]);
	}
	finish_line();
	if (rd.wrong)
		return;
	began = true;
	script = grown(script, (lines + 1) * sizeof *script);
	script[lines++] = op;
}

/* The action before the next operation; without text if there is none. */
static struct {
	struct slice line;
	const char *at;
	int number;
} action;

static void refuse_action(void)
{
	if (!action.at)
		return;
	rd.line = action.line;
	rd.number = action.number;
	refuse_at(action.at, "expected an operation in the line after the action, found no operation\n");
}

/* Reads a script, prints every problem and counts them in `problems`. */
static void read_script(const char *text, size_t length)
{
	const char *p = text, *end = text + length, *stop;
	int at = 0;
	bool device = false;
	for (bool more = true; more; p = stop) {
		at++;
		for (stop = p; stop < end && *stop != '\n' && *stop != '\r'; stop++)
			;
		struct slice line = { p, stop - p };
		more = stop < end;
		stop += more ? (end - stop > 1 && !memcmp(stop, "\r\n", 2) ? 2 : 1) : 0;
		scan(line, at);
		const char *first = p;
		while (first < p + line.n && space(first, p + line.n))
			first += space(first, p + line.n);
		if (first < p + line.n && *first == '@') {
			refuse_action();
			action.line = line;
			action.at = first;
			action.number = at;
		} else if (rd.count && is(rd.tokens[0], "device")) {
			read_device(device || began);
			device |= !rd.wrong;
		} else if (rd.count && is(rd.tokens[0], "cursor")) {
			read_cursor(at);
		} else if (rd.count) {
			read_line(at);
			action.at = NULL;
		}
	}
	refuse_action();
	if (cursor.at && cursor.place > lines && !problems) {
		rd.line = cursor.line;
		rd.number = cursor.number;
		refuse_at(cursor.at, "expected a line of the script (0 to %zu), found %" PRIu64 "\n", lines, cursor.place);
	}
}

/* ---------------------------------------------------------------------------------------------------------- output */

static FILE *out;

static void print_string(const char *text)
{
	fputc('"', out);
	for (; *text; text++)
		if (*text == '"' || *text == '\\')
			fprintf(out, "\\%c", *text);
		else if ((unsigned char)*text < 0x20)
			fprintf(out, "\\u%04x", *text);
		else
			fputc(*text, out);
	fputc('"', out);
}

static const char *truth(bool it)
{
	return it ? "true" : "false";
}

/* Prints an operation in its recorded form. */
static void print_op(const struct op *op)
{
	static const char *const fields[KINDS] = { [EVENTFD] = "fd", [READ] = "fd", [WRITE] = "fd", [CLOSE] = "fd", [NO_EVENTFD] = "fd",
		[IRQ_INFO] = "index", [RAISE] = "vector", [CLOBBER] = "entry", [CFG_READ] = "off", [CFG_WRITE] = "off" };
	const struct header *h = &op->header;
	fprintf(out, "{\"op\":\"%s\"", operations[op->kind]);
	if (fields[op->kind])
		fprintf(out, ",\"%s\":%u", fields[op->kind], op->number);
	if (op->kind == CFG_READ || op->kind == CFG_WRITE)
		fprintf(out, ",\"size\":%u", op->size);
	if (op->kind == WRITE || op->kind == CFG_WRITE)
		fprintf(out, ",\"value\":%" PRIu64, op->value);
	if (op->brief)
		fputs(",\"short\":true", out);
	if (op->sized)
		fprintf(out, ",\"size\":%u", op->size);
	if (op->kind == EVENTFD)
		fprintf(out, ",\"initval\":%" PRIu64 ",\"semaphore\":%s", op->value, truth(op->semaphore));
	if (op->kind == SET_IRQS)
		fprintf(out, ",\"argsz\":%u,\"flags\":%u,\"index\":%u,\"start\":%u,\"count\":%u", h->argsz, h->flags, h->index, h->start, h->count);
	if (op->unit)
		fprintf(out, ",\"%s\":[", op->unit == 4 ? "i32" : "u8");
	for (size_t i = 0; i < op->count; i++)
		fprintf(out, "%s%d", i ? "," : "", op->values[i]);
	fputs(op->unit ? "]}" : "}", out);
}

/* ---------------------------------------------------------------------------------------------------- the device */

/* The program's own descriptors are above the numbers of a script, so that a script can use all of its numbers. */
/* From AGAIN on: further descriptors of the device, where a script opens it while it is open. */
enum { OWN = 65520, DEVICE = OWN, CONTAINER, GROUP, CONFIG, KMSG, OUTPUT, COMPLAINTS, AGAIN, LIMIT = OWN + 16 };

static char bdf[16] = "0000:";
static char sysfs[64];	/* folder of the device */
static int device_opens;	/* open descriptors of the device */
static uint64_t settle_ms = 4;
static uint32_t id;	/* vendor << 16 | device */
static int msix_cap, msi_cap, pm_cap, msix_vectors, msi_vectors;
static uint32_t table_at, pba_at; /* offset and, in the low three bits, BAR */
static int pin_irq;
static uint64_t config_offset; /* of config space in the device descriptor */

/* Moves a descriptor to one of the program's own numbers. */
static void own(int fd, int place, const char *what)
{
	if (fd < 0 || dup3(fd, place, O_CLOEXEC) < 0)
		die(3, "%s: %s", what, strerror(errno));
	close(fd);
}

/* Returns the content of a small file; empty if it is unreadable. */
static __attribute__((format(printf, 1, 2))) const char *content(const char *format, ...)
{
	static char path[256], text[4096];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(path, sizeof path, format, arguments);
	va_end(arguments);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
	if (fd >= 0)
		close(fd);
	text[n < 0 ? 0 : n] = 0;
	return text;
}

/* Reads the device's config space through sysfs, because vfio shows a virtual one. */
static uint32_t config(int offset, int size)
{
	uint32_t value = 0;
	if (pread(CONFIG, &value, size, offset) != size)
		die(3, "cannot read config space at offset %d: %s", offset, strerror(errno));
	return value;
}

/* Returns true while memory space is enabled. */
static bool in_memory_space(void)
{
	return (config(4, 2) & 2) && (!pm_cap || !(config(pm_cap + 4, 2) & 3));
}

static struct bar {
	void *memory;
	size_t size;
	bool by_vfio; /* a mapping of the device descriptor, which keeps the device open */
} bars[6];

/* Returns the memory of a BAR, or NULL. Uses sysfs, which also works while the device is closed, or else (with
 * CONFIG_IO_STRICT_DEVMEM, or on a locked-down kernel) vfio. */
static volatile uint32_t *bar(unsigned number, size_t offset)
{
	struct bar *b = number < LENGTH(bars) ? &bars[number] : NULL;
	char path[96];
	struct stat status;
	if (!b || !in_memory_space())
		return NULL;
	if (!b->memory) {
		snprintf(path, sizeof path, "%s/resource%u", sysfs, number);
		int fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd >= 0 && !fstat(fd, &status) && status.st_size > 0) {
			void *memory = mmap(NULL, status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
			if (memory != MAP_FAILED)
				*b = (struct bar){ memory, status.st_size, false };
		}
		if (fd >= 0)
			close(fd);
	}
	if (!b->memory && device_opens) {
		struct vfio_region_info region = { .argsz = sizeof region, .index = number };
		if (!ioctl(DEVICE, VFIO_DEVICE_GET_REGION_INFO, &region) && region.flags & VFIO_REGION_INFO_FLAG_MMAP) {
			void *memory = mmap(NULL, region.size, PROT_READ | PROT_WRITE, MAP_SHARED, DEVICE, region.offset);
			if (memory != MAP_FAILED)
				*b = (struct bar){ memory, region.size, true };
		}
	}
	return b->memory && offset < b->size ? (volatile uint32_t *)((char *)b->memory + offset) : NULL;
}

/* Returns an entry of the MSI-X table, or NULL if it is unreachable. */
static volatile uint32_t *table_entry(unsigned entry)
{
	return bar(table_at & 7, (table_at & ~7u) + 16 * entry);
}

static bool is_pending(unsigned entry)
{
	volatile uint32_t *word = bar(pba_at & 7, (pba_at & ~7u) + entry / 32 * 4);
	return word && *word >> (entry & 31) & 1;
}

static void settle(void)
{
	nanosleep(&(struct timespec){ settle_ms / 1000, (long)(settle_ms % 1000) * 1000000 }, NULL);
}

/* Opens the device and enables memory space and bus mastering, as every driver does first. */
static int open_device(void)
{
	struct vfio_region_info region = { .argsz = sizeof region, .index = VFIO_PCI_CONFIG_REGION_INDEX };
	uint16_t command;
	int fd = ioctl(GROUP, VFIO_GROUP_GET_DEVICE_FD, bdf);
	if (fd < 0)
		return -1;
	if (device_opens > LIMIT - AGAIN) {
		close(fd);
		errno = EMFILE;
		return -1;
	}
	own(fd, device_opens ? AGAIN + device_opens - 1 : DEVICE, "device");
	device_opens++;
	if (ioctl(DEVICE, VFIO_DEVICE_GET_REGION_INFO, &region))
		return -1;
	config_offset = region.offset;
	if (pread(DEVICE, &command, 2, config_offset + 4) != 2)
		return -1;
	command |= 0x2 | 0x4;
	return pwrite(DEVICE, &command, 2, config_offset + 4) == 2 ? 0 : -1;
}

static void find_capabilities(void)
{
	id = config(0, 2) << 16 | config(2, 2);
	int at = config(6, 2) & 0x10 ? config(0x34, 1) & 0xfc : 0;
	for (int i = 0; i < 48 && at; i++, at = config(at + 1, 1) & 0xfc) {
		int *const places[] = { [0x01] = &pm_cap, [0x05] = &msi_cap, [0x11] = &msix_cap };
		unsigned capability = config(at, 1);
		if (capability < LENGTH(places) && places[capability])
			*places[capability] = at;
	}
	if (msix_cap) {
		msix_vectors = (config(msix_cap + 2, 2) & 0x7ff) + 1;
		table_at = config(msix_cap + 4, 4);
		pba_at = config(msix_cap + 8, 4);
	}
	if (msi_cap)
		msi_vectors = 1 << (config(msi_cap + 2, 2) >> 1 & 7);
}

/* Opens container and group. Errors explain the missing part and its remedy. */
static void open_group(void)
{
	char path[128], link[256];
	struct vfio_group_status status = { .argsz = sizeof status };
	snprintf(path, sizeof path, "%s/driver", sysfs);
	ssize_t n = readlink(path, link, sizeof link - 1);
	link[n < 0 ? 0 : n] = 0;
	const char *driver = strrchr(link, '/') ? strrchr(link, '/') + 1 : "no driver";
	if (strcmp(driver, "vfio-pci"))
		die(3, "%s is bound to %s; bind it to vfio-pci first", bdf, driver);
	snprintf(path, sizeof path, "%s/iommu_group", sysfs);
	n = readlink(path, link, sizeof link - 1);
	if (n < 0)
		die(3, "%s has no IOMMU group; enable the IOMMU (intel_iommu=on, firmware setup)", bdf);
	link[n] = 0;
	const char *group = strrchr(link, '/') + 1;
	int fd = open("/dev/vfio/vfio", O_RDWR | O_CLOEXEC);
	if (fd < 0)
		die(3, "/dev/vfio/vfio: %s. Load the type1 container with 'modprobe vfio_iommu_type1'. A kernel with only "
		       "iommufd needs CONFIG_VFIO_GROUP and CONFIG_IOMMUFD_VFIO_CONTAINER", strerror(errno));
	own(fd, CONTAINER, "container");
	snprintf(path, sizeof path, "/dev/vfio/%s", group);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		die(3, "%s: %s. %s", path, strerror(errno), errno == EBUSY ? "Another program has the group open" :
		    "A kernel without CONFIG_VFIO_GROUP has iommufd only, which this program does not support");
	own(fd, GROUP, "group");
	if (ioctl(GROUP, VFIO_GROUP_GET_STATUS, &status) || !(status.flags & VFIO_GROUP_FLAGS_VIABLE))
		die(3, "another device of IOMMU group %s still has a driver; bind all devices in /sys/kernel/iommu_groups/%s/devices "
		       "to vfio-pci or to no driver", group, group);
	if (ioctl(GROUP, VFIO_GROUP_SET_CONTAINER, &(int){ CONTAINER }))
		die(3, "VFIO_GROUP_SET_CONTAINER: %s", strerror(errno));
	if (ioctl(CONTAINER, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU))
		die(3, "VFIO_SET_IOMMU with type1: %s%s", strerror(errno), errno != EPERM ? "" :
		    ". Without interrupt remapping, type1 needs vfio_iommu_type1.allow_unsafe_interrupts=1; index.html explains the risk");
	snprintf(path, sizeof path, "%s/config", sysfs);
	own(open(path, O_RDWR | O_CLOEXEC), CONFIG, path);
	if (access("/sys/kernel/irq", F_OK))
		die(3, "/sys/kernel/irq is missing; the kernel needs CONFIG_SPARSE_IRQ, and sysfs must be mounted");
	if (open_device())
		die(3, "cannot open %s: %s", bdf, strerror(errno));
	find_capabilities();
	pin_irq = atoi(content("%s/irq", sysfs));
}

/* ------------------------------------------------------------------------------- interrupts of three devices */

#define ID_NVME 0x1b360010u   /* the NVMe controller of QEMU */
#define ID_E1000E 0x808610d3u /* Intel 82574L, also as QEMU's e1000e */
#define ID_EDU 0x123411e8u    /* QEMU's edu */

static int fails(int number)
{
	errno = number;
	return -1;
}

/*
 * NVMe raises an interrupt when a command completes. Each vector gets its own I/O queue, and a Flush on it completes. The
 * admin queue that creates those queues completes on vector 0, and the script must not see that. So entry 0 of the MSI-X
 * table meanwhile points into the program's memory, and its pending bit is set again if it was set before.
 */
enum { NV_IOVA = 0x100000, NV_PAGE = 4096, NV_PAGES = 160, NV_QUEUES = 64, NV_DEPTH = 32, NV_ADMIN = 64 };
static uint8_t *nv; /* pages: admin submission, admin completion, then completion and submission of queue 1, 2 ... */
static struct queue {
	int vector, tail, head, phase;
} nv_queues[NV_QUEUES + 1]; /* 0 is the admin queue */
static int nv_count = -1;   /* I/O queues; -1 while the controller is not set up */

/* Submits a command and waits for its completion. Returns its status, or -1 after a timeout. */
static int nv_command(int number, const uint32_t *command)
{
	struct queue *q = &nv_queues[number];
	int depth = number ? NV_DEPTH : NV_ADMIN;
	uint8_t *submission = nv + (number ? 3 + 2 * number : 0) * NV_PAGE;
	volatile uint16_t *status = (void *)(nv + (number ? 2 + 2 * number : 1) * NV_PAGE + q->head * 16 + 14);
	uint32_t *slot = (uint32_t *)(submission + q->tail * 64);
	memcpy(slot, command, 64);
	slot[0] |= (uint32_t)(q->tail + 1) << 16;
	q->tail = (q->tail + 1) % depth;
	__sync_synchronize();
	*bar(0, 0x1000 + 8 * number) = q->tail;
	for (int i = 0; (*status & 1) != q->phase; i++) {
		if (i == 2000)
			return -1;
		nanosleep(&(struct timespec){ 0, 50000 }, NULL);
	}
	int result = *status >> 1;
	if (number)
		settle();
	q->head = (q->head + 1) % depth;
	q->phase ^= q->head == 0;
	*bar(0, 0x1004 + 8 * number) = q->head;
	return result;
}

static int nv_enable(void)
{
	volatile uint32_t *r = bar(0, 0);
	memset(nv, 0, NV_PAGES * NV_PAGE);
	r[0x14 / 4] = 0;
	for (int i = 0; i < 1000 && r[0x1c / 4] & 1; i++)
		settle();
	r[0x24 / 4] = (NV_ADMIN - 1) << 16 | (NV_ADMIN - 1);
	r[0x28 / 4] = NV_IOVA;
	r[0x2c / 4] = 0;
	r[0x30 / 4] = NV_IOVA + NV_PAGE;
	r[0x34 / 4] = 0;
	r[0x14 / 4] = 4 << 20 | 6 << 16 | 1;
	for (int i = 0; i < 1000 && !(r[0x1c / 4] & 1); i++)
		settle();
	r[0x0c / 4] = UINT32_MAX; /* masks the pin */
	nv_queues[0] = (struct queue){ .phase = 1 };
	nv_count = (r[0x1c / 4] & 3) == 1 ? 0 : -1;
	return nv_count;
}

/* Returns the queue of a vector, created on first use; -1 if that fails. */
static int nv_queue(int vector)
{
	for (int i = 1; i <= nv_count; i++)
		if (nv_queues[i].vector == vector)
			return i;
	if (!nv) {
		void *memory = mmap(NULL, NV_PAGES * NV_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
		struct vfio_iommu_type1_dma_map map = { .argsz = sizeof map,
			.flags = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE, .vaddr = (uintptr_t)memory,
			.iova = NV_IOVA, .size = NV_PAGES * NV_PAGE };
		if (memory == MAP_FAILED || ioctl(CONTAINER, VFIO_IOMMU_MAP_DMA, &map))
			return -1;
		nv = memory;
	}
	volatile uint32_t *entry = table_entry(0);
	uint32_t kept[4] = { entry[0], entry[1], entry[2], entry[3] };
	bool pending = is_pending(0);
	int made = -1;
	entry[3] = 1;
	entry[0] = NV_IOVA + (NV_PAGES - 1) * NV_PAGE;
	entry[1] = entry[2] = 0;
	entry[3] = 0;
	if ((nv_count >= 0 || !nv_enable()) && nv_count < NV_QUEUES) {
		int q = nv_count + 1;
		uint32_t base = NV_IOVA + NV_PAGE * (2 + 2 * q);
		uint32_t completion[16] = { 0x05, [6] = base, [10] = (NV_DEPTH - 1) << 16 | q, [11] = (uint32_t)vector << 16 | 3 };
		uint32_t submission[16] = { 0x01, [6] = base + NV_PAGE, [10] = (NV_DEPTH - 1) << 16 | q, [11] = (uint32_t)q << 16 | 1 };
		if (!nv_command(0, completion) && !nv_command(0, submission)) {
			nv_queues[q] = (struct queue){ .vector = vector, .phase = 1 };
			made = nv_count = q;
		}
		settle();
	}
	entry[3] = 1;
	entry[0] = kept[0];
	entry[1] = kept[1];
	entry[2] = kept[2];
	if (pending && nv_count >= 0) {
		nv_command(0, (uint32_t[16]){ 0x0a, [10] = 7 }); /* Get Features: completes on the masked vector 0 */
		settle();
	}
	entry[3] = kept[3];
	return made;
}

static int nv_raise(uint32_t vector)
{
	/* without MSI-X a completion queue can only be given vector 0 */
	if (vector >= (uint32_t)msix_vectors || !(config(msix_cap + 2, 2) & 0x8000))
		return fails(EOPNOTSUPP);
	if (!bar(0, 0x1000) || !table_entry(0))
		return fails(EIO);
	int queue = nv_queue(vector);
	if (queue < 0)
		return fails(EIO);
	return nv_command(queue, (uint32_t[16]){ 0x00, 1 }) < 0 ? fails(ETIMEDOUT) : 0; /* Flush of namespace 1 */
}

/* Raises a vector, or deasserts the pin (`asserts` false). Writes are lost while memory space is disabled. */
static int raise_or_lower(bool asserts, uint32_t vector)
{
	volatile uint32_t *r = bar(0, 0);
	if (asserts && !device_opens)
		return fails(ENODEV);
	switch (id) {
	case ID_NVME:
		return asserts ? nv_raise(vector) : fails(EOPNOTSUPP);
	case ID_E1000E:
		if (!r)
			break;
		r[0xd8 / 4] = UINT32_MAX; /* IMC: masks all causes */
		(void)r[0xc0 / 4];	  /* ICR: reading clears the causes */
		r[0xc0 / 4] = UINT32_MAX;
		if (!asserts)
			break;
		r[0xe4 / 4] = 0x8 | (vector & 7); /* IVAR: RXQ0 on this vector */
		r[0xdc / 4] = 0x00100000;	  /* EIAC: RXQ0 is cleared when it is sent */
		r[0xd0 / 4] = 0x00100000;	  /* IMS */
		r[0xc8 / 4] = 0x00100000;	  /* ICS: now */
		break;
	case ID_EDU:
		if (r)
			r[asserts ? 0x60 / 4 : 0x64 / 4] = asserts ? 1 : r[0x24 / 4];
		break;
	default:
		return fails(EOPNOTSUPP);
	}
	settle();
	return 0;
}

/* -------------------------------------------------------------------------------- the state after an operation */

/* The open eventfds of the script, by descriptor. */
static struct eventfd_of {
	uint32_t fd;
	int ordinal;
} *eventfds;
static size_t eventfd_count;
static int next_ordinal;
static bool sees_log;

static void forget_eventfd(uint32_t fd)
{
	for (size_t i = 0; i < eventfd_count; i++)
		if (eventfds[i].fd == fd) {
			memmove(eventfds + i, eventfds + i + 1, (--eventfd_count - i) * sizeof *eventfds);
			return;
		}
}

static void keep_eventfd(uint32_t fd, int ordinal)
{
	forget_eventfd(fd);
	eventfds = grown(eventfds, (eventfd_count + 1) * sizeof *eventfds);
	size_t i = eventfd_count++;
	for (; i && eventfds[i - 1].fd > fd; i--)
		eventfds[i] = eventfds[i - 1];
	eventfds[i] = (struct eventfd_of){ fd, ordinal };
}

struct irq {
	int vector, irq, requested;
};

static int by_vector(const void *a, const void *b)
{
	return ((const struct irq *)a)->vector - ((const struct irq *)b)->vector;
}

/* Prints `irqMode` and `irqs`: the irqs allocated for MSI or MSI-X. */
static void print_irqs(void)
{
	static struct irq irqs[4096];
	char path[96], mode[8] = "", want[64];
	size_t n = 0;
	snprintf(path, sizeof path, "%s/msi_irqs", sysfs);
	DIR *folder = opendir(path);
	for (struct dirent *entry; folder && (entry = readdir(folder)) && n < LENGTH(irqs);)
		if (isdigit((unsigned char)entry->d_name[0]))
			irqs[n++].irq = atoi(entry->d_name);
	if (folder)
		closedir(folder);
	if (n)
		sscanf(content("%s/%d", path, irqs[0].irq), "%7s", mode);
	for (size_t i = 0; i < n; i++) {
		/* the number in the domain of the device: the low eleven bits are the vector */
		irqs[i].vector = strtoul(content("/sys/kernel/irq/%d/hwirq", irqs[i].irq), NULL, 10) & 0x7ff;
		const char *actions = content("/sys/kernel/irq/%d/actions", irqs[i].irq);
		snprintf(want, sizeof want, "vfio-%s[%d](%s)\n", mode, irqs[i].vector, bdf);
		irqs[i].requested = *actions <= ' ' ? 0 : strcmp(actions, want) ? 2 : 1;
	}
	qsort(irqs, n, sizeof *irqs, by_vector);
	fprintf(out, n ? ",\"irqMode\":\"%s\",\"irqs\":[" : ",\"irqMode\":null,\"irqs\":[", mode);
	for (size_t i = 0; i < n; i++)
		fprintf(out, "%s[%d,%d,%d]", i ? "," : "", irqs[i].vector, irqs[i].irq, irqs[i].requested);
	fputc(']', out);
}

/* Prints the MSI-X table: null while memory space is disabled, absent if the table is unreachable. */
static void print_table(uint32_t command)
{
	const char *comma = "";
	if (command & 2 && !table_entry(0))
		return;
	fputs(command & 2 ? ",\"table\":[" : ",\"table\":null", out);
	for (int i = 0; command & 2 && i < msix_vectors; i++) {
		volatile uint32_t *entry = table_entry(i);
		uint32_t low = entry[0], high = entry[1], data = entry[2], masked = entry[3] & 1;
		bool pending = is_pending(i);
		if (!low && !high && !data && masked && !pending)
			continue;
		fprintf(out, "%s[%d,%u,%u,%u,%u,%d]", comma, i, low, high, data, masked, pending);
		comma = ",";
	}
	fputs(command & 2 ? "]" : "", out);
}

static void print_after(void)
{
	char want[64];
	uint32_t command = config(4, 2);
	fputs("\"after\":{\"eventfds\":{", out);
	for (size_t i = 0; i < eventfd_count; i++) {
		const char *count = strstr(content("/proc/self/fdinfo/%u", eventfds[i].fd), "eventfd-count:");
		if (!count)
			die(3, "/proc/self/fdinfo does not show the counter of an eventfd");
		fprintf(out, "%s\"%u\":%" PRIu64, i ? "," : "", eventfds[i].fd, (uint64_t)strtoull(count + 14, NULL, 16));
	}
	fputc('}', out);
	print_irqs();
	snprintf(want, sizeof want, "vfio-intx(%s)", bdf);
	fprintf(out, ",\"intx\":{\"requested\":%s,\"disabled\":%s,\"pending\":%s},\"command\":%u",
		truth(pin_irq && strstr(content("/sys/kernel/irq/%d/actions", pin_irq), want)), truth(command & 0x400),
		truth(config(6, 2) & 0x8), command);
	if (msi_cap) {
		uint32_t control = config(msi_cap + 2, 2);
		int data = msi_cap + (control & 0x80 ? 12 : 8);
		fprintf(out, ",\"msi\":{\"enabled\":%s,\"vectors\":%d,\"message\":[%u,%u,%u]", truth(control & 1),
			1 << (control >> 4 & 7), config(msi_cap + 4, 4), control & 0x80 ? config(msi_cap + 8, 4) : 0, config(data, 2));
		if (control & 0x100)
			fprintf(out, ",\"mask\":%u,\"pending\":%u", config(data + 4, 4), config(data + 8, 4));
		fputc('}', out);
	}
	if (msix_cap) {
		uint32_t control = config(msix_cap + 2, 2);
		fprintf(out, ",\"msix\":{\"enabled\":%s,\"functionMask\":%s}", truth(control & 0x8000), truth(control & 0x4000));
		print_table(command);
	}
	fputc('}', out);
}

/* Prints the kernel's warnings about interrupts or the device since the last call. */
static void print_log(void)
{
	static const char *const about[] = { "vfio", bdf, "vector", "irq", "nterrupt" };
	char record[8192];
	const char *comma = ",\"log\":[";
	for (ssize_t n; sees_log && ((n = read(KMSG, record, sizeof record - 1)) > 0 || (n < 0 && errno == EPIPE));) {
		if (n < 0)
			continue; /* some were overwritten */
		record[n] = 0;
		char *text = strchr(record, ';');
		if (!text++ || (atoi(record) & 7) > 4)
			continue;
		text[strcspn(text, "\n")] = 0;
		bool wanted = !strncmp(text, "WARNING:", 8);
		for (size_t i = 0; i < LENGTH(about); i++)
			wanted |= strstr(text, about[i]) != NULL;
		/* skips the lines of backtraces and the IOMMU's messages about wiped entries */
		if (!wanted || *text == ' ' || strchr(text, '\t') || !strncmp(text, "DMAR:", 5) ||
		    !strncmp(text, "RIP:", 4) || strstr(text, "Call Trace") || strstr(text, "Modules linked"))
			continue;
		fputs(comma, out);
		print_string(text);
		comma = ",";
	}
	fputs(*comma && comma[1] ? "" : "]", out);
}

/* ------------------------------------------------------------------------------------------------------ operations */

/* Calls VFIO_DEVICE_SET_IRQS with the structure at the end of a page, so that the memory after its data is unmapped. */
static long set_irqs(const struct op *op)
{
	size_t page = sysconf(_SC_PAGESIZE), length = sizeof op->header + op->count * op->unit;
	size_t size = (length + page - 1) / page * page;
	uint8_t *memory = mmap(NULL, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (memory == MAP_FAILED || mprotect(memory + size, page, PROT_NONE))
		die(3, "mmap: %s", strerror(errno));
	uint8_t *at = memory + size - length;
	memcpy(at, &op->header, sizeof op->header);
	for (size_t i = 0; i < op->count; i++)
		memcpy(at + sizeof op->header + i * op->unit, &op->values[i], op->unit); /* little endian: the first byte for u8 */
	long ret = ioctl(DEVICE, VFIO_DEVICE_SET_IRQS, at);
	int error = errno;
	munmap(memory, size + page);
	errno = error;
	return ret;
}

/* Moves a descriptor to the script's number, and closes the previous one there. */
static long open_at(int fd, uint32_t place)
{
	if (fd >= 0 && (uint32_t)fd != place) {
		if (dup2(fd, place) < 0)
			die(3, "dup2: %s", strerror(errno));
		close(fd);
	}
	return fd < 0 ? -1 : 0;
}

/* Runs an operation; `extra` becomes the text of `out`. */
static long perform(const struct op *op, char *extra, size_t size)
{
	struct vfio_irq_info info = { .argsz = sizeof info, .index = op->number };
	struct vfio_device_info device = { .argsz = sizeof device };
	uint64_t value = op->value;
	long ret;
	switch (op->kind) {
	case SET_IRQS:
		return set_irqs(op);
	case EVENTFD:
		ret = open_at(eventfd(value, EFD_NONBLOCK | EFD_CLOEXEC | (op->semaphore ? EFD_SEMAPHORE : 0)), op->number);
		if (!ret) {
			snprintf(extra, size, "\"ev\":%d", next_ordinal);
			keep_eventfd(op->number, next_ordinal++);
		}
		return ret;
	case NO_EVENTFD:
		ret = open_at(open("/dev/null", O_RDWR | O_CLOEXEC), op->number);
		forget_eventfd(op->number);
		return ret;
	case CLOSE:
		ret = close(op->number);
		forget_eventfd(op->number);
		return ret;
	case READ:
		ret = read(op->number, &value, 8);
		if (ret == 8)
			snprintf(extra, size, "\"value\":%" PRIu64, value);
		return ret;
	case WRITE:
		ret = write(op->number, (const uint64_t[512]){ value }, op->size);
		settle(); /* the eventfd can unmask INTx, through a work queue */
		return ret;
	case IRQ_INFO:
		ret = ioctl(DEVICE, VFIO_DEVICE_GET_IRQ_INFO, &info);
		if (!ret)
			snprintf(extra, size, "\"flags\":%u,\"count\":%u", info.flags, info.count);
		return ret;
	case DEVICE_INFO:
		ret = ioctl(DEVICE, VFIO_DEVICE_GET_INFO, &device);
		if (!ret)
			snprintf(extra, size, "\"flags\":%u,\"regions\":%u,\"irqs\":%u", device.flags & 3, device.num_regions, device.num_irqs);
		return ret;
	case RESET:
		nv_count = -1;
		return ioctl(DEVICE, VFIO_DEVICE_RESET);
	case HOT_RESET: /* argsz, flags, count, group_fds; the kernel refuses it if the bus has devices of other groups */
		nv_count = -1;
		return ioctl(DEVICE, VFIO_DEVICE_PCI_HOT_RESET, (const uint32_t[]){ 16, 0, 1, GROUP });
	case HOT_RESET_INFO: /* argsz, flags, count, and room for the list of devices */
		return ioctl(DEVICE, VFIO_DEVICE_GET_PCI_HOT_RESET_INFO, (uint32_t[1024]){ op->brief ? 12 : 4096 });
	case RELEASE:
		if (device_opens > 1)
			return close(AGAIN + --device_opens - 1);
		for (size_t i = 0; i < LENGTH(bars); i++)
			if (bars[i].by_vfio) {
				munmap(bars[i].memory, bars[i].size);
				bars[i] = (struct bar){ 0 };
			}
		nv_count = -1;
		device_opens = 0;
		return close(DEVICE);
	case REOPEN:
		return open_device();
	case CFG_READ:
		value = 0;
		ret = pread(DEVICE, &value, op->size, config_offset + op->number);
		if (ret > 0)
			snprintf(extra, size, "\"value\":%" PRIu64, value);
		return ret;
	case CFG_WRITE:
		return pwrite(DEVICE, &value, op->size, config_offset + op->number);
	case CLOBBER:
		if (op->number < (uint32_t)msix_vectors && in_memory_space()) {
			volatile uint32_t *entry = table_entry(op->number);
			if (!entry)
				return fails(EOPNOTSUPP);
			entry[0] = entry[1] = entry[2] = 0;
		}
		return 0;
	case RAISE:
		return raise_or_lower(true, op->number);
	default:
		return raise_or_lower(false, 0);
	}
}

static void print_step(int n, const struct op *op)
{
	char extra[96] = "", unnamed[16];
	fprintf(out, "{\"type\":\"step\",\"n\":%d,\"op\":", n);
	print_op(op);
	long ret = perform(op, extra, sizeof extra);
	int error = errno;
	const char *name = unnamed;
	snprintf(unnamed, sizeof unnamed, "E%d", error);
	for (size_t i = 0; i < LENGTH(errnos); i++)
		if (errnos[i].number == error)
			name = errnos[i].name;
	if (ret < 0)
		fprintf(out, ",\"ret\":-1,\"errno\":\"%s\",", name);
	else
		fprintf(out, ",\"ret\":%ld,\"errno\":null,", ret);
	if (*extra)
		fprintf(out, "\"out\":{%s},", extra);
	print_after();
	print_log();
	fputs("}\n", out);
	if (fflush(out))
		die(3, "cannot write the recording: %s", strerror(errno));
}

/* -------------------------------------------------------------------------------------------------------- the command line */

/* Returns true if the IOMMU remaps interrupts. On x86 the chip name of a remapped interrupt begins with IR-. */
static bool remaps(void)
{
#if defined(__x86_64__) || defined(__i386__)
	bool found = false;
	DIR *folder = opendir("/sys/kernel/irq");
	for (struct dirent *entry; folder && !found && (entry = readdir(folder));)
		found = !strncmp(content("/sys/kernel/irq/%s/chip_name", entry->d_name), "IR-", 3);
	if (folder)
		closedir(folder);
	return found;
#else
	return true;
#endif
}

struct options {
	const char *driver, *name, *about, *model, *configuration, *remap, *output;
	bool check;
};

static void print_header(const struct options *o)
{
	struct utsname kernel;
	struct vfio_device_info device = { .argsz = sizeof device };
	char infos[512] = "", model[32];
	bool dynamic = false;
	int major = 0, minor = 0;
	uname(&kernel);
	sscanf(kernel.release, "%d.%d", &major, &minor);
	ioctl(DEVICE, VFIO_DEVICE_GET_INFO, &device);
	for (uint32_t i = 0; i < VFIO_PCI_NUM_IRQS; i++) {
		struct vfio_irq_info info = { .argsz = sizeof info, .index = i };
		size_t n = strlen(infos);
		if (ioctl(DEVICE, VFIO_DEVICE_GET_IRQ_INFO, &info))
			continue;
		if (i == VFIO_PCI_MSIX_IRQ_INDEX)
			dynamic = info.count && !(info.flags & VFIO_IRQ_INFO_NORESIZE);
		snprintf(infos + n, sizeof infos - n, "%s{\"index\":%u,\"flags\":%u,\"count\":%u}", n ? "," : "", i, info.flags, info.count);
	}
	/* distributions backport the dynamic driver, so MSI-X without NORESIZE counts more than the release number */
	const char *driver = o->driver ? o->driver : dynamic || major > 6 || (major == 6 && minor >= 5) ? "dynamic" : "static";
	snprintf(model, sizeof model, "PCI device %04x:%04x", id >> 16, id & 0xffff);
	fprintf(out, "{\"type\":\"header\",\"format\":\"vfio-irq-recording\",\"version\":1,\"observed\":[\"state\"%s],\"name\":",
		sees_log ? ",\"log\"" : "");
	print_string(o->name);
	fputs(",\"about\":", out);
	print_string(o->about);
	fprintf(out, ",\"kernel\":{\"release\":\"%s\",\"driver\":\"%s\"},\"machine\":{\"arch\":\"%s\",\"cpus\":%ld,\"irqRemapping\":%s},\"config\":",
		kernel.release, driver, kernel.machine, sysconf(_SC_NPROCESSORS_ONLN), truth(o->remap ? !strcmp(o->remap, "on") : remaps()));
	print_string(o->configuration);
	fprintf(out, ",\"device\":{\"bdf\":\"%s\",\"id\":\"%04x:%04x\",\"model\":", bdf, id >> 16, id & 0xffff);
	print_string(o->model ? o->model : model);
	fprintf(out, ",\"msixVectors\":%d,\"msiVectors\":%d,\"intx\":%s,\"reset\":%s,\"dynamicMsix\":%s},\"irqInfo\":[%s]}\n", msix_vectors,
		msi_vectors, truth(config(0x3d, 1)), truth(device.flags & VFIO_DEVICE_FLAGS_RESET), truth(dynamic), infos);
}

/* Moves or closes inherited descriptors, so that the script can use all numbers below the program's own. */
static void make_room(const struct options *o)
{
	struct rlimit limit = { LIMIT, LIMIT };
	if (setrlimit(RLIMIT_NOFILE, &limit))
		die(3, "cannot raise the limit to %d descriptors (needs CAP_SYS_RESOURCE): %s", LIMIT, strerror(errno));
	if (dup3(2, COMPLAINTS, O_CLOEXEC) < 0)
		die(3, "standard error: %s", strerror(errno));
	complain_to = COMPLAINTS;
	own(o->output ? open(o->output, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644) : dup(1), OUTPUT, o->output ? o->output : "standard output");
	out = fdopen(OUTPUT, "w");
	DIR *folder = opendir("/proc/self/fd");
	if (!out || !folder)
		die(3, "%s: %s", folder ? "standard output" : "/proc/self/fd", strerror(errno));
	for (struct dirent *entry; (entry = readdir(folder));) {
		int fd = atoi(entry->d_name);
		if (isdigit((unsigned char)*entry->d_name) && fd < OWN && fd != dirfd(folder))
			close(fd);
	}
	closedir(folder);
}

/* Refuses scripts that use the program's own descriptors. */
static void check_descriptors(void)
{
	for (size_t i = 0; i < lines; i++) {
		const struct op *op = &script[i];
		bool opens = op->kind == EVENTFD || op->kind == NO_EVENTFD, uses = op->kind == READ || op->kind == WRITE || op->kind == CLOSE;
		bool ours = (opens && op->number >= OWN) || (uses && op->number >= OWN && op->number < LIMIT);
		for (size_t k = 0; op->unit == 4 && k < op->count; k++)
			ours |= op->values[k] >= OWN && op->values[k] < LIMIT;
		if (ours && !op->disabled)
			die(1, "%s:%d: descriptors from %d on are reserved for the program", script_name, op->line, OWN);
	}
}

static const char usage[] =
	"usage: irqscope-record [options] DEVICE SCRIPT    record DEVICE, a PCI address such as 0000:03:00.0\n"
	"       irqscope-record --check SCRIPT             only read the script and print its operations as JSON\n"
	"SCRIPT is a file in irqscope's notation, - for standard input. Options:\n"
	"  -o, --output FILE     write to FILE, which must not exist yet; default: standard output\n"
	"      --driver NAME     static, v2, v3, dynamic, track or hold; default: static up to 6.4, dynamic from 6.5 on\n"
	"      --remap on|off    whether interrupts are remapped; default: detected\n"
	"      --settle MS       time for an interrupt to arrive after raise, lower and write; default: 4\n"
	"      --name TEXT, --about TEXT, --model TEXT, --config TEXT   texts of the header\n";

static char *read_text(const char *path, size_t *length)
{
	char *text = NULL;
	FILE *file = strcmp(path, "-") ? fopen(path, "r") : stdin;
	if (!file)
		die(2, "%s: %s", path, strerror(errno));
	for (size_t n = 1; n; *length += n) {
		text = grown(text, *length + 65536);
		n = fread(text + *length, 1, 65536, file);
	}
	if (ferror(file))
		die(2, "%s is unreadable", path);
	if (file != stdin)
		fclose(file);
	return text;
}

/* Exits if an option is set to any other value. */
static void check(const char *value, const char *what, const char *const *words)
{
	for (int i = 0; value && words[i]; i++)
		if (!strcmp(value, words[i]))
			return;
	if (value)
		die(2, "--%s: unknown value \"%s\"\n%s", what, value, usage);
}

int main(int count, char **words)
{
	enum { CHECK = 256, DRIVER, REMAP, SETTLE, NAME, ABOUT, MODEL, CONFIGURATION };
	static const struct option all[] = {
		{ "check", no_argument, NULL, CHECK }, { "output", required_argument, NULL, 'o' }, { "driver", required_argument, NULL, DRIVER },
		{ "remap", required_argument, NULL, REMAP }, { "settle", required_argument, NULL, SETTLE }, { "name", required_argument, NULL, NAME },
		{ "about", required_argument, NULL, ABOUT }, { "model", required_argument, NULL, MODEL },
		{ "config", required_argument, NULL, CONFIGURATION }, { 0 },
	};
	struct options o = { .about = "", .configuration = "own" };
	const char **const texts[] = { [DRIVER - CHECK] = &o.driver, [REMAP - CHECK] = &o.remap, [NAME - CHECK] = &o.name,
		[ABOUT - CHECK] = &o.about, [MODEL - CHECK] = &o.model, [CONFIGURATION - CHECK] = &o.configuration };
	size_t length = 0;
	for (int option; (option = getopt_long(count, words, "o:", all, NULL)) != -1;)
		if (option == 'o')
			o.output = optarg;
		else if (option == CHECK)
			o.check = true;
		else if (option == SETTLE && integer((struct slice){ optarg, strlen(optarg) }, &(const struct sort){ "", 0, 10000 }, &settle_ms))
			continue;
		else if (option > CHECK && option != SETTLE)
			*texts[option - CHECK] = optarg;
		else
			die(2, "\n%s", usage);
	check(o.driver, "driver", (const char *const[]){ "static", "v2", "v3", "dynamic", "track", "hold", NULL });
	check(o.remap, "remap", (const char *const[]){ "on", "off", NULL });
	if (count - optind != (o.check ? 1 : 2))
		die(2, "\n%s", usage);
	script_name = words[count - 1];
	char *text = read_text(script_name, &length);
	read_script(text, length);
	out = stdout;
	for (size_t i = 0; o.check && i < lines; i++) {
		printf("{\"line\":%d,\"disabled\":%s,\"op\":", script[i].line, truth(script[i].disabled));
		print_op(&script[i]);
		puts("}");
	}
	if (problems)
		return 1; /* the device is untouched */
	if (o.check)
		return 0;

	unsigned parts[4];
	int end = 0;
	const char *device = words[optind];
	if (sscanf(device, "%4x:%2x:%2x.%1x%n", &parts[0], &parts[1], &parts[2], &parts[3], &end) != 4) {
		parts[0] = 0;
		end = 0;
		if (sscanf(device, "%2x:%2x.%1x%n", &parts[1], &parts[2], &parts[3], &end) != 3)
			end = 0;
	}
	if (!end || device[end])
		die(2, "%s: not a PCI address; expected the form 0000:03:00.0", device);
	snprintf(bdf, sizeof bdf, "%04x:%02x:%02x.%x", parts[0], parts[1], parts[2], parts[3]);
	snprintf(sysfs, sizeof sysfs, "/sys/bus/pci/devices/%s", bdf);
	if (access(sysfs, F_OK))
		die(3, "PCI device %s does not exist (lspci -D lists all devices)", bdf);
	if (geteuid())
		die(3, "recording a device needs root");
	check_descriptors();
	make_room(&o);
	open_group();
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if ((sees_log = log >= 0))
		own(log, KMSG, "/dev/kmsg");

	char name[128];
	const char *slash = strrchr(script_name, '/');
	snprintf(name, sizeof name, "%s", slash ? slash + 1 : script_name);
	if (strrchr(name, '.') > name)
		*strrchr(name, '.') = 0;
	if (!o.name)
		o.name = name;
	print_header(&o);
	fputs("{\"type\":\"initial\",", out);
	print_after();
	fputs("}\n", out);
	if (sees_log)
		lseek(KMSG, 0, SEEK_END);
	int n = 0;
	for (size_t i = 0; i < lines; i++)
		if (!script[i].disabled)
			print_step(n++, &script[i]);
	if (fclose(out))
		die(3, "cannot write the recording: %s", strerror(errno));
	dprintf(complain_to, "%d steps on %s\n", n, bdf);
	return 0;
}

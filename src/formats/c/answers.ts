// The part of a program that tells kernels apart: which of the compared kernels still agree with every answer so far.

import { inAscii } from '../ascii.ts';
import { literal } from './text.ts';

/** What a program observes beside the results of its calls. */
export interface Observed {
  /** Some result is the same in every kernel, and some result differs. */
  readonly equalResults: boolean;
  readonly results: boolean;
  /** Some value that a call returns is the same in every kernel, and some value differs. */
  readonly equalValues: boolean;
  readonly values: boolean;
  readonly msiIrqs: boolean;
  readonly handlers: boolean;
}

/** The names of the kernels, each with what else gives the same answers (empty without anything). */
export interface Named {
  readonly name: string;
  readonly also: string;
}

/** Returns the word for no kernel of these. */
export function noneOf(kernels: number): string {
  return kernels === 2 ? 'neither' : 'none of them';
}

/** Returns the helpers. `say` is the beginning of a call that prints, up to its format. */
export function answersText(kernels: readonly Named[], observed: Observed, say: string): readonly string[] {
  const all = `0x${(2 ** kernels.length - 1).toString(16)}`;
  const names = kernels.map(({ name }) => literal(inAscii(name))).join(', ');
  const hasOther = kernels.some(({ also }) => also !== '');
  return [
    '',
    `enum { KERNELS = ${kernels.length} };`,
    `static const char *const kernels[KERNELS] = { ${names} };`,
    ...(hasOther
      ? [
          '/* who else gives the same answers */',
          'static const char *const others[KERNELS] = {',
          ...kernels.map(({ also }) => `\t${literal(inAscii(also))},`),
          '};',
        ]
      : []),
    `static unsigned int like = ${all};\t/* the kernels that give every answer so far */`,
    ...narrow(kernels.length, say),
    ...(observed.results ? ANSWER : []),
    ...reported(say),
    ...(observed.equalResults ? CHECK : []),
    ...(observed.results ? TELL : []),
    ...(observed.equalValues ? checkValue(say) : []),
    ...(observed.values ? tellValue(say) : []),
    ...(observed.msiIrqs ? [...MSI_IRQS, ...tellMsiIrqs(say)] : []),
    ...(observed.handlers ? [...HANDLERS, ...tellHandlers(say)] : []),
    ...conclude(hasOther, say),
  ];
}

const narrow = (kernels: number, say: string) =>
  `
/* Keeps the kernels that give an answer, and ends the program when none is left. */
static void narrow(int step, unsigned int same)
{
	like &= same;
	if (like)
		return;
	${say}"these answers are those of: ${noneOf(kernels)}, first at step %d\\n", step);
	exit(1);
}`.split('\n');

const ANSWER = `
/* The result of a call in one kernel. */
struct answer {
	long ret;
	int error;
};`.split('\n');

const reported = (say: string) =>
  `
static int report(int step, const char *what, long ret)
{
	const int error = ret < 0 ? errno : 0;

	${say}"%d: %s = %ld%s%s\\n", step, what, ret,
		error ? " " : "", error ? strerror(error) : "");
	return error;
}`.split('\n');

const CHECK = `
/* A result that is the same in every kernel. */
static void check(int step, const char *what, long ret, long want, int want_error)
{
	const int error = report(step, what, ret);

	narrow(step, ret == want && error == want_error ? like : 0);
}`.split('\n');

const TELL = `
/* A result that differs between the kernels. */
static void tell(int step, const char *what, long ret, const struct answer want[KERNELS])
{
	const int error = report(step, what, ret);
	unsigned int same = 0, at;

	for (at = 0; at < KERNELS; at++)
		if (want[at].ret == ret && want[at].error == error)
			same |= 1u << at;
	narrow(step, same);
}`.split('\n');

const checkValue = (say: string) =>
  `
/* A value that is the same in every kernel. */
static void check_value(int step, const char *what, uint64_t seen, uint64_t want)
{
	${say}"%d: %s is %llu\\n", step, what, (unsigned long long)seen);
	narrow(step, seen == want ? like : 0);
}`.split('\n');

const tellValue = (say: string) =>
  `
/* A value that differs between the kernels. */
static void tell_value(int step, const char *what, uint64_t seen, const uint64_t want[KERNELS])
{
	unsigned int same = 0, at;

	${say}"%d: %s is %llu\\n", step, what, (unsigned long long)seen);
	for (at = 0; at < KERNELS; at++)
		if (want[at] == seen)
			same |= 1u << at;
	narrow(step, same);
}`.split('\n');

const MSI_IRQS = `
/* Returns the number of irqs that are allocated for MSI or MSI-X, with and without a handler. */
static int msi_irqs(void)
{
	char path[PATH_MAX];
	struct dirent *entry;
	int count = 0;
	DIR *files;

	snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/msi_irqs", address);
	files = opendir(path);
	while (files && (entry = readdir(files)))
		count += entry->d_name[0] != '.';
	if (files)
		closedir(files);
	return count;
}`.split('\n');

const tellMsiIrqs = (say: string) =>
  `
/* A number of files in msi_irqs that differs between the kernels. */
static void tell_msi_irqs(int step, const int want[KERNELS])
{
	const int seen = msi_irqs();
	unsigned int same = 0, at;

	${say}"%d: msi_irqs has %d file%s\\n", step, seen, seen == 1 ? "" : "s");
	for (at = 0; at < KERNELS; at++)
		if (want[at] == seen)
			same |= 1u << at;
	narrow(step, same);
}`.split('\n');

const HANDLERS = `
/* Returns the vectors that have a handler of vfio in /proc/interrupts, in ascending order. */
static const char *handlers(void)
{
	static unsigned char has[2048];
	static char text[5 * sizeof(has) + 1];
	FILE *file = fopen("/proc/interrupts", "r");
	char *line = NULL, *name, *to = text;
	size_t room = 0, vector;

	if (!file)
		die("/proc/interrupts");
	memset(has, 0, sizeof(has));
	while (getline(&line, &room, file) > 0) {
		for (name = line; (name = strstr(name, "vfio-msi")); name++) {
			int end = 0;

			if (sscanf(name, "vfio-msix[%zu](%n", &vector, &end) < 1)
				sscanf(name, "vfio-msi[%zu](%n", &vector, &end);
			if (end && vector < sizeof(has) &&
			    !strncmp(name + end, address, strlen(address)))
				has[vector] = 1;
		}
	}
	free(line);
	fclose(file);
	*to = '\\0';
	for (vector = 0; vector < sizeof(has); vector++)
		if (has[vector])
			to += sprintf(to, to == text ? "%zu" : " %zu", vector);
	return text;
}`.split('\n');

const tellHandlers = (say: string) =>
  `
/* Handlers that differ between the kernels. */
static void tell_handlers(int step, const char *const want[KERNELS])
{
	const char *seen = handlers();
	unsigned int same = 0, at;

	${say}"%d: vectors with a handler in /proc/interrupts: %s\\n", step, *seen ? seen : "none");
	for (at = 0; at < KERNELS; at++)
		if (!strcmp(want[at], seen))
			same |= 1u << at;
	narrow(step, same);
}`.split('\n');

const conclude = (hasOther: boolean, say: string) =>
  `
static void conclude(void)
{
	const char *before = "these answers are those of: ";
	unsigned int at;

	for (at = 0; at < KERNELS; at++) {
		if (!(like & 1u << at))
			continue;
		${say}"%s%s${hasOther ? '%s' : ''}", before, kernels[at]${hasOther ? ', others[at]' : ''});
		before = ", or of: ";
	}
	${say}"\\n");
}`.split('\n');

// A session as a C program: it sends the same system calls to a device bound to vfio-pci, checks every result, and reports
// each unexpected one. One file that needs only libc and the kernel's headers.

import type { Session } from '../../session/session.ts';
import { type CCall, callOf } from './calls.ts';
import { about, closingText, roomFor, variableText } from './frame.ts';
import { namedDescriptors, type Plan, type PlannedLine, planOf } from './plan.ts';
import { type Presumed, presumedBy } from './presumed.ts';
import { presumedText } from './presumedText.ts';
import {
  commandBits,
  helpersOf,
  helperText,
  includes,
  longestData,
  moreDevices,
  type OwnDescriptors,
  ownDescriptors,
} from './runtime.ts';
import { comment, errnoText, literal } from './text.ts';

/** The longest script of a program; a compiler takes minutes for a longer one. */
export const MOST_LINES = 5_000;
/** Lines of one function. */
const TOGETHER = 100;

/** Returns the text of the program. */
export function printProgram(session: Session): string {
  const plan = planOf(session);
  const presumed = presumedBy(session, plan);
  const named = namedDescriptors(plan.lines);
  const own = ownDescriptors(named, plan.lines);
  const calls = plan.lines.map((planned) =>
    planned.kind === 'call' ? callOf(planned.op, planned.run) : null,
  );
  const made = calls.filter((call) => call !== null);
  const helpers = helpersOf(made);
  const hasValues = made.some(({ values }) => values.length > 0);
  const parts = functions(plan.lines, calls);
  return [
    '// SPDX-License-Identifier: GPL-2.0 OR MIT',
    ...head(session, plan, presumed, made.length),
    '#define _GNU_SOURCE',
    ...includes(helpers),
    '',
    ...descriptorText(own),
    '',
    'static const char *address;',
    'static uint64_t config_offset;',
    'static unsigned int done, failed;',
    ...DIE,
    ...helperText(helpers, longestData(plan.lines)),
    ...presumedText(presumed),
    ...(made.length === 0 ? [] : CHECK),
    ...(hasValues ? CHECK_VALUE : []),
    ...parts.flatMap((lines, at) => ['', `static void part_${at + 1}(void)`, '{', ...lines, '}']),
    ...mainText(session, plan, own, named, parts.length),
    '',
  ].join('\n');
}

function head(session: Session, plan: Plan, presumed: Presumed, calls: number): readonly string[] {
  return [
    ...comment('', [
      ...about(
        session,
        plan,
        presumed,
        `${calls === 1 ? 'One system call' : `${calls} system calls`} to a device bound to vfio-pci, with a check of each result.`,
      ),
      '',
      'Build: cc -Wall -Wextra -o reproducer reproducer.c',
      'Run:   ./reproducer 0000:00:04.0',
      '',
      'The argument is the address of the device; the path of its group, /dev/vfio/N, can follow. No other program may use the device. DMA is not set up.',
      'Exits with 0 if every result is as expected, 1 if a result differs, 2 if the device cannot be opened, 3 if a presumption does not hold. ANYWAY=1 in the environment sends the calls nevertheless.',
    ]),
  ];
}

function descriptorText(own: OwnDescriptors): readonly string[] {
  const { report, container, group, device } = own;
  return [
    '/* Descriptors of the program itself: numbers that do not occur in the script. */',
    `enum { CONTAINER = ${container}, GROUP = ${group}, DEVICE = ${device}, REPORT = ${report}${moreDevices(own)} };`,
  ];
}

const DIE = String.raw`
static void die(const char *what)
{
	dprintf(REPORT, "%s: %s\n", what, strerror(errno));
	exit(2);
}`.split('\n');

const CHECK = String.raw`
static void check(int line, const char *what, long ret, long want, int want_errno)
{
	const int error = ret < 0 ? errno : 0;

	done++;
	if (ret == want && error == want_errno) {
		dprintf(REPORT, "ok    %d: %s = %ld%s%s\n", line, what, ret,
			error ? " " : "", error ? strerror(error) : "");
		return;
	}
	failed++;
	dprintf(REPORT, "WRONG %d: %s = %ld", line, what, ret);
	dprintf(REPORT, " (errno %d, %s), expected", error, strerror(error));
	dprintf(REPORT, " %ld (errno %d, %s)\n", want, want_errno, strerror(want_errno));
}`.split('\n');

const CHECK_VALUE = String.raw`
static void check_value(int line, const char *what, uint64_t seen, uint64_t want)
{
	done++;
	if (seen == want)
		return;
	failed++;
	dprintf(REPORT, "WRONG %d: %s is %llu, expected %llu\n", line, what,
		(unsigned long long)seen, (unsigned long long)want);
}`.split('\n');

/** Returns the bodies of the functions with the calls. */
function functions(
  lines: readonly PlannedLine[],
  calls: readonly (CCall | null)[],
): readonly (readonly string[])[] {
  const parts: (readonly string[])[] = [];
  for (let from = 0; from < lines.length; from += TOGETHER) {
    const part = lines.slice(from, from + TOGETHER);
    const own = calls.slice(from, from + TOGETHER);
    const declared = variableText(own);
    parts.push([
      ...declared,
      ...(declared.length === 0 ? [] : ['']),
      ...part.flatMap((planned, at) => statements(planned, own[at] ?? null)),
    ]);
  }
  return parts;
}

function statements(planned: PlannedLine, call: CCall | null): readonly string[] {
  const remarks = comment(
    '\t',
    planned.remarks.map((remark, at) => (at === 0 ? `${planned.line}: ${remark}` : remark)),
  );
  if (planned.kind === 'remark' || call === null) return remarks;
  const { line, run } = planned;
  const label = literal(call.label);
  return [
    ...remarks,
    ...call.before.map((text) => `\t${text}`),
    `\tcheck(${line}, ${label},\n\t      ${call.call}, ${call.want}, ${errnoText(run.errno)});`,
    ...call.values.map(
      ({ name, seen, want }) =>
        `\tcheck_value(${line}, ${literal(`${name} of ${call.label}`)},\n\t\t    ${seen}, ${want});`,
    ),
    ...call.after.map((text) => `\t${text}`),
  ];
}

const PRESUMED = String.raw`
	missing = unmet();
	if (uname(&host))
		die("uname");
	dprintf(REPORT, "Linux %s, %s\n", host.release, address);
	if (missing) {
		dprintf(REPORT, "This program presumes that %s. This does not hold here.\n", missing);
		if (!getenv("ANYWAY"))
			return 3;
	}`
  .split('\n')
  .slice(1);

function mainText(
  session: Session,
  plan: Plan,
  own: OwnDescriptors,
  named: readonly number[],
  parts: number,
): readonly string[] {
  const { clear, set } = commandBits(session.setup.command);
  const closing = closingText(named);
  return [
    '',
    'int main(int argc, char **argv)',
    '{',
    ...closing,
    '\tconst char *missing;',
    ...(closing.length === 0 ? [] : ['\tsize_t i;']),
    '',
    '\tif (argc < 2 || argc > 3) {',
    '\t\tfprintf(stderr, "usage: %s 0000:00:04.0 [/dev/vfio/N]\\n", argv[0]);',
    '\t\treturn 2;',
    '\t}',
    '\taddress = argv[1];',
    '\tif (dup3(STDOUT_FILENO, REPORT, O_CLOEXEC) < 0)',
    '\t\treturn 2;',
    `\tallow_descriptors(${roomFor(own, plan.lines)});`,
    ...(closing.length === 0
      ? []
      : ['\tfor (i = 0; i < sizeof(named) / sizeof(*named); i++)', '\t\tclose(named[i]);']),
    '\topen_group(argc == 3 ? argv[2] : group_path());',
    `\tif (open_device(DEVICE, ${clear}, ${set}))`,
    '\t\tdie("VFIO_GROUP_GET_DEVICE_FD");',
    ...PRESUMED,
    ...Array.from({ length: parts }, (_, at) => `\tpart_${at + 1}();`),
    '\tdprintf(REPORT, "%u results, %u not as expected\\n", done, failed);',
    '\treturn failed ? 1 : 0;',
    '}',
  ];
}

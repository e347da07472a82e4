// A session as a test for the kernel tree: a fixture of kselftest_harness.h that opens the device, and one test that sends
// the calls and checks every result.

import type { Session } from '../../session/session.ts';
import { type CCall, callOf } from './calls.ts';
import { about, closingText, roomFor, variableText } from './frame.ts';
import { namedDescriptors, type PlannedLine, planOf } from './plan.ts';
import { presumedBy } from './presumed.ts';
import { presumedText } from './presumedText.ts';
import {
  commandBits,
  helpersOf,
  helperText,
  includes,
  longestData,
  moreDevices,
  ownDescriptors,
} from './runtime.ts';
import { comment, errnoText, literal } from './text.ts';

/** The longest script of a fixture; a compiler takes minutes for a longer test. */
const MOST_TESTED = 1_000;

/** Returns the reason why a session cannot become a fixture, or null. */
export function noSelftest({ script }: Session): string | null {
  if (script.length > MOST_TESTED) return `A fixture has at most ${MOST_TESTED.toLocaleString('en')} lines.`;
  // the harness prints its results there
  const streams = script.some(({ line: { op }, disabled }) => !disabled && 'fd' in op && op.fd <= 2);
  return streams ? 'The script uses descriptors 0 to 2, which the harness needs.' : null;
}

/** Returns the text of the test, for a session without a reason in `noSelftest`. */
export function printSelftest(session: Session): string {
  const plan = planOf(session);
  const presumed = presumedBy(session, plan);
  // the harness writes to 0 to 2 even when a SET_IRQS names them
  const named = namedDescriptors(plan.lines).filter((fd) => fd > 2);
  const own = ownDescriptors(named, plan.lines);
  const calls = plan.lines.map((planned) =>
    planned.kind === 'call' ? callOf(planned.op, planned.run) : null,
  );
  const made = calls.filter((call) => call !== null);
  const { clear, set } = commandBits(session.setup.command);
  const declared = variableText(calls);
  const closing = closingText(named);
  const title = `${made.length === 1 ? 'One system call' : `${made.length} system calls`} to a device bound to vfio-pci, with a test of each result.`;
  return [
    '// SPDX-License-Identifier: GPL-2.0 OR MIT',
    ...comment('', [
      ...about(session, plan, presumed, title),
      '',
      'Belongs in tools/testing/selftests/vfio. VFIO_SELFTESTS_BDF names the device; without it, and if a presumption does not hold, the test is skipped. ANYWAY=1 in the environment runs it nevertheless.',
    ]),
    '#define _GNU_SOURCE',
    ...includes(helpersOf(made)),
    '',
    '#include "../kselftest_harness.h"',
    '',
    '/* Descriptors of the test itself: numbers that do not occur in the script. */',
    `enum { CONTAINER = ${own.container}, GROUP = ${own.group}, DEVICE = ${own.device}${moreDevices(own)} };`,
    '',
    'static const char *address;',
    'static uint64_t config_offset;',
    ...DIE,
    ...helperText(helpersOf(made), longestData(plan.lines)),
    ...presumedText(presumed),
    '',
    'FIXTURE(irqs)',
    '{',
    '\tint device;',
    '};',
    '',
    'FIXTURE_SETUP(irqs)',
    '{',
    ...closing,
    '\tconst char *missing;',
    ...(closing.length === 0 ? [] : ['\tsize_t i;']),
    '',
    '\taddress = getenv("VFIO_SELFTESTS_BDF");',
    '\tif (!address)',
    '\t\tSKIP(return, "VFIO_SELFTESTS_BDF names no device");',
    `\tallow_descriptors(${roomFor({ ...own, report: own.device }, plan.lines)});`,
    ...(closing.length === 0
      ? []
      : ['\tfor (i = 0; i < sizeof(named) / sizeof(*named); i++)', '\t\tclose(named[i]);']),
    '\topen_group(getenv("VFIO_SELFTESTS_GROUP") ?: group_path());',
    `\tASSERT_EQ(0, open_device(DEVICE, ${clear}, ${set}));`,
    '\tself->device = DEVICE;',
    '\tmissing = unmet();',
    '\tif (uname(&host))',
    '\t\tdie("uname");',
    '\tif (missing && !getenv("ANYWAY"))',
    '\t\tSKIP(return, "presumes that %s; this does not hold on Linux %s", missing, host.release);',
    '}',
    '',
    'FIXTURE_TEARDOWN(irqs)',
    '{',
    '\tclose(self->device);',
    '\tclose(GROUP);',
    '\tclose(CONTAINER);',
    '}',
    '',
    'TEST_F(irqs, script)',
    '{',
    ...declared,
    ...(declared.length === 0 ? [] : ['']),
    ...plan.lines.flatMap((planned, at) => statements(planned, calls[at] ?? null)),
    '}',
    '',
    'TEST_HARNESS_MAIN',
    '',
  ].join('\n');
}

const DIE = String.raw`
static void die(const char *what)
{
	fprintf(stderr, "# %s: %s\n", what, strerror(errno));
	exit(1);
}`.split('\n');

function statements(planned: PlannedLine, call: CCall | null): readonly string[] {
  if (planned.kind === 'remark' || call === null)
    return comment('\t', [`${planned.line}: ${planned.remarks.join('; ')}`]);
  const { line, run, remarks } = planned;
  const told = `TH_LOG("line %d: %s", ${line}, ${literal(call.label)});`;
  const errno = run.errno === null ? [] : [`\tEXPECT_EQ(${errnoText(run.errno)}, errno)`, `\t\t${told}`];
  return [
    ...comment('\t', [`${line}: ${call.label}`, ...remarks]),
    ...call.before.map((text) => `\t${text}`),
    `\tEXPECT_EQ(${call.want}, ${call.call})`,
    `\t\t${told}`,
    ...errno,
    ...call.values.flatMap(({ seen, want }) => [`\tEXPECT_EQ(${want}, ${seen})`, `\t\t${told}`]),
    ...call.after.map((text) => `\t${text}`),
  ];
}

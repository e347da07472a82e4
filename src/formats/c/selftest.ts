// A session as a test for the kernel tree: a fixture of kselftest_harness.h that opens the device with the library of
// tools/testing/selftests/vfio, and one test that sends the calls and checks every result.

import { grouped } from '../../base/grouped.ts';
import type { Op } from '../../kernel/line.ts';
import type { Session } from '../../session/session.ts';
import { type CCall, callOf, onDevice } from './calls.ts';
import { about, closingText, variableText } from './frame.ts';
import { namedDescriptors, type PlannedLine, planOf } from './plan.ts';
import { presumedBy } from './presumed.ts';
import { presumedText } from './presumedText.ts';
import { commandBits, helpersOf, helperText, longestData } from './runtime.ts';
import { comment, errnoText, literal } from './text.ts';

/** The longest script of a fixture; a compiler takes minutes for a longer test. */
const MOST_TESTED = 1_000;
/** Descriptors beside those of the script: of the harness and the library. */
const OWN = 64;

/** Operations on the descriptors that the library opens and closes. */
const OF_LIBRARY: ReadonlySet<Op['op']> = new Set(['release', 'reopen', 'hot_reset']);

/** Returns the reason why a session cannot become a fixture, or null. */
export function noSelftest({ script }: Session): string | null {
  if (script.length > MOST_TESTED) return `A fixture has at most ${grouped(MOST_TESTED)} lines.`;
  const ops = script.flatMap(({ line: { op }, disabled }) => (disabled ? [] : [op]));
  // the harness prints its results there
  if (ops.some((op) => 'fd' in op && op.fd <= 2))
    return 'The script uses descriptors 0 to 2, which the harness needs.';
  return ops.some(({ op }) => OF_LIBRARY.has(op))
    ? 'The script closes, reopens or hot-resets the device, which the library of the selftests opens.'
    : null;
}

/** Returns the text of the test, for a session without a reason in `noSelftest`. */
export function printSelftest(session: Session): string {
  const plan = planOf(session);
  const presumed = presumedBy(session, plan);
  // the harness writes to 0 to 2 even when a SET_IRQS names them
  const named = namedDescriptors(plan.lines).filter((fd) => fd > 2);
  const calls = plan.lines.map((planned) =>
    planned.kind === 'call' ? callOf(planned.op, planned.run) : null,
  );
  const made = calls.filter((call) => call !== null);
  const { clear, set } = commandBits(session.setup.command);
  const declared = variableText(calls);
  const closing = closingText(named);
  const helpers = helpersOf(made);
  const title = `${made.length === 1 ? 'One system call' : `${made.length} system calls`} to a device bound to vfio-pci, with a test of each result.`;
  return [
    '// SPDX-License-Identifier: GPL-2.0 OR MIT',
    ...comment('', [
      ...about(session, plan, presumed, title),
      '',
      'Belongs in tools/testing/selftests/vfio; add its name without ".c" to TEST_GEN_PROGS of the Makefile. It uses the library there (libvfio.h, as in Linux 7.2). VFIO_SELFTESTS_BDF or the last argument names the device. If a presumption does not hold, the test is skipped; ANYWAY=1 in the environment runs it nevertheless.',
    ]),
    ...includesOf(helpers.has('set_irqs'), helpers.has('eventfd')),
    '',
    '#include <libvfio.h>',
    '',
    '#include "kselftest_harness.h"',
    '',
    'static const char *device_bdf;',
    'static int device;',
    'static uint64_t config_offset;',
    ...DIE,
    ...helperText(helpers, longestData(plan.lines), 'by library').map(onDevice),
    ...presumedText(presumed).map(onDevice),
    '',
    'FIXTURE(irqs)',
    '{',
    '\tstruct iommu *iommu;',
    '\tstruct vfio_pci_device *device;',
    '};',
    '',
    'FIXTURE_SETUP(irqs)',
    '{',
    ...closing,
    '\tconst char *missing;',
    '\tuint16_t command;',
    ...(closing.length === 0 ? [] : ['\tsize_t i;']),
    '',
    `\tallow_descriptors(${highestOpened(session) + OWN});`,
    ...(closing.length === 0
      ? []
      : [
          '\t/* the library gets other descriptors */',
          '\tfor (i = 0; i < sizeof(named) / sizeof(*named); i++)',
          '\t\tdup2(STDIN_FILENO, named[i]);',
        ]),
    '\tself->iommu = iommu_init(default_iommu_mode);',
    '\tself->device = vfio_pci_device_init(device_bdf, self->iommu);',
    '\tdevice = self->device->fd;',
    '\tconfig_offset = self->device->config_space.offset;',
    ...(closing.length === 0
      ? []
      : ['\tfor (i = 0; i < sizeof(named) / sizeof(*named); i++)', '\t\tclose(named[i]);']),
    '\tcommand = vfio_pci_config_readw(self->device, PCI_COMMAND);',
    `\tcommand = (command & ~(${clear})) | (${set});`,
    '\tvfio_pci_config_writew(self->device, PCI_COMMAND, command);',
    '\tmissing = unmet();',
    '\tif (uname(&host))',
    '\t\tdie("uname");',
    '\tif (missing && !getenv("ANYWAY"))',
    '\t\tSKIP(return, "presumes that %s; this does not hold on Linux %s", missing, host.release);',
    '}',
    '',
    'FIXTURE_TEARDOWN(irqs)',
    '{',
    '\tvfio_pci_device_cleanup(self->device);',
    '\tiommu_cleanup(self->iommu);',
    '}',
    '',
    'TEST_F(irqs, script)',
    '{',
    ...declared,
    ...(declared.length === 0 ? [] : ['']),
    ...plan.lines.flatMap((planned, at) => statements(planned, calls[at] ?? null)),
    '}',
    '',
    'int main(int argc, char *argv[])',
    '{',
    '\tdevice_bdf = vfio_selftests_get_bdf(&argc, argv);',
    '\treturn test_harness_run(argc, argv);',
    '}',
    '',
  ].join('\n');
}

/** Returns the highest descriptor that the script opens. */
function highestOpened({ script }: Session): number {
  return script.reduce(
    (most, { line: { op } }) => (op.op === 'eventfd' || op.op === 'file' ? Math.max(most, op.fd) : most),
    OWN,
  );
}

function includesOf(setIrqs: boolean, eventfds: boolean): readonly string[] {
  const names = [
    ...['errno.h', 'fcntl.h', 'stdint.h', 'stdio.h', 'stdlib.h', 'string.h', 'unistd.h'],
    ...['sys/ioctl.h', 'sys/resource.h', 'sys/utsname.h', 'linux/pci_regs.h', 'linux/vfio.h'],
    ...(setIrqs ? ['sys/mman.h'] : []),
    ...(eventfds ? ['sys/eventfd.h'] : []),
  ];
  return ['#define _GNU_SOURCE', ...names.sort().map((name) => `#include <${name}>`)];
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
    `\tEXPECT_EQ(${call.want}, ${onDevice(call.call)})`,
    `\t\t${told}`,
    ...errno,
    ...call.values.flatMap(({ seen, want }) => [`\tEXPECT_EQ(${want}, ${seen})`, `\t\t${told}`]),
    ...call.after.map((text) => `\t${text}`),
  ];
}

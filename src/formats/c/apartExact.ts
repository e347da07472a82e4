// The program that tells kernels apart, with exactly the descriptors and fields of the script, on the runtime of the reproducer.

import { answersText } from './answers.ts';
import { type Apart, apartAbout, apartUsage, stepText } from './apart.ts';
import { closingText, roomFor, variableText } from './frame.ts';
import { namedDescriptors } from './plan.ts';
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
import { comment } from './text.ts';

/** The name of the program and its file. */
export const APART_FILE = 'which-kernel';
/** Steps of one function; a compiler takes long for a large one. */
const TOGETHER = 100;

/** Returns the text of the program. */
export function printExactApart(apart: Apart): string {
  const { plan, steps, kernels, also, observed, presumed, session } = apart;
  const named = namedDescriptors(plan.lines);
  const own = ownDescriptors(named, plan.lines);
  const calls = steps.flatMap(({ calls: [call] }) => call ?? []);
  const { clear, set } = commandBits(session.setup.command);
  const closing = closingText(named);
  const parts = Array.from({ length: Math.ceil(steps.length / TOGETHER) }, (_, at) =>
    steps.slice(at * TOGETHER, (at + 1) * TOGETHER),
  );
  const helpers = helpersOf(calls);
  const { report, container, group, device } = own;
  return [
    '// SPDX-License-Identifier: GPL-2.0 OR MIT',
    ...comment('', [...apartAbout(apart), '', ...apartUsage(APART_FILE, kernels.length)]),
    '#define _GNU_SOURCE',
    ...(observed.msiIrqs ? ['#include <dirent.h>'] : []),
    ...includes(helpers),
    '',
    '/* Descriptors of the program itself: numbers that do not occur in the script. */',
    `enum { CONTAINER = ${container}, GROUP = ${group}, DEVICE = ${device}, REPORT = ${report}${moreDevices(own)} };`,
    '',
    'static const char *address;',
    'static uint64_t config_offset;',
    ...DIE,
    ...answersText(
      kernels.map(({ name }, at) => ({ name, also: also[at] ?? '' })),
      observed,
      'dprintf(REPORT, ',
    ),
    ...helperText(helpers, longestData(plan.lines)),
    ...presumedText(presumed),
    ...parts.flatMap((part, at) => {
      const declared = variableText(part.map(({ calls: [call] }) => call ?? null));
      return [
        '',
        `static void part_${at + 1}(void)`,
        '{',
        ...declared,
        ...(declared.length === 0 ? [] : ['']),
        ...part.flatMap((step) =>
          step.calls[0] === undefined ? [] : stepText(step, step.calls[0], (text) => text),
        ),
        '}',
      ];
    }),
    '',
    'int main(int argc, char **argv)',
    '{',
    ...closing,
    '\tconst char *missing;',
    ...(closing.length === 0 ? [] : ['\tsize_t i;']),
    ...USE,
    '\tif (dup3(STDOUT_FILENO, REPORT, O_CLOEXEC) < 0)',
    '\t\treturn 2;',
    `\tallow_descriptors(${roomFor(own, plan.lines)});`,
    ...(closing.length === 0
      ? []
      : ['\tfor (i = 0; i < sizeof(named) / sizeof(*named); i++)', '\t\tclose(named[i]);']),
    '\topen_group(group_path());',
    `\tif (open_device(DEVICE, ${clear}, ${set}))`,
    '\t\tdie("VFIO_GROUP_GET_DEVICE_FD");',
    '\tmissing = unmet();',
    '\tif (uname(&host))',
    '\t\tdie("uname");',
    '\tdprintf(REPORT, "Linux %s, %s\\n", host.release, address);',
    '\tif (missing) {',
    '\t\tdprintf(REPORT, "This program presumes that %s. This does not hold here.\\n", missing);',
    '\t\treturn 3;',
    '\t}',
    ...parts.map((_, at) => `\tpart_${at + 1}();`),
    '\tconclude();',
    '\treturn 0;',
    '}',
    '',
  ].join('\n');
}

const USE = `
	if (argc != 2) {
		fprintf(stderr, "usage: %s 0000:00:04.0\\n", argv[0]);
		return 2;
	}
	address = argv[1];`.split('\n');

const DIE = String.raw`
static void die(const char *what)
{
	dprintf(REPORT, "%s: %s\n", what, strerror(errno));
	exit(2);
}`.split('\n');

// The presumptions of a program in C: sentences for its head, and a function that returns the first one that does not hold.

import { VFIO_PCI_MSIX_IRQ_INDEX } from '../../uapi/vfio.ts';
import type { Check, Presumed } from './presumed.ts';
import { comment, literal } from './text.ts';

/** Returns the presumptions as paragraphs of the comment at the top of a program. */
export function presumedAbout({ checks, unchecked }: Presumed): readonly string[] {
  const list = (texts: readonly string[]) => texts.map((text) => `- ${text}`);
  return [
    ...(checks.length === 0
      ? ['The expected results presume nothing that the program could check.']
      : [
          'The expected results presume, and the program checks before its first call, that',
          ...list(checks.map(({ holds }) => holds)),
        ]),
    ...(unchecked.length === 0
      ? []
      : ['They also presume, and no program can check, that', ...list(unchecked)]),
  ];
}

/** Returns the function `unmet`, with `host` for the kernel's name. Both need `die`. */
export function presumedText({ checks }: Presumed): readonly string[] {
  const has = (kind: Check['kind']) => checks.some((check) => check.kind === kind);
  const release = checks.find((check) => check.kind === 'release');
  return [
    '',
    'static struct utsname host;',
    ...(has('count') || has('noresize') ? IRQ_INFO : []),
    ...offered(checks),
    ...(release === undefined ? [] : releaseText(release)),
    '',
    '/* Returns the first presumption that does not hold, or NULL. */',
    'static const char *unmet(void)',
    '{',
    ...(has('device') ? ['\tuint32_t id = 0;', ''] : []),
    ...ordered(checks).flatMap(statement),
    '\treturn NULL;',
    '}',
  ];
}

/** The checks of `uname` come last, after null. */
function ordered(checks: readonly Check[]): readonly (Check | null)[] {
  const isNamed = ({ kind }: Check) => kind === 'machine' || kind === 'release';
  const last = checks.filter(isNamed);
  return [...checks.filter((check) => !isNamed(check)), ...(last.length === 0 ? [] : [null, ...last])];
}

function statement(check: Check | null): readonly string[] {
  if (check === null) return ['\tif (uname(&host))', '\t\tdie("uname");'];
  const otherwise = `\t\treturn ${literal(check.holds)};`;
  switch (check.kind) {
    case 'device':
      return [
        '\tif (pread(DEVICE, &id, sizeof(id), config_offset) != sizeof(id))',
        '\t\tdie("reading the device id");',
        `\tif (id != 0x${check.id.toString(16).padStart(8, '0')}u)`,
        otherwise,
      ];
    case 'count':
      return [
        `\tif (irq_info_of(${check.index}).count ${check.atLeast ? '<' : '!='} ${check.count})`,
        otherwise,
      ];
    case 'noresize': {
      const bit = `irq_info_of(${VFIO_PCI_MSIX_IRQ_INDEX}).flags & VFIO_IRQ_INFO_NORESIZE`;
      return [`\tif (${check.set ? `!(${bit})` : bit})`, otherwise];
    }
    case 'offer':
      return [`\tif (offered(${check.index}, ${check.count}) != ${check.ret})`, otherwise];
    case 'machine': {
      const tests = check.names.map((name) => `strcmp(host.machine, "${name}")`);
      return [`\tif (${tests.join(' && ')})`, otherwise];
    }
    case 'release':
      return ['\tif (!same_results(host.release))', otherwise];
  }
}

const IRQ_INFO = `
/* Returns what the kernel tells about an index; a count of 0 if it does not exist. */
static struct vfio_irq_info irq_info_of(uint32_t index)
{
	struct vfio_irq_info info = { .argsz = sizeof(info), .index = index };

	if (ioctl(DEVICE, VFIO_DEVICE_GET_IRQ_INFO, &info))
		info.count = info.flags = 0;
	return info;
}`.split('\n');

function offered(checks: readonly Check[]): readonly string[] {
  const counts = checks.flatMap((check) => (check.kind === 'offer' ? [check.count] : []));
  if (counts.length === 0) return [];
  return `
/*
 * Returns what enabling an index without eventfds returns: 0, or the smaller number of
 * vectors that the host has. The index is disabled again.
 */
static int offered(uint32_t index, uint32_t count)
{
	uint32_t enable[5 + ${Math.max(...counts)}] = {
		(5 + count) * sizeof(uint32_t),
		VFIO_IRQ_SET_DATA_EVENTFD | VFIO_IRQ_SET_ACTION_TRIGGER, index, 0, count,
	};
	const uint32_t disable[5] = {
		sizeof(disable), VFIO_IRQ_SET_DATA_NONE | VFIO_IRQ_SET_ACTION_TRIGGER, index, 0, 0,
	};
	uint32_t at;
	int ret;

	for (at = 0; at < count; at++)
		enable[5 + at] = (uint32_t)-1;
	ret = ioctl(DEVICE, VFIO_DEVICE_SET_IRQS, enable);
	if (!ret && ioctl(DEVICE, VFIO_DEVICE_SET_IRQS, disable))
		die("disabling the interrupts of a check");
	return ret;
}`.split('\n');
}

function releaseText({ rows }: Extract<Check, { readonly kind: 'release' }>): readonly string[] {
  const table = rows.map(
    ({ order, abi, agrees }) => `\t\t{ ${[...order, abi, agrees ? 1 : 0].join(', ')} },`,
  );
  return [
    '',
    ...comment('', [
      'Returns whether the model has the same results for a kernel of that name: those of the newest release of its series in the table that is not newer. Names of Debian up to 6.1 have an ABI number in place of the patch level.',
    ]),
    'static int same_results(const char *name)',
    '{',
    '\tstatic const struct { int major, minor, patch, abi, same; } releases[] = {',
    ...table,
    '\t};',
    ...`	int major = 0, minor = 0, patch = 0, abi = 0, series = 0, same = releases[0].same;
	size_t at;

	sscanf(name, "%d.%d.%d-%d-", &major, &minor, &patch, &abi);
	for (at = 0; at < sizeof(releases) / sizeof(*releases); at++) {
		const int earlier = releases[at].major < major ||
				    (releases[at].major == major && releases[at].minor < minor);
		const int in_series = releases[at].major == major && releases[at].minor == minor;
		const int reached = patch == 0 && abi > 0 && releases[at].abi >= 0 ?
			releases[at].abi <= abi : releases[at].patch <= patch;

		if (earlier || (in_series && (reached || !series)))
			same = releases[at].same;
		series |= in_series;
	}
	return same;
}`.split('\n'),
  ];
}

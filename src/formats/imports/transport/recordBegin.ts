// Recognises the begin of a record of each kind of trace, cheaply: one anchored expression per kind, without nested repetitions.
// The readers decide about the whole record; this only tells whether a line begins one.

/** Matches QEMU's events, which have no common prefix, by the begin of their names. */
const QEMU_NAMES =
  'amdvi|apic|e1000e?|event_notifier|eventfd|handle_qmp|ioapic|ioeventfd|iommu|iommufd|kvm|load|memory|migration|monitor|msix?|nvme|object|pcie?|qdev|qemu|qmp|runstate|savevm|spapr|system|vfio|vfu|vhost|virtio|visit|vm|vtd';

/** The time that QEMU prints with `-msg timestamp=on`. */
const QEMU_TIME = '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z ';

/** strace's lines. Its options put a process, a time or both before the call; such a prefix may be alone before a wrap. */
const STRACE =
  /^(?: {1,12}(?=\d{1,12}\.\d{6} ))?(\[pid\s{1,8}\d{1,10}\](?: {1,8}|$)|\d{1,10}(?: {1,12}|$))?(\d\d:\d\d:\d\d(?:\.\d{1,9})?(?: {1,4}|$)|\d{1,12}\.\d{3,9}(?: {1,4}|$))?(?:\(\+ {1,8}\d{1,9}\.\d{6}\) )?([a-z_]\w{1,40}\(|<\.\.\. \w{1,40} resumed>|\+\+\+ (?:exited|killed)|--- [A-Z]|$)|^\[device [a-z]/;

/** Each kind with the begin of its records; the most distinctive first. */
const KINDS: readonly (readonly [kind: string, begin: RegExp])[] = [
  [
    'qemu',
    new RegExp(
      `^(?:(?:\\d{1,10}@\\d{1,12}\\.\\d{1,9}:|${QEMU_TIME})\\w+|(?:${QEMU_NAMES})_\\w+)(?:\\s|$)|^${QEMU_TIME.trimEnd()}$`,
    ),
  ],
  ['qemu-part', /^ {2}size: 0x/],
  ['message', new RegExp(`^(?:${QEMU_TIME})?(?:qemu-[\\w-]{1,40}|qemu|kvm): `)],
  // comm has at most 15 characters, which may be spaces
  [
    'ftrace',
    /^ {0,40}[\w<(.[/].{0,16}?[-\s]\d{1,10}(?:\/\d{1,10})? {1,12}(?:\([ \d-]{1,12}\) {1,4})?\[\d{1,4}\] {1,8}(?:\S{4,7} {1,8})?\d{1,12}\.\d{6,9}:(?: |$)/,
  ],
  ['perf-trace', /^ {0,40}\d{1,12}\.\d{3} \([ \d.?]{0,16}(?: ?ms)?\): /],
  ['bpftrace', /^(?:[a-z_]{2,24} tid=\d|Attaching \d{1,6} probe|@\w{0,40}(?:\[[^\]]{0,80}\])?: )/],
  ['json', /^\s{0,12}[{[]\s{0,12}(?:["{[]|$)/],
  [
    'dmesg',
    /^(?:\[ {0,8}\d{1,9}\.\d{6}\](?:\[[^\]]{1,12}\])? (?!\S{1,64} (?:kernel|[^\s:[\]]{1,64}\[\d{1,10}\]):(?: |$))|\[[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}\] )/,
  ],
  ['kernel', /^(?:vfio-pci|vfio_pci|pcieport|genirq|irqbypass|DMAR|AMD-Vi|BUG|WARNING|RIP|Call Trace)\b[: ]/],
  ['interrupts', /^[ \t]{0,40}(?:\d{1,5}|[A-Z]{3}): (?: {0,12}\d{1,12} ){1,64} {0,12}[A-Z][A-Za-z-]{2}/],
  ['interrupts-head', /^[ \t]{1,60}CPU\d{1,4}(?:\s|$)/],
  ['lspci', /^(?:[\da-f]{4,8}:)?[\da-f]{2}:[\da-f]{2}\.[0-7] (?:[A-Z][^:]{2,80}: |")/],
  [
    'lspci-part',
    /^[\t ]{1,40}(?:Address|Bridge|Bus|Capabilities|Control|Dev(?:Cap|Ctl|Sta)\d?|Expansion ROM|Flags|I\/O ports|IOMMU group|Interrupt|Kernel (?:driver|modules)|Latency|Lnk(?:Cap|Ctl|Sta)\d?|Masking|Memory at|NUMA node|PBA|Physical Slot|Region \d|Status|Subsystem|Vector table)\b/,
  ],
  ['vmm', /^[\w.-]{1,40}: \d{1,12}\.\d{1,9}m?s: </],
  [
    'notation',
    /^\s{0,16}(?:~\s{0,4})?(?:set_irqs\s+[a-z\d]|(?:disable|irq_info)\s+(?:msix?|intx|err|req|\d)|(?:eventfd|file|close|read|write|raise|clobber)\s+\d+(?:\s+[\w=]+){0,3}\s*(?:$|[#!])|(?:device_info|reset|release|reopen|lower|hot_reset)(?:\s*$|\s+[#!])|cfg_(?:read|write)\s+off=|device\s+[a-z]|cursor\s)/,
  ],
];

/** Lines that are no records but stand alone: comments, actions, and the marks of left-out lines. */
const ALONE =
  /^\s{0,40}(?:#|@ |--(?: |$)|\[?\.{3,8}\]?|\[?…\]?|<(?:snip|cut)>|\[(?:snip|cut)\]|[-=*_]{3,}\s{0,8}$)/i;

/** The kind of a comment, which is no record. */
export const COMMENT = 'comment';

/** Kinds whose begin may be within a record, where a wrapped line may begin too. */
const INNER = new Set(['qemu', 'bpftrace', 'json', 'kernel', 'lspci', 'notation']);

/** Returns true if a record may contain what begins a record of this kind. */
export function isInner(kind: string): boolean {
  return INNER.has(kind) || kind.startsWith('strace');
}

/** The most characters from which a line is recognised. */
const HEAD = 400;

/**
 * Returns the kind of record that begins with a text: `qemu`, `strace`, `ftrace` and others, `comment` for a line that stands
 * alone without being a record, or null. Kinds of strace also name what is before the call, such as `strace pid time`.
 */
export function recordKind(text: string): string | null {
  const head = text.length > HEAD ? text.slice(0, HEAD) : text;
  for (const [kind, begin] of KINDS) if (begin.test(head)) return kind;
  return straceKind(head) ?? (ALONE.test(head) ? COMMENT : null);
}

function straceKind(head: string): string | null {
  const found = STRACE.exec(head);
  if (found === null) return null;
  const [, pid, time, call] = found;
  // a number alone is no line of strace
  if (call === '' && (pid === undefined || time === undefined)) return null;
  return `strace${pid === undefined ? '' : ' pid'}${time === undefined ? '' : ' time'}`;
}

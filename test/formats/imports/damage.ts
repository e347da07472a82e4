// Damages texts as their way to a reader does: mails, bug trackers, journals, terminals, and two files side by side. Each writer takes a
// text of lines that end with LF and returns another one.

/** Returns a number from 0 up to, without, `below`. */
export type Roll = (below: number) => number;

/** Changes each line that is not empty. */
function eachLine(text: string, change: (line: string, at: number) => string): string {
  return text
    .split('\n')
    .map((line, at, all) => (at === all.length - 1 && line === '' ? '' : change(line, at)))
    .join('\n');
}

/** Wraps lines at spaces, as mailers do. `mark` comes before each break, `stuffed` before each next part. */
export function wrap(text: string, width: number, mark = ''): string {
  return eachLine(text, (line) => {
    const parts: string[] = [];
    let rest = line;
    while (rest.length > width) {
      const indent = rest.length - rest.trimStart().length;
      let at = rest.lastIndexOf(' ', width - mark.length);
      if (at <= indent) at = rest.indexOf(' ', Math.max(width, indent));
      if (at < 0) break;
      parts.push(rest.slice(0, at).trimEnd() + mark);
      rest = rest.slice(at).trimStart();
    }
    return [...parts, rest].join('\n');
  });
}

/** Cuts lines at the width of a terminal, also within words. */
export function cutAtWidth(text: string, width: number): string {
  return eachLine(text, (line) => line.match(new RegExp(`.{1,${width}}`, 'gs'))?.join('\n') ?? line);
}

/** Quotes a text, `depth` times. */
export function quote(text: string, depth: number, mark = '> '): string {
  return eachLine(text, (line) => mark.repeat(depth) + line);
}

/** Encodes a text as quoted-printable, with lines of at most 76 characters. */
export function quotedPrintable(text: string): string {
  return eachLine(text, (line) => {
    const units = [...line].map((char) => {
      if (char !== '=' && char >= ' ' && char <= '~') return char;
      if (char === '\t') return char;
      return [...new TextEncoder().encode(char)]
        .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
        .join('');
    });
    const lines = [''];
    for (const [at, unit] of units.entries()) {
      const isLastSpace = at === units.length - 1 && (unit === ' ' || unit === '\t');
      const written = isLastSpace ? `=${unit === ' ' ? '20' : '09'}` : unit;
      const open = lines.at(-1) ?? '';
      if (open.length + written.length > 75) {
        lines[lines.length - 1] = `${open}=`;
        lines.push(written);
      } else lines[lines.length - 1] = open + written;
    }
    return lines.join('\n');
  });
}

const two = (value: number) => String(value).padStart(2, '0');
const clock = (at: number) =>
  `${two(10 + (Math.floor(at / 3600) % 12))}:${two(Math.floor(at / 60) % 60)}:${two(at % 60)}`;

/** Prefixes of logs by name; `at` is the number of the line. */
export const LOG_PREFIXES = {
  journal: (at: number) => `mars 03 ${clock(at)} box qemu-system-x86_64[811]: `,
  journalRussian: (at: number) => `мая 03 ${clock(at)} box qemu-system-x86_64[811]: `,
  journalJapanese: (at: number) => `3月 03 ${clock(at)} box qemu[811]: `,
  journalGerman: (at: number) => `Mär  3 ${clock(at)} box qemu-system-x86_64: `,
  journalIso: (at: number) => `2023-05-01T${clock(at)}.123456+02:00 host prog[1]: `,
  journalShortIso: (at: number) => `2023-05-01T${clock(at)}+0200 host prog[1]: `,
  journalFull: (at: number) => `Mon 2023-05-01 ${clock(at)} CEST host prog[1]: `,
  journalUnix: (at: number) => `${1_683_000_000 + at}.123456 host prog[1]: `,
  journalBoot: (at: number) => `[${String(100 + at).padStart(5)}.123456] host prog[1]: `,
  syslog: (at: number) => `<30>May  1 ${clock(at)} host prog[1]: `,
  rfc5424: (at: number) => `<30>1 2023-05-01T${clock(at)}.123456Z host prog 811 - - `,
  priority: (at: number) => `<${at % 8}>`,
  libvirt: (at: number) => `2023-05-01 ${clock(at)}.123+0000: 1234: info : virFoo:12 : `,
  libvirtShort: (at: number) => `2023-05-01 ${clock(at)}.123+0000: `,
  cri: (at: number) => `2023-05-01T${clock(at)}.123456789Z stdout F `,
  docker: (at: number) => `2023-05-01T${clock(at)}.123456789Z `,
  compose: () => 'qemu-1  | ',
  pod: () => '[pod/virt-launcher-1/compute] ',
} as const satisfies Readonly<Record<string, (at: number) => string>>;

/** Puts the prefix of a log before each line. */
export function logged(text: string, prefix: (at: number) => string): string {
  return eachLine(text, (line, at) => prefix(at) + line);
}

/** Colours the first word of each line, and sometimes another one. */
export function coloured(text: string, roll: Roll): string {
  const esc = '\u001b';
  return eachLine(text, (line) => {
    const at = roll(line.length + 1);
    return `${esc}[1;3${roll(8)}m${line.slice(0, at)}${esc}[0m${line.slice(at)}${esc}[K`;
  });
}

/** Ends lines with CR LF. */
export function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

/** Indents all lines. */
export function indented(text: string, by: string): string {
  return eachLine(text, (line) => (line === '' ? line : by + line));
}

/** Forms of line numbers. */
export const NUMBERS = {
  colon: (at: number) => `${at}: `,
  grep: (at: number) => `${at}:`,
  cat: (at: number) => `${String(at).padStart(6)}\t`,
  vim: (at: number) => `${String(at).padStart(5)} `,
  wide: (at: number) => `  ${String(at).padStart(3)}  `,
  left: (at: number) => String(at).padEnd(5),
  bar: (at: number) => `${String(at).padStart(4)} | `.replace(' |', '|'),
} as const satisfies Readonly<Record<string, (at: number) => string>>;

/** Puts a number before each line. */
export function numbered(text: string, form: (at: number) => string, first = 1): string {
  return eachLine(text, (line, at) => form(first + at) + line);
}

/** Shows a text as the added file of a diff. */
export function added(text: string): string {
  const count = text.split('\n').length;
  return `--- /dev/null\n+++ b/trace.txt\n@@ -0,0 +1,${count} @@\n${eachLine(text, (line) => `+${line}`)}`;
}

/** Puts a text into a code block of Markdown. */
export function fenced(text: string): string {
  return `Here is the log:\n\n\`\`\`text\n${text}${text.endsWith('\n') ? '' : '\n'}\`\`\`\n`;
}

/** Escapes a text for HTML. */
export function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Replaces quotes, dashes and dots outside of comments, as blogs do. */
export function typographic(text: string): string {
  return eachLine(text, (line) => {
    if (/^\s*#/.test(line)) return line;
    const note = line.indexOf(' #');
    const end = note < 0 ? line.length : note;
    const tokens = line
      .slice(0, end)
      .replaceAll('...', '…')
      .replace(/"([^"]*)"/g, '“$1”')
      .replace(/-(?=\d)/g, '−')
      .replace(/ - /g, ' – ');
    return tokens + line.slice(end);
  });
}

/** Replaces some spaces by others, and inserts invisible characters, outside of comments. */
export function oddSpaces(text: string, roll: Roll): string {
  return eachLine(text, (line) =>
    /#/.test(line)
      ? line
      : line.replace(/ /g, () => [' ', '\u00a0', ' ', '\u202f', '\u200b '][roll(5)] ?? ' '),
  );
}

/** Puts two texts side by side. `width` is the width of the left column; the signs are those of `diff -y` if `signs` is true. */
export function sideBySide(left: string, right: string, width: number, signs: boolean): string {
  const [a, b] = [left.replace(/\n$/, '').split('\n'), right.replace(/\n$/, '').split('\n')];
  const rows = Array.from({ length: Math.max(a.length, b.length) }, (_, at) => {
    const [l, r] = [a[at], b[at]];
    const sign = !signs || l === r ? ' ' : l === undefined ? '>' : r === undefined ? '<' : '|';
    return `${(l ?? '').padEnd(width)} ${sign} ${r ?? ''}`.trimEnd();
  });
  return `${rows.join('\n')}\n`;
}

/** Puts two texts side by side with a tab between. */
export function pasted(left: string, right: string): string {
  const [a, b] = [left.replace(/\n$/, '').split('\n'), right.replace(/\n$/, '').split('\n')];
  const rows = Array.from(
    { length: Math.max(a.length, b.length) },
    (_, at) => `${a[at] ?? ''}\t${b[at] ?? ''}`,
  );
  return `${rows.join('\n')}\n`;
}

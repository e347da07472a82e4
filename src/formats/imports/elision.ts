// Recognises lines that stand for lines which a person has left out: `[...]`, `...`, `<snip>`, `... (many more)`, `--8<--`.

const DOTS = /^[[(<{*-]?\s*(?:\.{3,}|…)\s*(?:\([^()]*\)|[\w ,]*)\s*(?:\.{3,}|…)?\s*[\])>}*-]?$/;
const FRAMED =
  /^[[(<{]\s*(?:\.{3}\s*|…\s*)?(?:\d+ )?(?:snip|snipped|cut|skip|skipped|truncated|omitted|elided|more|lines|repeated)\b[^[\](){}<>]*[\])>}]$/i;
const ALONE = /^[-=*. ]*(?:snip|snipped|cut here|8<|>8)[-=*. 8<>]*(?:snip|cut here)?[-=*. 8<>]*$/i;
const LONGEST = 80;
/** Matches the first character of such a line. */
const FIRST = /^[[(<{*\-.…=8>sc]/i;

/** Returns true for such a line. A trace's own `<... ioctl resumed>` is none. */
export function isElision(text: string): boolean {
  const tidy = text.trim();
  if (tidy.length > LONGEST || !FIRST.test(tidy) || tidy.includes('resumed')) return false;
  return DOTS.test(tidy) || FRAMED.test(tidy) || ALONE.test(tidy);
}

// Recognises lines that stand for lines which a person has left out: `[...]`, `...`, `<snip>`, `... (many more)`, `--8<--`.

const FRAMED =
  /^[[(<{*#-]*\s*(?:\.{3,}|…|snip(?:ped)?|cut|skip(?:ped)?|truncated|omitted|elided)(?!\w)[\s\S]*$/i;
const LONGEST = 80;

/** Returns true for such a line. A trace's own `<... ioctl resumed>` is none. */
export function isElision(text: string): boolean {
  const tidy = text.trim();
  if (tidy === '' || tidy.length > LONGEST) return false;
  if (/resumed/.test(tidy) || /^\w+\(/.test(tidy)) return false;
  if (/8</.test(tidy) && /^[-\s8<>=]+(?:\w+[-\s8<>=]*)?$/.test(tidy)) return true;
  if (/(?:\.{3,}|…)[\])>}]?$/.test(tidy) && /^[[(<{]?\s*(?:\.{3,}|…)/.test(tidy)) return true;
  return FRAMED.test(tidy) && !/[=]/.test(tidy);
}

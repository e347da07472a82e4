// Wraps text to a width.

/** Returns a text as lines of at most `width` characters, broken at spaces if possible. */
export function folded(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = [...text];
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const end = space > width / 3 ? space : width;
    lines.push(rest.slice(0, end).join('').trimEnd());
    rest = [...rest.slice(end).join('').trimStart()];
  }
  return [...lines, rest.join('')];
}

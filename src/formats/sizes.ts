// Sizes in pixels by name as one line of text, for instance `script=380 calls=0`.

/** Returns the text; names without a size are left out. */
export function printSizes(sizes: Readonly<Record<string, number | null>>): string {
  return Object.entries(sizes)
    .flatMap(([name, size]) => (size === null ? [] : [`${name}=${size}`]))
    .join(' ');
}

/** Returns the sizes by name. Returns null for a text that `printSizes` does not write, such as one with another name. */
export function parseSizes(text: string, names: readonly string[]): ReadonlyMap<string, number> | null {
  const read = new Map<string, number>();
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const [, name = '', digits = ''] = /^([a-z]+)=(\d{1,4})$/.exec(word) ?? [];
    if (!names.includes(name) || read.has(name)) return null;
    read.set(name, Number(digits));
  }
  return read;
}

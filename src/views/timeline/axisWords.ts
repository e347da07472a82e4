// Words on the timeline's axis: whole operations and errnos, or shorter forms that still differ.

/** Shorter names of operations, longest first. */
const SHORTER: Readonly<Record<string, readonly string[]>> = {
  SET_IRQS: ['SET'],
  GET_IRQ_INFO: ['IRQ_INFO', 'INFO'],
  GET_INFO: ['INFO'],
  hot_reset_info: ['reset_info', 'info'],
  eventfd: ['fd'],
};

/** Returns the longest form of an operation that has at most `room` characters, or null if none fits. */
export function axisWord(word: string, room: number): string | null {
  const [name = '', ...rest] = word.split(' ');
  const forms = [name, ...(SHORTER[name] ?? [])].map((form) => [form, ...rest].join(' '));
  return forms.find((form) => form.length <= room) ?? null;
}

/** Returns the form for a failed line: operation and errno, or the errno alone. */
export function failedAxisWord(word: string, errno: string, room: number): string | null {
  const result = `-${errno}`;
  const left = axisWord(word, room - result.length - 1);
  if (left !== null) return `${left} ${result}`;
  return result.length <= room ? result : null;
}

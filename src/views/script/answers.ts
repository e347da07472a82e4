// What a line answered, in few characters, and as a number by which two answers are told apart.

import type { Run } from '../../kernel/frame.ts';

/** A result in few characters, for instance `0`, `-EBADF`; of what reads something, what it read. */
export function answerText({ ret, errno, out }: Run): string {
  if (errno !== null) return `-${errno}`;
  // which number an eventfd object has is the model's affair
  const shown = [out?.value, out?.flags, out?.count, out?.regions, out?.irqs].filter(
    (value) => value !== undefined,
  );
  return shown.length === 0 ? String(ret) : shown.join(' ');
}

/** The answer as 32 bits (FNV-1a of its text), never 0; 0 for a line that is left out. */
export function answerNumber(run: Run | null): number {
  if (run === null) return 0;
  // by far the most lines
  if (run.errno === null && run.out === null && run.ret === 0) return 1;
  const text = answerText(run);
  if (text === '0') return 1;
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value === 0 || value === 1 ? 2 : value;
}

// Kinds of characters, by their UTF-16 code. Readers of long texts look at each character, for which patterns are slow.

/** True for a digit from 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** True for what `\w` matches: letters of ASCII, digits and the underscore. */
export function isWord(code: number): boolean {
  return isDigit(code) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

/** True for what `\s` matches. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code >= 160 && /\s/.test(String.fromCharCode(code)));
}

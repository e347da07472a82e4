// Decodes quoted-printable text. Only escapes that an encoder must write are decoded, because a trace itself contains `fd=34`.

import { joined, type Line, mayGrow, type Step, withText } from './line.ts';

/** Escapes that prove the encoding: “=”, the escape character, and characters of several bytes. */
const PROOF = '(?:=[C-F][\\dA-F](?:=[89AB][\\dA-F]){1,3})+|=3[Dd]|=1[Bb]';
/** A byte of Latin-1 is no proof: `#1=EBUSY` begins like one. */
const LATIN = '=[A-F][\\dA-F](?![A-Z\\d_])';
const PROOFS = new RegExp(PROOF, 'g');
const ESCAPES = new RegExp(`${PROOF}|${LATIN}|=(?:20|09)$|^=2E|^=46(?=rom )`, 'g');
/** A break that the encoder added. */
const SOFT_BREAK = /=[ \t]{0,8}$/;
/** Encoded lines have at most 76 characters; marks may be before them. */
const LONGEST = 100;

function decode(escapes: string): string {
  const percent = escapes.replaceAll('=', '%');
  try {
    return decodeURIComponent(percent);
  } catch {
    // not UTF-8: Latin-1, in which old mails are
    return escapes.replace(/=([\dA-F]{2})/gi, (_, hex) =>
      String.fromCharCode(Number.parseInt(String(hex), 16)),
    );
  }
}

/** Returns a line without escapes. */
function unescaped(text: string): string {
  return text.includes('=') ? text.replace(ESCAPES, decode) : text;
}

/** Returns true if the line ends with a break that the encoder added. */
export function endsSoftly(text: string): boolean {
  return text.length <= LONGEST && SOFT_BREAK.test(text) && !/=\s*=\s*$/.test(text.slice(-12));
}

/** Returns whether the signs “=” of the lines are escapes: the number that are and the number that are not. */
export function escapesOf(texts: readonly string[]): { readonly escapes: number; readonly others: number } {
  let escapes = 0;
  let others = 0;
  for (const [at, text] of texts.entries()) {
    const softly = endsSoftly(text) && at + 1 < texts.length && texts[at + 1] !== '';
    const body = softly ? text.slice(0, text.lastIndexOf('=')) : text;
    if (softly) escapes++;
    escapes += body.match(PROOFS)?.length ?? 0;
    others += body.replace(ESCAPES, '').split('=').length - 1;
  }
  return { escapes, others };
}

/** Decodes the text and joins the lines that the encoder broke. */
export function fromQuotedPrintable(): Step {
  let open: Line | null = null;
  return {
    push(line, put) {
      const goesOn = endsSoftly(line.text);
      // the parts are joined before they are decoded: a character of several bytes may be in two lines
      const part = goesOn ? { ...line, text: line.text.slice(0, line.text.lastIndexOf('=')) } : line;
      const whole: Line =
        open === null ? part : { ...joined(open, part, ''), width: open.width + part.width };
      open = goesOn && mayGrow(whole) ? whole : null;
      if (open === null) put(decoded(whole));
    },
    end(put) {
      // the last line of an excerpt may end with a break
      if (open !== null) put(decoded(open));
      open = null;
    },
  };
}

function decoded(line: Line): Line {
  return withText(line, unescaped(line.text));
}

// Cuts a line of notation into tokens. Every text is accepted at this level.

/** A word or one of the signs `[ ] ! ~`; `at` counts from 0. */
export interface Token {
  readonly text: string;
  readonly at: number;
}

/** A scanned line, such as `raise 1 # twice` into two tokens and the comment `twice`. */
export interface Scanned {
  readonly tokens: readonly Token[];
  /** The trimmed text after `#`; null without a `#`. */
  readonly comment: string | null;
  /** The position after the last token, counted from 0. Missing words are reported there. */
  readonly end: number;
}

/**
 * Returns the tokens of one line (without its line break). As in a shell, `#` starts a comment only at the start of a token:
 * the one in `request_irq#2=ENOSPC` does not. Inside brackets a comma is white space.
 */
export function scanLine(text: string): Scanned {
  const outside = /#.*|[[\]!~]|[^\s[\]!~]+/gs;
  const inside = /#.*|[[\]!~]|[^\s[\]!~,]+/gs;
  const tokens: Token[] = [];
  let pattern = outside;
  let end = 0;
  for (;;) {
    pattern.lastIndex = end;
    const match = pattern.exec(text);
    if (match === null) return { tokens, comment: null, end };
    const [found] = match;
    if (found.startsWith('#')) return { tokens, comment: found.slice(1).trim(), end };
    tokens.push({ text: found, at: match.index });
    end = match.index + found.length;
    if (found === '[') pattern = inside;
    else if (found === ']') pattern = outside;
  }
}

/** Returns true for a token that is a sign and not a word. */
export function isSign({ text }: Pick<Token, 'text'>): boolean {
  return text === '[' || text === ']' || text === '!' || text === '~';
}

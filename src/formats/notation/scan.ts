// A line of notation cut into tokens. Nothing is wrong yet at this level: every text has tokens.

/** A word or one of the signs `[ ] ! ~`; `at` counts from 0. */
export interface Token {
  readonly text: string;
  readonly at: number;
}

/** A line cut up, for instance `raise 1 # twice` into two tokens and the comment `twice`. */
export interface Scanned {
  readonly tokens: readonly Token[];
  /** The text behind the `#`, without white space around it; null without a `#`. */
  readonly comment: string | null;
  /** Behind the last token: where something is missing if something is. From 0. */
  readonly end: number;
}

/**
 * Cuts up one line (without its line break). A `#` starts a comment only where a token could start, as in a shell:
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

/** True for a token that is a sign and not a word. */
export function isSign({ text }: Pick<Token, 'text'>): boolean {
  return text === '[' || text === ']' || text === '!' || text === '~';
}

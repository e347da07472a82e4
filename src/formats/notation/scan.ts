// Cuts a line of notation into tokens. Every text is accepted at this level.

import { isSpace } from '../characters.ts';

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
  const tokens: Token[] = [];
  let inList = false;
  let end = 0;
  for (let at = 0; at < text.length; ) {
    const first = text.charCodeAt(at);
    if (isBetween(first, inList)) {
      at++;
      continue;
    }
    if (first === HASH) return { tokens, comment: text.slice(at + 1).trim(), end };
    const begin = at++;
    if (!isSignCode(first))
      for (; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (isSignCode(code) || isBetween(code, inList)) break;
      }
    tokens.push({ text: text.slice(begin, at), at: begin });
    end = at;
    if (first === OPEN || first === CLOSE) inList = first === OPEN;
  }
  return { tokens, comment: null, end };
}

const [HASH, COMMA, OPEN, CLOSE, BANG, TILDE] = [0x23, 0x2c, 0x5b, 0x5d, 0x21, 0x7e];

function isSignCode(code: number): boolean {
  return code === OPEN || code === CLOSE || code === BANG || code === TILDE;
}

function isBetween(code: number, inList: boolean): boolean {
  return isSpace(code) || (inList && code === COMMA);
}

/** Returns true for a token that is a sign and not a word. */
export function isSign({ text }: Pick<Token, 'text'>): boolean {
  return text === '[' || text === ']' || text === '!' || text === '~';
}

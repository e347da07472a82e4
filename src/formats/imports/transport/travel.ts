// The ways in which a pasted trace travelled, as data, with one sentence for each.

import { grouped } from '../../../base/grouped.ts';

/** Which column or version of a text with two is read. `both` is the left column and then the right one. */
export type Side = 'left' | 'right' | 'both';

/** The sign between a line number and the line. */
export type NumberSign = ':' | '|' | 'tab' | 'space';

/** The programs that put a time, a name or a priority before each line. */
export type PrefixKind = 'journal' | 'libvirt' | 'container' | 'priority' | 'qemu';

/** A way in which a text travelled, and its numbers. */
export type Travel =
  /** Escape sequences of terminals. */
  | { readonly kind: 'colours' }
  /** Zero-width characters, and spaces other than the plain one. */
  | { readonly kind: 'spaces' }
  /** Typographic quotes, dashes, dots and signs. */
  | { readonly kind: 'typographic' }
  /** HTML entities and tags. */
  | { readonly kind: 'html' }
  /** The quoted-printable encoding of mails. */
  | { readonly kind: 'quotedPrintable' }
  /** Marks of a mail's quotation, at any depth. `gap`: number of spaces after them. */
  | { readonly kind: 'quoted'; readonly gap: 0 | 1 }
  /** The fences of a code block in Markdown. */
  | { readonly kind: 'fenced' }
  /** `most`: number of characters of white space before each line. */
  | { readonly kind: 'indented'; readonly most: number }
  /** `column`: number of characters before the text, or 0 if `gap` characters follow the number. */
  | {
      readonly kind: 'numbered';
      readonly sign: NumberSign;
      readonly column: number;
      readonly gap: number;
    }
  /** The first column of a unified diff. `left` is the old version, `right` the new one; `both` keeps all lines. */
  | { readonly kind: 'diff'; readonly side: Side }
  /**
   * Two traces side by side. `from` is the column of the right one (from 0, tabs are expanded), or null if a tab separates
   * them; `gutter` is the column of the signs of `diff -y`, or null without them.
   */
  | {
      readonly kind: 'columns';
      readonly from: number | null;
      readonly gutter: number | null;
      readonly side: Side;
    }
  /** Prefixes of a log. */
  | { readonly kind: 'prefixed'; readonly by: PrefixKind }
  /**
   * Long lines are wrapped. `width` is the most characters of a line. `at`: `space` if the break replaces a space, `flowed` if
   * each broken line ends with a space, `width` if a terminal breaks at the width. `kinds` are the kinds of records that begin a line.
   */
  | {
      readonly kind: 'wrapped';
      readonly width: number;
      readonly at: 'space' | 'flowed' | 'width';
      readonly kinds: readonly string[];
      /** How lines are measured: `decoded` with their prefixes, `raw` as in the text, or `text` without prefixes. */
      readonly by: 'decoded' | 'raw' | 'text';
    };

const PREFIXES: Readonly<Record<PrefixKind, string>> = {
  journal: 'irqscope removes the time, host and program that the journal or syslog put before each line.',
  libvirt: 'irqscope removes the time that libvirt put before each line.',
  container: 'irqscope removes the time or name that the container’s log put before each line.',
  priority: 'irqscope removes the priority before each line (such as “<6>”).',
  qemu: 'irqscope removes the time and name that QEMU put before each event.',
};

/** Returns a sentence for a person, such as `irqscope removes quote marks (“>”).` */
export function travelText(travel: Travel): string {
  switch (travel.kind) {
    case 'colours':
      return 'irqscope removes the escape sequences of a terminal (colours).';
    case 'spaces':
      return 'irqscope removes invisible characters and reads special spaces as spaces.';
    case 'typographic':
      return 'irqscope reads typographic quotes, dashes and dots as plain ones.';
    case 'html':
      return 'irqscope reads HTML entities (such as “&gt;”) as characters and removes tags.';
    case 'quotedPrintable':
      return 'irqscope decodes the mail’s quoted-printable encoding (such as “=3D”).';
    case 'quoted':
      return 'irqscope removes quote marks (“>”).';
    case 'fenced':
      return 'irqscope removes the fences of a code block (“```”).';
    case 'indented':
      return `irqscope removes the indentation of ${travel.most === 1 ? 'one character' : `${travel.most} characters`} that all lines have.`;
    case 'numbered':
      return 'irqscope removes line numbers.';
    case 'diff':
      return diffText(travel.side);
    case 'columns':
      return columnsText(travel.side);
    case 'prefixed':
      return PREFIXES[travel.by];
    case 'wrapped':
      return 'irqscope joins lines that a mailer or terminal wrapped.';
  }
}

function diffText(side: Side): string {
  if (side === 'both') return 'irqscope removes the signs of a diff before each line.';
  const [kept, dropped] = side === 'right' ? ['new', '-'] : ['old', '+'];
  return `The text is a diff: irqscope reads its ${kept} version and leaves lines with “${dropped}” out.`;
}

function columnsText(side: Side): string {
  const begin = 'The text has two traces side by side:';
  if (side === 'both') return `${begin} irqscope reads the left one, then the right one.`;
  return `${begin} irqscope reads only the ${side} one.`;
}

/** Returns true if a person can choose a side of the text: one of two columns, or one version of a diff. */
export function hasSides(travels: readonly Travel[]): boolean {
  return travels.some(({ kind }) => kind === 'columns' || kind === 'diff');
}

/** Returns the ways with another side. */
export function withSide(travels: readonly Travel[], side: Side): readonly Travel[] {
  return travels.map((travel) =>
    travel.kind === 'columns' || travel.kind === 'diff' ? { ...travel, side } : travel,
  );
}

/** Something that is lost on the way. */
export interface Loss {
  /** `columnTooLong`: the right column is longer than the part that is kept until the left one ends. */
  readonly kind: 'columnTooLong';
  /** Number of lines without their right column. */
  readonly lines: number;
}

/** Returns a sentence for a person about a loss. */
export function lossText(loss: Loss): string {
  return `The right column is too long: ${grouped(loss.lines)} lines of it were not read. Choose the right column to read it alone.`;
}

// What a page around an embed may say to it, and what it answers. Every message is a plain object with `irqscope: 1`; one that
// is anything else, down to a single unknown field, is none of ours and is ignored.

import * as v from 'valibot';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
/** Of the version of this conversation. */
const ours = v.literal(1);
/** No link that can be opened is longer. */
const LONGEST_LINK = 100_000;

const simple = (command: 'next' | 'previous' | 'play' | 'stop' | 'ask') =>
  v.strictObject({ irqscope: ours, command: v.literal(command) });

const commandSchema = v.variant('command', [
  /** To the place after a line (0: the start), or to a kernel step inside it, counted from 0. */
  v.strictObject({
    irqscope: ours,
    command: v.literal('go'),
    line: natural,
    step: v.optional(v.nullable(natural), null),
  }),
  simple('next'),
  simple('previous'),
  simple('play'),
  simple('stop'),
  /** Answered by `ready`, for a page that listens later than the embed spoke. */
  simple('ask'),
  /** The fragment of a link, with or without `#`. */
  v.strictObject({
    irqscope: ours,
    command: v.literal('open'),
    link: v.pipe(v.string(), v.maxLength(LONGEST_LINK)),
  }),
]);

/** What a page around an embed can have it do. */
export type EmbedCommand = Readonly<v.InferOutput<typeof commandSchema>>;

/** Reads a message; null where it is none of ours. */
export function readEmbedCommand(message: unknown): EmbedCommand | null {
  const parsed = v.safeParse(commandSchema, message);
  return parsed.success ? parsed.output : null;
}

/** Where an embed is. */
export interface EmbedPlace {
  /** Lines that lie behind. */
  readonly line: number;
  /** The kernel step inside the line, counted from 0, or null. */
  readonly step: number | null;
  readonly lines: number;
  readonly playing: boolean;
  /** What happened there. */
  readonly sentence: string;
}

/** What an embed says: that it is there, that it shows another place, or that a link could not be opened. */
export type EmbedEvent =
  | (EmbedPlace & { readonly irqscope: 1; readonly event: 'ready' | 'moved' })
  | { readonly irqscope: 1; readonly event: 'problem'; readonly what: string };

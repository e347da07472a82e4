// The messages between an embed and the page around it. Every message is a plain object with `irqscope: 1`; any other message,
// even one with a single unknown field, is ignored.

import * as v from 'valibot';

const natural = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
/** The version of the messages. */
const ours = v.literal(1);
/** Longest link in characters. */
const LONGEST_LINK = 100_000;

const simple = (command: 'next' | 'previous' | 'play' | 'stop' | 'ask') =>
  v.strictObject({ irqscope: ours, command: v.literal(command) });

const commandSchema = v.variant('command', [
  /** Goes to the place after a line (0: the start), or to a kernel step inside it, counted from 0. */
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
  /** The embed replies with `ready`, for a page that starts listening late. */
  simple('ask'),
  /** The fragment of a link, with or without `#`. */
  v.strictObject({
    irqscope: ours,
    command: v.literal('open'),
    link: v.pipe(v.string(), v.maxLength(LONGEST_LINK)),
  }),
]);

/** A command from the page around an embed. */
export type EmbedCommand = Readonly<v.InferOutput<typeof commandSchema>>;

/** Returns the command in a message, or null for any other message. */
export function readEmbedCommand(message: unknown): EmbedCommand | null {
  const parsed = v.safeParse(commandSchema, message);
  return parsed.success ? parsed.output : null;
}

/** The place that an embed shows. */
export interface EmbedPlace {
  /** Lines before the place. */
  readonly line: number;
  /** The kernel step inside the line, counted from 0, or null. */
  readonly step: number | null;
  readonly lines: number;
  readonly playing: boolean;
  /** A sentence on the events there. */
  readonly sentence: string;
}

/** A message from an embed: it is ready, it shows another place, or it could not open a link. */
export type EmbedEvent =
  | (EmbedPlace & { readonly irqscope: 1; readonly event: 'ready' | 'moved' })
  | { readonly irqscope: 1; readonly event: 'problem'; readonly what: string };

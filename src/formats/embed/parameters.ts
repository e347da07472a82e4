// What an embed is asked for in its address: `?embed=1`, then `play=1`, `theme=light|dark` and `origin=https://…`. The session
// stands in the fragment as always.

import type { Problem } from '../../base/result.ts';

/** How an embed looks. */
export const EMBED_THEMES = ['system', 'light', 'dark'] as const;
/** One of them; `system` follows the reader's system. */
export type EmbedTheme = (typeof EMBED_THEMES)[number];

/** What an embed is asked for. */
export interface EmbedWish {
  /** A reader can go through time; without it the embed is a picture of one moment. */
  readonly play: boolean;
  readonly theme: EmbedTheme;
  /** The only origin that may drive the embed and is answered; null for none. */
  readonly origin: string | null;
}

/** Port of a scheme that an origin does not write. */
const USUAL_PORT: Readonly<Record<string, string>> = { http: '80', https: '443' };

/**
 * True for the origin of a web page as browsers write it: `https://blog.example`, without path, slash or usual port. Whether
 * there can be such a host is for the browser to say (`https://999.1.1.1` has the form).
 */
export function isWebOrigin(text: string): boolean {
  const [, scheme, port] =
    /^(https?):\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([1-9]\d{0,4}))?$/.exec(text) ??
    [];
  return scheme !== undefined && port !== USUAL_PORT[scheme] && Number(port ?? 0) <= 65535;
}

/**
 * Reads the parameters of an address through `get`, which answers null where there is none of that name. What is wrong is a
 * problem and counts as not asked for: no origin that `isOrigin` does not take for one is ever listened to.
 */
export function readEmbedWish(
  get: (name: string) => string | null,
  isOrigin: (text: string) => boolean = isWebOrigin,
): { readonly wish: EmbedWish; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const wrong = (path: string, expected: string, found: string) => {
    problems.push({ at: { path }, expected, found: JSON.stringify(found) });
    return null;
  };
  const play = get('play') ?? '0';
  if (play !== '0' && play !== '1') wrong('play', '0 or 1', play);
  const asked = get('theme') ?? 'system';
  const theme = EMBED_THEMES.find((one) => one === asked);
  if (theme === undefined) wrong('theme', EMBED_THEMES.join(', '), asked);
  const origin = get('origin');
  const named =
    origin === null || isOrigin(origin)
      ? origin
      : wrong('origin', 'the origin of a page, such as https://blog.example', origin);
  return { wish: { play: play === '1', theme: theme ?? 'system', origin: named }, problems };
}

/** The query of an address, for instance `embed=1&play=1`. */
export function printEmbedWish({ play, theme, origin }: EmbedWish): string {
  return [
    'embed=1',
    ...(play ? ['play=1'] : []),
    ...(theme === 'system' ? [] : [`theme=${theme}`]),
    ...(origin === null ? [] : [`origin=${encodeURIComponent(origin)}`]),
  ].join('&');
}

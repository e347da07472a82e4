// The parameters in the address of an embed: `?embed=1`, then `play=1`, `theme=light|dark` and `origin=https://…`. The fragment
// contains the session.

import type { Problem } from '../../base/result.ts';

/** The themes of an embed. */
export const EMBED_THEMES = ['system', 'light', 'dark'] as const;
/** One of them; `system` follows the reader's system. */
export type EmbedTheme = (typeof EMBED_THEMES)[number];

/** The parameters of an embed. */
export interface EmbedWish {
  /** A reader can move through time; without it the embed shows one moment. */
  readonly play: boolean;
  readonly theme: EmbedTheme;
  /** The only origin that may control the embed and gets its messages; null: no origin. */
  readonly origin: string | null;
}

/** The default port of a scheme, which an origin omits. */
const USUAL_PORT: Readonly<Record<string, string>> = { http: '80', https: '443' };

/**
 * True for the origin of a web page as browsers write it: `https://blog.example`, without path, slash or default port. It
 * checks the form only; the browser rejects impossible hosts such as `https://999.1.1.1`.
 */
export function isWebOrigin(text: string): boolean {
  const [, scheme, port] =
    /^(https?):\/\/(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::([1-9]\d{0,4}))?$/.exec(text) ??
    [];
  return scheme !== undefined && port !== USUAL_PORT[scheme] && Number(port ?? 0) <= 65535;
}

/**
 * Reads the parameters of an address through `get`, which returns null for a missing one. A wrong value is a problem and gets
 * the default: the embed never listens to an origin that `isOrigin` rejects.
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

/** Returns the query of an address, for instance `embed=1&play=1`. */
export function printEmbedWish({ play, theme, origin }: EmbedWish): string {
  return [
    'embed=1',
    ...(play ? ['play=1'] : []),
    ...(theme === 'system' ? [] : [`theme=${theme}`]),
    ...(origin === null ? [] : [`origin=${encodeURIComponent(origin)}`]),
  ].join('&');
}

// Addresses of PCI devices in texts, and the choice of one of several devices.

import type { Guess } from '../format.ts';

/** One of the devices of a text, among which the person chooses. */
export interface ImportDevice {
  /** Such as `0000:03:00.0`. */
  readonly name: string;
  /** What the text says about it, in few words. */
  readonly about: string;
}

/** The person's choice; `device` is absent for the one that the reader prefers. */
export interface ImportChoice {
  readonly device?: string;
}

/** Returns the choice among the devices of a text; none for a single device. `why` is the reason without the choice of a person. */
export function deviceGuesses(
  devices: readonly ImportDevice[],
  chosen: string,
  why: string,
  choice: ImportChoice | undefined,
): { readonly guesses?: readonly Guess[] } {
  if (devices.length < 2) return {};
  const wanted = choice?.device;
  const isChosen = wanted !== undefined && (wanted === chosen || addressOf(wanted) === chosen);
  const text = `The text has ${devices.length} devices; irqscope uses ${chosen}, because ${isChosen ? 'you chose it' : why}.`;
  const options = devices.map(({ name, about }) => ({ value: name, label: `${name} (${about})` }));
  return { guesses: [{ id: 'device', text, options, value: chosen }] };
}

/** Returns the choice of a device among all choices. */
export function deviceChoice(choices: ReadonlyMap<string, string>): ImportChoice | undefined {
  const device = choices.get('device');
  return device === undefined ? undefined : { device };
}

/** Matches an address with or without its domain; the groups are domain, bus, device, function. */
const ADDRESS = /^(?:([\da-f]{4,8}):)?([\da-f]{2}):([\da-f]{2})\.([0-7])$/i;

/** Returns the kernel's notation of an address, such as `0000:03:00.0` for `03:00.0`; null for other text. */
export function addressOf(text: string): string | null {
  const found = ADDRESS.exec(text);
  if (found === null) return null;
  const [, domain = '0000', bus = '', device = '', fn = ''] = found;
  return `${domain}:${bus}:${device}.${fn}`.toLowerCase();
}

/** Returns the first address with a domain in a text, or null. */
export function addressIn(text: string): string | null {
  // the shell escapes colons when it completes a path
  const found = /(?:^|[^\da-f:.])([\da-f]{4,8}:[\da-f]{2}:[\da-f]{2}\.[0-7])(?![\da-f])/i.exec(
    text.replaceAll('\\:', ':'),
  );
  return found?.[1] === undefined ? null : addressOf(found[1]);
}

/** Returns the index of the chosen device, or of the preferred one. `preferred` is used for a choice that the text lacks. */
export function chosenIndex(
  devices: readonly ImportDevice[],
  choice: ImportChoice | undefined,
  preferred: number,
): number {
  const wanted = choice?.device;
  if (wanted === undefined) return preferred;
  const at = devices.findIndex(({ name }) => name === wanted || name === addressOf(wanted));
  return at < 0 ? preferred : at;
}

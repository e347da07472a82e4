// Reads fixtures of texts that show a state, for tests.
import { readFileSync } from 'node:fs';
import type { DeviceSpec } from '../../../src/session/script.ts';
import { readText } from './read.ts';

/** Returns the text of a fixture. */
export const fixture = (path: string) =>
  new TextDecoder().decode(readFileSync(new URL(`./fixtures/${path}.txt`, import.meta.url)));
/** Imports a fixture, for the chosen device. */
export const read = (path: string, device?: string) =>
  readText(fixture(path), undefined, 4096, device === undefined ? undefined : { device });
/** Returns the facts of a device line by path. */
export const facts = (spec: DeviceSpec | null) =>
  Object.fromEntries((spec?.facts ?? []).map(({ path, value }) => [path, value]));
/** Returns the outcome of each line in words. */
export const whys = (text: string) => readText(text).rows.map(({ kind, what }) => `${kind}: ${what}`);
/** Returns the sentences of a fixture. */
export const said = (path: string) => read(path).summary.assumed.join(' ');

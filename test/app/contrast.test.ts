// The contrast of the colours of theme.css with their backgrounds: text at least 4.5:1, marks 3:1, in both themes.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync('src/app/theme.css', 'utf8');
const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ['ground', 'stage', 'raised', 'quiet', 'pointed', 'linked'];
const text: [string, string[]][] = [
  ['ink', [...GROUNDS, 'attached-ground', 'cached-ground', 'failed-ground', 'signal-ground']],
  ['soft', [...GROUNDS, 'failed-ground']],
  ['failed', [...GROUNDS, 'failed-ground']],
  ['attached', ['ground', 'stage', 'raised', 'quiet']],
  ['cached', ['cached-ground']],
  ['signal', ['ground', 'stage', 'raised', 'quiet', 'pointed', 'signal-ground']],
  ['on-strong', ['strong']],
];
const marks: [string, string[]][] = [
  ['attached', GROUNDS],
  ['cached', GROUNDS],
  ['failed', GROUNDS],
  ['signal', GROUNDS],
  ['edge', ['ground', 'stage', 'raised']],
];

const cases = (list: [string, string[]][], least: number) =>
  list.flatMap(([name, grounds]) =>
    grounds.flatMap((ground) =>
      (['light', 'dark'] as const).map((theme) => ({ name, ground, theme, least })),
    ),
  );

test.each([...cases(text, 4.5), ...cases(marks, 3)])('$theme: $name on $ground is at least $least', (one) => {
  const [front, back] = [colours.get(one.name)?.[one.theme], colours.get(one.ground)?.[one.theme]];
  expect(front).toBeDefined();
  expect(back).toBeDefined();
  expect(ratio(front ?? '', back ?? '')).toBeGreaterThanOrEqual(one.least);
});

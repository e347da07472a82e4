// Damaged files and links: reading never throws or takes a second, and the readable part survives printing and reading.
// IRQSCOPE_FUZZ sets the number of inputs (the default is small enough for every run), IRQSCOPE_FUZZ_SEED the random seed.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { headOf, piecesOf } from '../../../src/app/workers/pieces.ts';
import { contentProblem } from '../../../src/formats/imports/content.ts';
import { FORMATS } from '../../../src/formats/imports/registry.ts';
import { recogniseText } from '../../../src/formats/imports/scan.ts';
import { parseScript } from '../../../src/formats/notation/parse.ts';
import { printScript } from '../../../src/formats/notation/print.ts';
import { parseLink, printLink } from '../../../src/formats/permalink/link.ts';
import { packLines, unpackLines } from '../../../src/formats/permalink/packedLines.ts';
import { parseRecording } from '../../../src/formats/recording/parse.ts';
import { withScript } from '../../../src/session/deviceSpec.ts';
import { emptySession } from '../../../src/session/session.ts';
import { dice, mutate } from './mutate.ts';
import { readText } from './read.ts';

const COUNT = Number(process.env['IRQSCOPE_FUZZ'] ?? 4000);
const SEED = Number(process.env['IRQSCOPE_FUZZ_SEED'] ?? 1);
/** The most milliseconds per input: a bound for hangs, which also holds on a loaded machine. */
const LIMIT = 10_000;
/** Every fifth input is a link. */
const LINKS = 5;

const top = fileURLToPath(new URL('./fixtures/', import.meta.url));
const texts = readdirSync(top).flatMap((folder) =>
  readdirSync(top + folder).map((name) => new TextDecoder().decode(readFileSync(`${top}${folder}/${name}`))),
);

const links = texts.map((text) => {
  const { lines } = readText(text);
  const session = withScript(emptySession('dynamic', 'nvme'), { device: null, lines });
  return printLink({ session, recording: null, check: null });
});

/** Reads an input with every reader that accepts it. */
function read(input: string, isLink: boolean, roll: (below: number) => number): void {
  if (isLink) {
    parseLink(input);
    return;
  }
  contentProblem(new TextEncoder().encode(input.slice(0, 65_536)));
  const { found } = recogniseText(input);
  // sometimes as another format, because a person can choose one
  const format = roll(3) === 0 ? FORMATS[roll(FORMATS.length)] : found?.format;
  if (format === undefined) return;
  const { lines, rows, summary } = readText(input, format.id, 1 + roll(5000));
  const problems = rows.filter(({ kind }) => kind === 'bad');
  // no line is dropped in silence: each is used, or has a problem or a reason
  if (summary.texts <= 20_000) expect(rows).toHaveLength(summary.texts);
  expect(rows.filter(({ what }) => what === '')).toEqual([]);
  for (const { line, column } of problems) {
    expect(line).toBeGreaterThan(0);
    expect(column).toBeGreaterThan(0);
  }
  // the script survives printing and the transfer to the worker
  const again = parseScript(printScript({ device: null, lines }));
  expect(again.problems).toEqual([]);
  expect(again.script.lines).toEqual(lines);
  const packed = unpackLines(packLines(lines));
  expect(packed.ok && packed.value).toEqual(lines);
  if (format.id === 'recording') parseRecording(input);
}

test(`reads ${COUNT} damaged files and links`, () => {
  const roll = dice(SEED);
  let slowest = 0;
  let bytes = 0;
  for (let at = 0; at < COUNT; at++) {
    const isLink = at % LINKS === 0;
    const from = isLink ? links : texts;
    const input = mutate(from[roll(from.length)] ?? '', from, roll);
    const chosen = roll(2 ** 31);
    bytes += input.length;
    const took = () => {
      const begin = performance.now();
      try {
        read(input, isLink, dice(chosen));
      } catch (error) {
        throw new Error(`input ${at} of seed ${SEED}: ${JSON.stringify(input.slice(0, 2000))}`, {
          cause: error,
        });
      }
      return performance.now() - begin;
    };
    let time = took();
    for (let again = 0; again < 3 && time > LIMIT / 4; again++) time = Math.min(time, took());
    slowest = Math.max(slowest, time);
    if (time > LIMIT) throw new Error(`input ${at} of seed ${SEED} takes ${time} ms`);
  }
  const tenth = Math.round(slowest * 10) / 10;
  console.info(`fuzz: ${COUNT} inputs, ${bytes} characters, the slowest ${tenth} ms`);
}, 600_000_000);

test('reads damaged archives up to the damage, or reports them', async () => {
  const roll = dice(SEED + 1);
  const count = Math.max(40, COUNT / 100);
  for (let at = 0; at < count; at++) {
    const text = texts[roll(texts.length)] ?? '';
    const bytes = new Uint8Array(roll(8) === 0 ? deflateRawSync(text) : gzipSync(text));
    for (let times = roll(3); times > 0; times--) bytes[roll(bytes.length)] = roll(256);
    const file = new Blob([bytes.slice(0, roll(3) === 0 ? roll(bytes.length + 1) : bytes.length)]);
    const head = await headOf(file);
    if (!head.ok) {
      expect(head.problem.expected).not.toBe('');
      continue;
    }
    let whole = '';
    try {
      for await (const piece of piecesOf(file)) whole += piece.text;
    } catch (error) {
      expect(error).toBeInstanceOf(Error);
    }
    for (const { id } of FORMATS) readText(whole, id);
  }
}, 600_000);

// The figures of the page equal those of a run over the recordings, and cached figures always belong to the current state.
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { contentHash, keptTrust, makeTrust } from '../../src/cli/trust.ts';
import { parseRecording } from '../../src/formats/recording/parse.ts';
import { parseTrust, printTrust, type TrustFile } from '../../src/formats/trust/trust.ts';
import { conform } from '../../src/recordings/conformance.ts';
import { kernelsOf, totalOf, verdictOf } from '../../src/views/trust/figures.ts';

const TOP = join(import.meta.dirname, '../..');
const RECORDINGS = join(TOP, 'test/recordings');
const folders: string[] = [];

function newFolder(): string {
  const made = mkdtempSync(join(tmpdir(), 'irqscope-trust-'));
  folders.push(made);
  return made;
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Returns a folder with some recordings of two kernels and the README. */
function someRecordings(): string {
  const folder = newFolder();
  copyFileSync(join(RECORDINGS, 'README.md'), join(folder, 'README.md'));
  for (const kernel of ['static', 'v3']) {
    mkdirSync(join(folder, kernel));
    for (const name of readdirSync(join(RECORDINGS, kernel)).slice(0, 25))
      copyFileSync(join(RECORDINGS, kernel, name), join(folder, kernel, name));
  }
  return folder;
}

describe('makeTrust', () => {
  test('counts the same as comparing each recording alone', () => {
    const folder = someRecordings();
    const wanted = { recordings: 0, steps: 0, compared: 0, mismatches: 0 };
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.gz')) continue;
      const parsed = parseRecording(gunzipSync(readFileSync(join(folder, name))).toString('utf8'));
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const { steps, compared, mismatches } = conform(parsed.value);
      wanted.recordings++;
      wanted.steps += steps;
      wanted.compared += compared;
      wanted.mismatches += mismatches.length;
    }
    const trust = makeTrust(folder);
    expect(totalOf(trust.rows)).toEqual(wanted);
    expect(wanted).toMatchObject({ recordings: 50, mismatches: 0 });
    expect(kernelsOf(trust.rows).map(({ label }) => label)).toEqual(['≤ 6.4 static', 'V3 patch']);
    expect(verdictOf(trust.rows, 0).agrees).toBe(true);
  });

  test('reports a mismatch with its place, and a file that is not a recording', () => {
    const folder = someRecordings();
    const name = 'static/bad-attached-single.jsonl.gz';
    const text = gunzipSync(readFileSync(join(RECORDINGS, name))).toString('utf8');
    const forged = text.replace('"errno":"EBADF"', '"errno":"EPERM"');
    expect(forged).not.toBe(text);
    writeFileSync(join(folder, name), gzipSync(forged));
    writeFileSync(join(folder, 'static/cut.jsonl'), text.slice(0, 900));
    const trust = makeTrust(folder);
    expect(totalOf(trust.rows).mismatches).toBe(1);
    expect(trust.differences).toHaveLength(1);
    expect(trust.differences[0]).toMatchObject({
      path: name,
      field: 'errno',
      kernel: 'EPERM',
      model: 'EBADF',
    });
    expect(trust.differences[0]?.place).toMatch(/^#\d+ SET_IRQS MSI-X/);
    expect(trust.unreadable.map(({ path }) => path)).toEqual(['static/cut.jsonl']);
    const { agrees, text: told } = verdictOf(trust.rows, trust.unreadable.length);
    expect(agrees).toBe(false);
    expect(told).toMatch(/1 mismatch\. 1 file cannot be read\.$/);
  });

  test('lists the compared and the excluded fields in the words of the README', () => {
    const { sections } = makeTrust(someRecordings());
    const compared = sections.find(({ title }) => title === 'What is compared');
    expect(compared?.blocks.map(({ kind }) => kind)).toEqual(['text', 'text', 'table', 'text', 'table']);
    const readme = readFileSync(join(RECORDINGS, 'README.md'), 'utf8');
    for (const { blocks } of sections)
      for (const block of blocks)
        for (const cell of block.kind === 'table' ? block.rows.flat() : []) expect(readme).toContain(cell);
  });
});

describe('the cache', () => {
  const empty: TrustFile = { version: 1, rows: [], differences: [], unreadable: [], sections: [] };

  test('depends on every byte and every name of the inputs', () => {
    const top = newFolder();
    mkdirSync(join(top, 'src/deep'), { recursive: true });
    writeFileSync(join(top, 'src/deep/a.ts'), 'one');
    writeFileSync(join(top, 'lock'), 'two');
    const hash = () => contentHash(top, ['src', 'lock']);
    const first = hash();
    expect(hash()).toBe(first);
    appendFileSync(join(top, 'src/deep/a.ts'), ' ');
    const second = hash();
    writeFileSync(join(top, 'src/deep/b.ts'), '');
    const third = hash();
    writeFileSync(join(top, 'lock'), 'three');
    expect(new Set([first, second, third, hash()]).size).toBe(4);
  });

  test('computes once per hash, and again for another hash or unreadable contents', () => {
    const cache = join(newFolder(), 'deep');
    let made = 0;
    const make = () => {
      made++;
      return { ...empty, unreadable: [{ path: `${made}`, problem: '' }] };
    };
    const first = keptTrust(cache, 'a', make);
    expect(keptTrust(cache, 'a', make)).toEqual(first);
    expect(made).toBe(1);
    keptTrust(cache, 'b', make);
    expect(made).toBe(2);
    expect(readdirSync(cache)).toEqual(['trust-b.json']);
    writeFileSync(join(cache, 'trust-b.json'), '{"version":1}');
    expect(keptTrust(cache, 'b', make).unreadable[0]?.path).toBe('3');
  });

  test('names the field of a stored file that was changed', () => {
    expect(parseTrust(printTrust(empty))).toEqual({ ok: true, value: empty });
    const wrong = (text: string) => {
      const parsed = parseTrust(text);
      return parsed.ok ? 'fine' : parsed.problems[0].at.path;
    };
    expect(wrong('<html>')).toBe('trust');
    expect(wrong(printTrust(empty).replace('"version":1', '"version":2'))).toBe('version');
    expect(wrong(printTrust(empty).replace('"rows":[]', '"rows":[{}]'))).toMatch(/^rows\.0\./);
  });
});

// The version is one everywhere, and the changelog has words for it.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { notesOf } from '../build/notes.mjs';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test('package.json, its lock, the page and the changelog name one version', () => {
  const { version }: { version: string } = JSON.parse(read('package.json'));
  const lock: { version: string; packages: Record<string, { version: string }> } = JSON.parse(
    read('package-lock.json'),
  );
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect([lock.version, lock.packages['']?.version]).toEqual([version, version]);
  expect(import.meta.env.IRQSCOPE_VERSION).toBe(version);
  // the newest is the first
  expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  expect(notesOf(read('CHANGELOG.md'), version).length).toBeGreaterThan(100);
});

describe('the words of a release', () => {
  const changelog =
    '# Changelog\n\n## 1.0.10\n\nten\n\n## 1.0.1 (2030-01-02)\n\n- one\n- two\n\n## 1.0.0\n\n';

  test('are those below its heading', () => {
    expect(notesOf(changelog, '1.0.10')).toBe('ten');
    expect(notesOf(changelog, '1.0.1')).toBe('- one\n- two');
  });

  test('must be there', () => {
    expect(() => notesOf(changelog, '1.0.0')).toThrow('says nothing of 1.0.0');
    expect(() => notesOf(changelog, '1.0')).toThrow('says nothing of 1.0');
  });
});

describe('the workflows', () => {
  test.each(['pages', 'release', 'ci'])('%s run what package.json and the repository have', (name) => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const text = read(`.github/workflows/${name}.yml`);
    const asked = [...text.matchAll(/npm run (\S+)/g)].map(([, script = '']) => script);
    expect(asked.filter((script) => scripts[script] === undefined)).toEqual([]);
    expect(text).toMatch(/\.ci\/run|npm run build/);
    // what a push of a stranger may run has no right to write
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  });
});

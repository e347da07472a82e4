// All files name the same version, and the changelog has a section for it.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { notesOf } from '../build/notes.mjs';

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

test('package.json, its lock, the page and the changelog name the same version', () => {
  const { version }: { version: string } = JSON.parse(read('package.json'));
  const lock: { version: string; packages: Record<string, { version: string }> } = JSON.parse(
    read('package-lock.json'),
  );
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect([lock.version, lock.packages['']?.version]).toEqual([version, version]);
  expect(import.meta.env.IRQSCOPE_VERSION).toBe(version);
  // the first section is the newest
  expect(/^## (\S+)/m.exec(read('CHANGELOG.md'))?.[1]).toBe(version);
  expect(notesOf(read('CHANGELOG.md'), version).length).toBeGreaterThan(100);
});

describe('the release notes', () => {
  const changelog =
    '# Changelog\n\n## 1.0.10\n\nten\n\n## 1.0.1 (2030-01-02)\n\n- one\n- two\n\n## 1.0.0\n\n';

  test('are the text below the heading of the version', () => {
    expect(notesOf(changelog, '1.0.10')).toBe('ten');
    expect(notesOf(changelog, '1.0.1')).toBe('- one\n- two');
  });

  test('are required', () => {
    expect(() => notesOf(changelog, '1.0.0')).toThrow('has no text for 1.0.0');
    expect(() => notesOf(changelog, '1.0')).toThrow('has no text for 1.0');
  });
});

describe('the workflows', () => {
  test.each(['pages', 'release', 'ci'])('%s runs existing scripts, with read permission only', (name) => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const text = read(`.github/workflows/${name}.yml`);
    const asked = [...text.matchAll(/npm run (\S+)/g)].map(([, script = '']) => script);
    expect(asked.filter((script) => scripts[script] === undefined)).toEqual([]);
    expect(text).toMatch(/\.ci\/run|npm run build/);
    // code from a pull request must not get write permission
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
  });

  test('ci cancels superseded runs and runs every stage of npm test; pages waits for its success', () => {
    const ci = read('.github/workflows/ci.yml');
    expect(ci).toContain('cancel-in-progress: true');
    for (const stage of ['typecheck', 'lint', 'deadcode', 'dup', 'test:unit', 'test:e2e'])
      expect(ci).toContain(`npm run ${stage}`);
    const pages = read('.github/workflows/pages.yml');
    expect(pages).toContain('workflows: [ci]');
    expect(pages).toContain("workflow_run.conclusion == 'success'");
  });
});

// Patches of vfio_pci_intrs.c: hunks, line numbers, functions, mail, damage on the way, and what is refused.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { functionOf } from '../../../src/formats/patch/functions.ts';
import { readPatch } from '../../../src/formats/patch/parse.ts';
import type { Patch } from '../../../src/formats/patch/patch.ts';
import { hunkLines, quotedHunks } from '../../../src/formats/patch/quote.ts';
import { isPatchText } from '../../../src/formats/patch/recognise.ts';
import { problemText } from '../../../src/text/problem.ts';
import { diffs, quotedPrintable } from './made.ts';

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');

function read(text: string): Patch {
  const result = readPatch(text);
  if (!result.ok) throw new Error(result.problems.map(problemText).join('\n'));
  return result.value;
}

function refused(text: string): string {
  const result = readPatch(text);
  if (result.ok) throw new Error('the patch was accepted');
  return problemText(result.problems[0]);
}

const shape = ({ file }: Patch) =>
  file.hunks.map(({ oldStart, oldCount, newStart, newCount, functions, lines }) => ({
    oldStart,
    oldCount,
    newStart,
    newCount,
    functions,
    texts: lines.map(({ text }) => text),
  }));

describe('made-up diffs', () => {
  test('are read with their lines, numbers and functions', () => {
    fc.assert(
      fc.property(diffs, ({ text, hunks }) => {
        const patch = read(text);
        expect(shape(patch)).toEqual(hunks);
        for (const { oldStart, newStart, lines } of patch.file.hunks) {
          const numbers = (side: 'old' | 'new') => lines.flatMap((line) => line[side] ?? []);
          expect(numbers('old')).toEqual(numbers('old').map((_, at) => oldStart + at));
          expect(numbers('new')).toEqual(numbers('new').map((_, at) => newStart + at));
          for (const line of lines) {
            expect([line.old === null, line.new === null]).toEqual([
              line.kind === 'added',
              line.kind === 'removed',
            ]);
          }
        }
        expect(isPatchText(text)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('are printed as they were, and quoted so that they can be read again', () => {
    fc.assert(
      fc.property(diffs, ({ text, hunks }) => {
        const { file } = read(text);
        const [old, now, ...rest] = text.trimEnd().split('\n');
        expect(file.hunks.flatMap(hunkLines).join('\n').trimEnd()).toBe(rest.join('\n').trimEnd());
        const quoted = `> ${old}\n> ${now}\n${quotedHunks(file.hunks)}\n`;
        expect(shape(read(quoted))).toEqual(hunks);
      }),
    );
  });

  test.each([
    ['with CR LF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['behind quote marks', (text: string) => text.replace(/^/gm, '> ')],
    ['behind two quote marks, with a reply', (text: string) => `Hi,\n${text.replace(/^/gm, '> > ')}\n> no\n`],
    [
      'in quoted-printable',
      (text: string) =>
        `Content-Transfer-Encoding: quoted-printable\nX: a=3Db\n\n${quotedPrintable(text, false)}`,
    ],
    ['in quoted-printable with tabs', (text: string) => `X: =3D\n\n${quotedPrintable(text, true)}`],
    ['with the colours of git diff', (text: string) => text.replace(/^([+-@].*)$/gm, '\u001b[32m$1\u001b[m')],
    ['indented', (text: string) => text.replace(/^/gm, '    ')],
    ['without the spaces of empty lines', (text: string) => text.replace(/^ $/gm, '')],
    ['between sentences', (text: string) => `What about this?\n\n${text}-- \n2.47.3\n\nRegards\n`],
  ])('are read %s', (_, damage) => {
    fc.assert(
      fc.property(diffs, ({ text, hunks }) => {
        expect(shape(read(damage(text)))).toEqual(hunks);
        expect(isPatchText(damage(text))).toBe(true);
      }),
    );
  });

  test('a missing line is named with the line of the text and of the hunk', () => {
    fc.assert(
      fc.property(diffs, fc.nat(), ({ text }, pick) => {
        const lines = text.trimEnd().split('\n');
        const inside = lines.flatMap((line, at) => (at > 1 && !line.startsWith('@@') ? [at] : []));
        const cut = inside[pick % inside.length] ?? 0;
        const hunk = lines.findLastIndex((line, at) => at < cut && line.startsWith('@@')) + 1;
        const said = refused(lines.toSpliced(cut, 1).join('\n'));
        expect(said).toMatch(/^line \d+/);
        expect(said).toContain(`the hunk that begins at line ${hunk}`);
      }),
    );
  });

  test('any text is read or refused with a place, never an exception', () => {
    const part = fc.constantFrom(
      '@@ -1,2 +1,2 @@ int f(',
      '--- a/x.c',
      '+++ b/vfio_pci_intrs.c',
      '+a',
      '-b',
      ' c',
      '',
      '> ',
      '@@',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(part, fc.string()), { maxLength: 12 }), (parts) => {
        const result = readPatch(parts.join('\n'));
        if (!result.ok) expect(result.problems[0].expected).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a mail of git format-patch', () => {
  const patch = read(fixture('free-on-error.patch'));

  test('has subject, author and date', () => {
    expect(patch.mail).toEqual({
      subject: '[RFC PATCH 1/2] vfio/pci: Free the irq of a failed assignment that allocated it',
      author: 'Jörg Example <joerg@example.org>',
      date: 'Tue, 3 Nov 2026 10:12:33 +0100',
    });
  });

  test('touches an added function and the function behind it', () => {
    expect(patch.file.hunks.map(({ functions, outside, line }) => ({ functions, outside, line }))).toEqual([
      { functions: ['vfio_msi_drop_irq', 'vfio_msi_set_vector_signal'], outside: false, line: 22 },
      { functions: ['vfio_msi_set_vector_signal'], outside: false, line: 39 },
    ]);
    expect(patch.others).toEqual([]);
  });

  test('does not take the signature for a removed line', () => {
    expect(
      patch.file.hunks[1]?.lines.filter(({ kind }) => kind === 'removed').map(({ text }) => text),
    ).toEqual(['\tkfree(ctx->name);']);
  });
});

test('diff -u without git: names with times, a heading that ends early', () => {
  const { file, mail } = read(fixture('order.diff'));
  expect(mail).toBeNull();
  expect(file.newPath).toBe('vfio_pci_intrs.c');
  expect(file.hunks.map(({ functions }) => functions)).toEqual([['vfio_msi_set_block']]);
});

test('a comment of a reply between quoted lines is left out', () => {
  const quoted = fixture('order.diff').slice(0, -1).replace(/^/gm, '> ');
  const lines = quoted.split('\n');
  const replied = [...lines.slice(0, 7), '', 'Why downwards?', '', ...lines.slice(7)].join('\n');
  expect(shape(read(replied))).toEqual(shape(read(fixture('order.diff'))));
});

describe('refuses, and says what is accepted', () => {
  test('a patch of other files', () => {
    expect(refused(fixture('other.patch'))).toBe(
      'line 1: expected a unified diff that touches drivers/vfio/pci/vfio_pci_intrs.c, found a diff of drivers/vfio/pci/vfio_pci_core.c and 1 other file',
    );
  });

  test('a series in one text', () => {
    const both = `${fixture('free-on-error.patch')}\n${fixture('order.diff')}`;
    expect(refused(both)).toMatch(
      /^line 54: expected one diff of .*; paste the patches of a series one by one/,
    );
  });

  test('a hunk that a mailer wrapped, with the line', () => {
    const text = fixture('order.diff').replace(
      '-\t\tfor (i = start; i < j; i++)',
      '-\t\tfor (i = start;\ni < j; i++)',
    );
    expect(refused(text)).toMatch(
      /^line 8, column 1: expected 3 more lines of the old version and 4 more lines of the new version in the hunk that begins at line 3, .* found “i < j; i\+\+\)”$/,
    );
  });

  test('the diff of a merge', () => {
    expect(refused('--- a/x.c\nfoo\n@@@ -1,1 -1,1 +1,1 @@@\n')).toContain('the diff of a merge');
  });

  test('a rename without a hunk', () => {
    const text =
      'diff --git a/drivers/vfio/pci/vfio_pci_intrs.c b/drivers/vfio/pci/vfio_pci_intrs.c\nold mode 100644\nnew mode 100755\n';
    expect(refused(text)).toContain('expected a hunk of drivers/vfio/pci/vfio_pci_intrs.c');
  });
});

test('the diff of two traces is no patch', () => {
  const trace = `--- a/good.log\n+++ b/bad.log\n@@ -1,2 +1,2 @@\n vfio_intx_enable (0000:01:00.0)\n-vfio_msix_enable (0000:01:00.0)\n+vfio_msi_enable (0000:01:00.0)\n`;
  expect(isPatchText(trace)).toBe(false);
  expect(isPatchText('set_irqs msix trigger eventfd 0 [100]\n')).toBe(false);
  expect(isPatchText(fixture('other.patch'))).toBe(true);
});

test.each([
  ['static int vfio_msi_set_block(struct vfio_pci_core_device *vdev, unsigned start,', 'vfio_msi_set_block'],
  ['void *vfio_irq_ctx_get(int x)', 'vfio_irq_ctx_get'],
  ['struct vfio_pci_irq_ctx {', null],
  ['EXPORT_SYMBOL_GPL(vfio_pci_set_irqs_ioctl);', null],
  ['\tret = foo(x);', null],
  ['out_free_name:', null],
  ['#define foo(x) (x)', null],
])('the function of “%s” is %s', (text, name) => {
  expect(functionOf(text)).toBe(name);
});

test('no text that is imported is taken for a patch', () => {
  const folders = ['../imports/fixtures/', '../../field/', '../../traces/'].map(
    (path) => new URL(path, import.meta.url),
  );
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) =>
      one.isFile() && !one.name.endsWith('.gz') ? [join(one.parentPath, one.name)] : [],
    ),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((path) => isPatchText(readFileSync(path, 'utf8').slice(0, 65_536)))).toEqual([]);
});

test('reads very long lines', () => {
  const long = `--- a/x.c\n+++ b/vfio_pci_intrs.c\n@@ -1 +1 @@ ${'int '.repeat(20_000)}(\n-${'a b '.repeat(100_000)}\n+${'int f(int) '.repeat(50_000)}\n`;
  expect(read(long).file.hunks[0]?.functions).toEqual(['f']);
});

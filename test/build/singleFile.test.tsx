// The single-file page: embedded code, styles and files are unchanged, and the policy allows only them.
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fileBlock, scriptText, singleFile, withWorkersInside } from '../../build/singleFile.ts';

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <link rel="icon" href="/icon.svg" type="image/svg+xml" />
    <script type="module" crossorigin src="/assets/index.js"></script>
    <link rel="stylesheet" crossorigin href="/assets/index.css">
  </head>
  <body><div id="root"></div></body>
</html>`;
const made = (parts: Partial<Parameters<typeof singleFile>[0]>) =>
  singleFile({ html: HTML, code: 'go()', css: 'p{}', icon: '<svg/>', blocks: [], ...parts });

/** Texts that end an element, or seem to end it. */
const nasty = fc
  .array(
    fc.constantFrom(
      '</script>',
      '</SCRIPT',
      '<!--',
      '-->',
      '<script',
      '</style>',
      '</body>',
      '$&',
      '$1',
      "'",
      '\\',
      'é',
      ' ',
      'x',
    ),
  )
  .map((parts) => parts.join(''));

/** Returns the elements as a browser reads them. */
function read(text: string) {
  const document = new DOMParser().parseFromString(text, 'text/html');
  const script = document.querySelector('script[type="module"]')?.textContent ?? '';
  const style = document.querySelector('style')?.textContent ?? '';
  const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
  return { document, script, style, policy };
}

const sha256 = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

describe('the single file', () => {
  test('a browser reads the same code for any texts in it, and the policy allows only this code', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { script, policy, style, document } = read(made({ code: `out(${JSON.stringify(text)})` }));
        let got: unknown;
        new Function('out', script)((value: unknown) => {
          got = value;
        });
        expect(got).toBe(text);
        expect(policy).toContain(`script-src ${sha256(script)};`);
        expect(policy).toContain(`style-src ${sha256(style)};`);
        expect(document.querySelectorAll('[src], link[href]:not([href^="data:"])')).toHaveLength(0);
      }),
      { numRuns: 60 },
    );
  });

  test('the policy forbids the network, other inline code and eval', () => {
    const { policy } = read(made({}));
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/unsafe|https?:|\*|'self'/);
  });

  test('refuses a page without the expected elements', () => {
    expect(() => made({ html: HTML.replace(/<link rel="stylesheet".*>/, '') })).toThrow(
      'expected exactly one',
    );
    expect(() => made({ html: HTML.replace('<body>', '<body></body><body>') })).toThrow(
      'expected exactly one',
    );
    expect(() => made({ css: 'p{}</style><p>' })).toThrow('contains </style');
  });

  test('line ends are normalised like in a browser', () => {
    expect(scriptText('a\r\nb\rc\n')).toBe('a\nb\nc\n');
  });
});

test('an embedded file reads back unchanged, gzipped or not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (content, isPacked) => {
      const bytes = isPacked ? new Uint8Array(gzipSync(content)) : content;
      const document = new DOMParser().parseFromString(fileBlock('a/b.gz', bytes), 'text/html');
      const block = document.querySelector('script[data-file="a/b.gz"]');
      const inside = Buffer.from(block?.textContent ?? '', 'base64');
      const got = block?.getAttribute('type') === 'application/gzip' ? gunzipSync(inside) : inside;
      expect(new Uint8Array(got)).toEqual(new Uint8Array(bytes));
    }),
    { numRuns: 100 },
  );
});

test('workers become inline, and other code is unchanged', () => {
  const code = [
    "const a = startWorker(() => new Worker(new URL('../a.worker.ts', import.meta.url), { type: 'module' }));",
    'const b = new Worker(',
    "  new URL('./b.worker.ts', import.meta.url),",
    "  { type: 'module' },",
    ');',
    'const c = new Worker(other);',
  ].join('\n');
  expect(withWorkersInside(code)).toBe(
    [
      "import WorkerInside0 from '../a.worker.ts?worker&inline';",
      "import WorkerInside1 from './b.worker.ts?worker&inline';",
      'const a = startWorker(() => new WorkerInside0());',
      'const b = new WorkerInside1();',
      'const c = new Worker(other);',
    ].join('\n'),
  );
});

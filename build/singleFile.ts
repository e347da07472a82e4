// Writes the whole page as a single HTML file that works from `file://`, where fetch fails. Code, styles and workers are inline;
// every other file of the built page is a block of base64 (read by src/app/services/shipped.ts). This is our own plugin because
// the file's policy allows only its own script and style, by their hashes.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { SINGLE_FILE } from './files.ts';
import { listedFiles } from './offline.ts';

/** Matches the only way to start a worker that Vite recognises. */
const WORKER =
  /new Worker\(\s*new URL\(\s*('[^']+'),\s*import\.meta\.url\s*\),\s*\{ type: 'module' \},?\s*\)/g;

/** Vite adds this to inline workers; it loads no file. */
const REVOKED = 'URL.revokeObjectURL(import.meta.url);';

/** Matches code that loads a file from beside the page. */
const NEIGHBOUR = /.{0,60}(\bimport\.meta\b|\bnew Worker\(\s*new URL).{0,60}/;

/** Returns the code with its workers inlined by Vite. Other code is unchanged. */
export function withWorkersInside(code: string): string {
  const imports: string[] = [];
  const changed = code.replace(WORKER, (_all, path: string) => {
    const name = `WorkerInside${imports.length}`;
    imports.push(`import ${name} from ${path.slice(0, -1)}?worker&inline';`);
    return `new ${name}()`;
  });
  return [...imports, changed].join('\n');
}

/** Escapes code for a `<script>` element, without changing the meaning of its strings and regular expressions. */
export function scriptText(code: string): string {
  return code
    .replace(/\r\n?/g, '\n')
    .replace(/<\/(?=script)/gi, '<\\/')
    .replace(/<!(?=--)/g, '<\\!');
}

/** Returns the policy source that allows an element with exactly this text. */
function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** Returns a file as a script element that browsers do not run. Uncompressed files are gzipped. */
export function fileBlock(path: string, bytes: Uint8Array): string {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const packed = Buffer.from(isPacked ? bytes : gzipSync(bytes, { level: 9 })).toString('base64');
  const type = isPacked ? 'application/octet-stream' : 'application/gzip';
  return `<script type="${type}" data-file="${path}">${packed}</script>`;
}

/** The parts of the single file. */
interface Parts {
  /** The built page, which links to its script, style and icon. */
  readonly html: string;
  readonly code: string;
  readonly css: string;
  readonly icon: string;
  /** The file elements from `fileBlock`. */
  readonly blocks: readonly string[];
}

/** Returns the text of the single file. Throws when the built page does not have the expected elements. */
export function singleFile({ html, code, css, icon, blocks }: Parts): string {
  const script = scriptText(code);
  if (css.includes('</style')) throw new Error('the style sheet contains </style');
  const policy = [
    "default-src 'none'",
    `script-src ${hashSource(script)}`,
    `style-src ${hashSource(css)}`,
    'img-src data: blob:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts: readonly (readonly [RegExp, string])[] = [
    [
      /<meta charset="utf-8" \/>/,
      `<meta charset="utf-8" />\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    ],
    [/<link rel="icon"[^>]*>/, `<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(icon)}" />`],
    [/<link rel="stylesheet"[^>]*>/, `<style>${css}</style>`],
    [/<script type="module"[^>]*><\/script>/, ''],
    // the code is large, so it comes last
    [/<\/body>/, `${blocks.join('\n')}\n<script type="module">${script}</script>\n  </body>`],
  ];
  let text = html;
  for (const [what, by] of parts) {
    if (text.split(what).length !== 2) throw new Error(`expected exactly one ${what} in the built page`);
    text = text.replace(what, () => by);
  }
  return text;
}

/** Turns a build without code splitting into the single file, with the files of the static page in the same output folder. */
export function intoSingleFile(): Plugin {
  let pages = '';
  return {
    name: 'irqscope:single-file',
    apply: 'build',
    enforce: 'post',
    // the file refers to no other file; with a relative base, Vite would use import.meta.url
    config: () => ({ base: '/' }),
    configResolved({ root, build }) {
      pages = resolve(root, build.outDir);
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const made = Object.values(bundle);
        const chunks = made.filter((one) => one.type === 'chunk');
        const sources = (end: string) =>
          made.flatMap((one) =>
            one.type === 'asset' && one.fileName.endsWith(end) ? [String(one.source)] : [],
          );
        const [[code], [html], [css]] = [chunks.map((one) => one.code), sources('.html'), sources('.css')];
        if (
          chunks.length !== 1 ||
          made.length !== 3 ||
          code === undefined ||
          html === undefined ||
          css === undefined
        ) {
          const got = Object.keys(bundle).join(', ');
          this.error(`expected one script, one style sheet and one HTML file; the build produced ${got}`);
        }
        const asked = NEIGHBOUR.exec(code.replaceAll(REVOKED, ''));
        if (asked !== null) {
          this.error(
            `the code loads a file from beside the page (src/app/store/engine.ts shows how to start a worker): ${asked[0]}`,
          );
        }
        const read = (path: string) => readFileSync(join(pages, path));
        // code, styles and icon are in the file already
        const files = listedFiles(pages).filter((path) => !/^(assets\/|index\.html$|icon\.svg$)/.test(path));
        for (const name of Object.keys(bundle)) delete bundle[name];
        const source = singleFile({
          html,
          code,
          css,
          icon: read('icon.svg').toString(),
          blocks: files.map((path) => fileBlock(path, read(path))),
        });
        this.emitFile({ type: 'asset', fileName: SINGLE_FILE, source });
      },
    },
  };
}

/** Inlines the workers and removes the preloading of lazily loaded modules. */
export const everythingInside: Plugin = {
  name: 'irqscope:everything-inside',
  apply: 'build',
  enforce: 'pre',
  load: {
    // Vite's helper preloads a module's styles and imports; the single file already contains them
    filter: { id: /vite\/preload-helper/ },
    handler: () => 'export const __vitePreload = (load) => load();',
  },
  transform: {
    filter: { id: /\/src\/app\/.*\.tsx?$/, code: /new Worker\(/ },
    handler: (code) => ({ code: withWorkersInside(code), map: null }),
  },
};

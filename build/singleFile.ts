// The whole page as one HTML file that works from `file://`, where nothing can be fetched: code and styles stand in it,
// workers are text in the code, and every other file of the built page is a block of base64 (read by src/app/state/shipped.ts).
// A plugin of our own, because its policy allows its very script and style by their hashes and nothing else.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { filesBelow, SERVICE_WORKER, SINGLE_FILE } from './files.ts';

/** A worker as Vite wants it written; its file becomes a text in the code. */
const WORKER =
  /new Worker\(\s*new URL\(\s*('[^']+'),\s*import\.meta\.url\s*\),\s*\{ type: 'module' \},?\s*\)/g;

/** What Vite puts into a worker that is a text: it asks for nothing. */
const REVOKED = 'URL.revokeObjectURL(import.meta.url);';

/** What asks for a file beside the page. */
const NEIGHBOUR = /.{0,60}(\bimport\.meta\b|\bnew Worker\(\s*new URL).{0,60}/;

/** Writes workers so that their code is part of the code that starts them; what is not written so stays. */
export function withWorkersInside(code: string): string {
  const imports: string[] = [];
  const changed = code.replace(WORKER, (_all, path: string) => {
    const name = `WorkerInside${imports.length}`;
    imports.push(`import ${name} from ${path.slice(0, -1)}?worker&inline';`);
    return `new ${name}()`;
  });
  return [...imports, changed].join('\n');
}

/** Code as it can stand between `<script>` and `</script>`; strings and patterns in it mean the same. */
export function scriptText(code: string): string {
  return code
    .replace(/\r\n?/g, '\n')
    .replace(/<\/(?=script)/gi, '<\\/')
    .replace(/<!(?=--)/g, '<\\!');
}

/** A source of a policy that allows what stands in an element and nothing else. */
function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

/** A file as a block that no browser runs. What is not packed yet is packed. */
export function fileBlock(path: string, bytes: Uint8Array): string {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const packed = Buffer.from(isPacked ? bytes : gzipSync(bytes, { level: 9 })).toString('base64');
  const type = isPacked ? 'application/octet-stream' : 'application/gzip';
  return `<script type="${type}" data-file="${path}">${packed}</script>`;
}

/** What the file is made of. */
interface Parts {
  /** The built page, whose script, style and icon are elsewhere. */
  readonly html: string;
  readonly code: string;
  readonly css: string;
  readonly icon: string;
  /** The blocks of files. */
  readonly blocks: readonly string[];
}

/** The one file. Throws where the page is not as expected. */
export function singleFile({ html, code, css, icon, blocks }: Parts): string {
  const script = scriptText(code);
  if (css.includes('</style')) throw new Error('the style would end its own element');
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
    // code is large: what is read before it is shown sooner
    [/<\/body>/, `${blocks.join('\n')}\n<script type="module">${script}</script>\n  </body>`],
  ];
  let text = html;
  for (const [what, by] of parts) {
    if (text.split(what).length !== 2) throw new Error(`the built page has not exactly one ${what}`);
    text = text.replace(what, () => by);
  }
  return text;
}

/** Makes the file of a build without code splitting; `pages` is the folder of the static page, which was built before. */
export function intoSingleFile(pages: string): Plugin {
  return {
    name: 'irqscope:single-file',
    apply: 'build',
    enforce: 'post',
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
          this.error(`one script, one style and one page were to be made: ${Object.keys(bundle).join(', ')}`);
        }
        const asked = NEIGHBOUR.exec(code.replaceAll(REVOKED, ''));
        if (asked !== null) {
          this.error(
            `something asks for a file beside the page (src/app/state/engine.ts is how a worker is written): ${asked[0]}`,
          );
        }
        const files = filesBelow(pages).filter(
          (path) =>
            !/^(assets\/|index\.html$|icon\.svg$)/.test(path) &&
            path !== SERVICE_WORKER &&
            path !== SINGLE_FILE,
        );
        const read = (path: string) => readFileSync(join(pages, path));
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

/** Puts the workers into the code that starts them, and has what is loaded lazily ask for nothing. */
export const everythingInside: Plugin = {
  name: 'irqscope:everything-inside',
  apply: 'build',
  enforce: 'pre',
  load: {
    // Vite's helper fetches styles and modules ahead of a module; here they are there
    filter: { id: /vite\/preload-helper/ },
    handler: () => 'export const __vitePreload = (load) => load();',
  },
  transform: {
    filter: { id: /\/src\/app\/.*\.tsx?$/, code: /new Worker\(/ },
    handler: (code) => ({ code: withWorkersInside(code), map: null }),
  },
};

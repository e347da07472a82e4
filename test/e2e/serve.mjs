// Serves only dist/, under a path of several folders, so that the end-to-end tests show that the built page runs under any path.
// Usage: node test/e2e/serve.mjs [PORT]
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @type {Record<string, string>} */
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/**
 * Returns a listener that serves the files of a folder under a path (with a slash at both ends).
 * @param {string} folder
 * @param {string} prefix
 * @returns {import('node:http').RequestListener}
 */
export function answerFrom(folder, prefix) {
  const root = resolve(folder) + sep;
  /** @param {string} pathname */
  const fileFor = (pathname) => {
    if (!pathname.startsWith(prefix)) return undefined;
    const asked = decodeURIComponent(pathname.slice(prefix.length));
    // the index of a folder, as every static server does
    const path = join(root, asked === '' || asked.endsWith('/') ? `${asked}index.html` : asked);
    if (!path.startsWith(root)) return undefined;
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? path : undefined;
  };
  return (request, response) => {
    const path = fileFor(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (path === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'cache-control': 'no-store',
    });
    createReadStream(path).pipe(response);
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const prefix = '/some/where/irqscope/';
  const port = Number(process.argv[2] ?? 4179);
  createServer(answerFrom(fileURLToPath(new URL('../../dist/', import.meta.url)), prefix)).listen(
    port,
    '127.0.0.1',
    () => console.log(`http://127.0.0.1:${port}${prefix}`),
  );
}

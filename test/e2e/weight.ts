// The weight of built files, as a server with gzip sends them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Returns the kilobytes (1000 bytes) of files of a built page, each gzipped separately unless it is compressed already. */
export function weight(dist: string, paths: Iterable<string>): number {
  const bytes = [...paths].map((path) => {
    const content = readFileSync(join(dist, path));
    return Math.min(content.length, gzipSync(content).length);
  });
  return bytes.reduce((sum, one) => sum + one, 0) / 1000;
}

/** Returns a module and its static imports, directly and indirectly. */
function withImports(dist: string, path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const code = readFileSync(join(dist, path), 'utf8');
  for (const [, name = ''] of code.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) {
    withImports(dist, join('assets', name), found);
  }
  return found;
}

/** Returns the files of a kind that index.html names. */
export function named(dist: string, end: string): string[] {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  return [...html.matchAll(/(?:src|href)="\.\/([^"]+)"/g)].flatMap(([, path = '']) =>
    path.endsWith(end) ? [path] : [],
  );
}

/** Returns the modules that a browser needs before the first picture. */
export function firstModules(dist: string): Set<string> {
  return new Set(named(dist, '.js').flatMap((path) => [...withImports(dist, path)]));
}

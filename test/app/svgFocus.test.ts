// Elements inside an <svg> take their focus from SVG_FOCUS: Preact would write `tabIndex` as an attribute that SVG does not know.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { expect, test } from 'vitest';

const app = fileURLToPath(new URL('../../src/app/', import.meta.url));
const SVG = new Set([
  'svg',
  'g',
  'rect',
  'path',
  'circle',
  'line',
  'text',
  'use',
  'image',
  'ellipse',
  'polygon',
]);

/** Returns the SVG elements of a source file that have `tabIndex`. */
function wrongIn(name: string, source: string): readonly string[] {
  const found: string[] = [];
  new Visitor({
    JSXOpeningElement({ name: element, attributes }) {
      const wrong =
        element.type === 'JSXIdentifier' &&
        SVG.has(element.name) &&
        attributes.some((one) => one.type === 'JSXAttribute' && one.name.name === 'tabIndex');
      if (wrong) found.push(`${name}: <${element.name}>`);
    },
  }).visit(parseSync(name, source).program);
  return found;
}

test('no SVG element has tabIndex', () => {
  const files = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tsx'),
  );
  expect(files.flatMap((name) => wrongIn(name, readFileSync(`${app}${name}`, 'utf8')))).toEqual([]);
});

test('an SVG element with tabIndex is found', () => {
  expect(wrongIn('one.tsx', 'export const A = () => <svg><g tabIndex={0} /></svg>;')).toEqual([
    'one.tsx: <g>',
  ]);
});

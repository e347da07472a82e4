// The rules for imports between the floors of src/ (ARCHITECTURE.md): an allow-list that fails closed. Unlisted folders,
// unreadable imports and unlisted packages are violations.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

interface Floor {
  /** Floors that it may import; its own folder always. */
  below: readonly string[];
  /** Packages that it may import, beside the floors. */
  packages?: readonly string[];
  /** True for floors above the pure ones, which may use the clock, random numbers and the page. */
  impure?: true;
}

const model = ['base', 'uapi', 'machine', 'kernel'];
const pure = [...model, 'session', 'text', 'recordings', 'explore', 'clients', 'formats', 'lessons', 'views'];

const floors: Record<string, Floor> = {
  base: { below: [] },
  uapi: { below: ['base'] },
  machine: { below: ['base', 'uapi'] },
  kernel: { below: ['base', 'uapi', 'machine'] },
  session: { below: model },
  text: { below: [...model, 'session'] },
  recordings: { below: [...model, 'session'] },
  explore: { below: [...model, 'session'] },
  clients: { below: model },
  formats: { below: [...model, 'session', 'text', 'recordings', 'clients'], packages: ['valibot', 'fflate'] },
  lessons: { below: [...model, 'session', 'text', 'explore', 'formats', 'clients'] },
  views: { below: [...model, 'session', 'text', 'recordings', 'explore', 'clients'], packages: ['d3'] },
  app: {
    below: [...pure, 'offline'],
    packages: ['preact', 'react', 'react-dom', 'react-dom/client', 'zustand', 'd3', 'uqr'],
    impure: true,
  },
  cli: { below: pure, packages: ['node:*', 'vite'], impure: true },
  offline: { below: [], impure: true },
};

// The rooms of src/app, the lowest first: a room imports itself and those before it.
const rooms = ['workers', 'services', 'store', 'ui', 'features', 'shell'];

// The functions of d3 that views may import, because they only compute. All types are allowed.
const computingD3 =
  /^(scale|interpolate|curve|link|stack|symbol|format|bisect|group|rollup|quantile|tick|area|line)|^(arc|bin|cluster|color|cumsum|descending|ascending|deviation|extent|hcl|hierarchy|hsl|index|lab|max|maxIndex|mean|median|merge|min|minIndex|pairs|partition|path|pie|precision(Fixed|Prefix|Round)|range|rgb|sum|thresholdSturges|tree|zip)$/;

// Global names outside the model. The compiler rejects the DOM's names too (src/tsconfig.json excludes them).
const outside = new Set([
  ...['document', 'window', 'globalThis', 'self', 'navigator', 'localStorage', 'performance', 'crypto'],
  ...['process', 'setTimeout', 'setInterval', 'queueMicrotask', 'eval', 'Function'],
]);

interface Node {
  type: string;
  [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const nameOf = (value: unknown) => {
  if (!isNode(value)) return undefined;
  const name = value.type === 'Literal' ? value['value'] : value['name'];
  return typeof name === 'string' ? name : undefined;
};

function* walk(node: Node, parent?: Node, key = ''): Generator<{ node: Node; parent?: Node; key: string }> {
  yield parent ? { node, parent, key } : { node, key };
  for (const [childKey, value] of Object.entries(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* walk(child, node, childKey);
    }
  }
}

interface Import {
  /** Undefined if the target is known only at run time. */
  from: string | undefined;
  /** The imported names, '*' for all of them; undefined in forms without names. */
  names?: { name: string; isType: boolean }[];
}

function namesOf(node: Node): { name: string; isType: boolean }[] {
  if (node.type === 'ExportAllDeclaration') return [{ name: '*', isType: false }];
  const specifiers = Array.isArray(node['specifiers']) ? node['specifiers'].filter(isNode) : [];
  return specifiers.map((specifier) => ({
    name:
      specifier.type === 'ImportNamespaceSpecifier'
        ? '*'
        : specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : (nameOf(specifier['imported'] ?? specifier['local']) ?? '*'),
    isType: [node, specifier].some((part) => part['importKind'] === 'type' || part['exportKind'] === 'type'),
  }));
}

/** Returns the import of a node, in every form of TypeScript and Vite; undefined for other nodes. */
function importOf(node: Node): Import | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
      return { from: nameOf(node['source']), names: namesOf(node) };
    case 'ExportNamedDeclaration':
      return node['source'] ? { from: nameOf(node['source']), names: namesOf(node) } : undefined;
    case 'ImportExpression':
    case 'TSImportType':
      return { from: nameOf(node['source']) };
    case 'TSExternalModuleReference':
    case 'TSImportEqualsDeclaration':
      return { from: undefined };
    case 'CallExpression': {
      const callee = node['callee'];
      if (nameOf(callee) === 'require') return { from: undefined };
      if (!isNode(callee) || callee.type !== 'MemberExpression') return undefined;
      const object = callee['object'];
      return isNode(object) && object.type === 'MetaProperty' ? { from: undefined } : undefined;
    }
    case 'NewExpression': {
      // new URL('./x.worker.ts', import.meta.url)
      const args = (node['arguments'] as unknown[]).filter(isNode);
      const isUrlHere = nameOf(node['callee']) === 'URL' && args[1] && [...walk(args[1])].some(isMeta);
      return isUrlHere ? { from: nameOf(args[0]) } : undefined;
    }
    default:
      return undefined;
  }
}

const isMeta = ({ node }: { node: Node }) => node.type === 'MetaProperty';

const floorOf = (path: string) => (path.startsWith('src/') ? path.split('/')[1] : undefined);
const isListed = (name: string) => Object.hasOwn(floors, name);
/** Returns the room of a file of src/app; undefined for the page's entry, which stands above the rooms. */
const roomOf = (path: string) => (path.split('/').length > 3 ? path.split('/')[2] : undefined);

/** Returns the feature of a file below src/app/features, for instance `compare` or `lab/script`. */
function featureOf(path: string): string {
  const [, , , first = '', second = '', third] = path.split('/');
  return first === 'lab' && third !== undefined ? `lab/${second}` : first;
}

/** Returns the violation of an import inside src/app: an unknown room, a room above, another feature. */
function checkRoom(path: string, target: string): string[] {
  const own = roomOf(path);
  const other = roomOf(target);
  if (own === undefined) return [];
  if (!rooms.includes(own)) return [`${own}, which is not a room of src/app`];
  if (other === undefined || !rooms.includes(other)) return [`${target}, which is in no room of src/app`];
  if (rooms.indexOf(other) > rooms.indexOf(own)) return [`${target}, a room above it`];
  if (own !== 'features' || other !== 'features') return [];
  const [from, to] = [featureOf(path), featureOf(target)];
  return from === to ? [] : [`${target}, another feature`];
}

// Every file in the folder is a generation, except the list and the shared type.
const generationsList = 'src/kernel/generations/index.ts';
const isGeneration = (path: string) =>
  path.startsWith('src/kernel/generations/') &&
  path !== generationsList &&
  path !== 'src/kernel/generations/generation.ts' &&
  path !== 'src/kernel/generations/policies.ts';

function checkImport(path: string, floor: Floor, { from, names }: Import): string[] {
  if (from === undefined) return ['an import that cannot be read'];
  if (!/^\.\.?\//.test(from)) {
    const isAllowed = (floor.packages ?? []).some((name) =>
      name === 'node:*' ? from.startsWith('node:') : name === from,
    );
    if (!isAllowed) return [`the package ${from}`];
    if (from !== 'd3') return [];
    if (!names) return ['d3 by anything but names'];
    return names.flatMap(({ name, isType }) => {
      if (name === '*' || name === 'default') return ['d3 by anything but names'];
      if (isType || floor.impure || computingD3.test(name)) return [];
      return [`d3's ${name}, which is not in the list of computing functions`];
    });
  }
  const target = posix.join(posix.dirname(path), from.replace(/\?.*$/, ''));
  const targetFloor = floorOf(target);
  const ownFloor = floorOf(path);
  if (!targetFloor || !target.startsWith('src/')) return [`${target}, outside src/`];
  if (targetFloor !== ownFloor && !floor.below.includes(targetFloor))
    return [`${target}, a floor not below it`];
  if (ownFloor === 'app' && targetFloor === 'app') {
    const wrong = checkRoom(path, target);
    if (wrong.length > 0) return wrong;
  }
  if (!floor.impure && !/\.ts$/.test(from)) return [`${from}, which is not a .ts file`];
  if (path === generationsList) return [];
  // the text of a file, which the page shows and does not run
  if (floor.impure && from.endsWith('.ts?raw')) return [];
  // the assembled generation uses functions of the written ones
  if (path === 'src/kernel/generations/assembled.ts') return [];
  if (isGeneration(target)) return [`${target}, which only the list of generations may import`];
  if (isGeneration(path) && target === generationsList) return [`${target}, the list that contains it`];
  return [];
}

// Returns whether an identifier is only a label: a property, a key, the name of a type.
function isLabel(key: string, parent: Node | undefined): boolean {
  if (!parent) return false;
  if (parent.type === 'MemberExpression') return key === 'property' && parent['computed'] === false;
  if (['Property', 'PropertyDefinition', 'MethodDefinition'].includes(parent.type)) {
    return key === 'key' && parent['computed'] === false && parent['shorthand'] !== true;
  }
  if (parent.type === 'ImportSpecifier') return key === 'imported';
  if (parent.type === 'ExportSpecifier') return key === 'exported';
  return ['TSTypeReference', 'TSPropertySignature', 'TSMethodSignature', 'TSQualifiedName'].includes(
    parent.type,
  );
}

function checkPurity({ node, parent, key }: { node: Node; parent?: Node; key: string }): string[] {
  if (node.type === 'MetaProperty') return ['import.meta'];
  if (node.type !== 'Identifier' || isLabel(key, parent)) return [];
  const name = nameOf(node) ?? '';
  if (outside.has(name)) return [name];
  if (name !== 'Date' && name !== 'Math') return [];
  // Allows only written-out members, Math.x and Date.x, and a date from a value.
  if (parent?.type === 'MemberExpression' && key === 'object' && parent['computed'] === false) {
    const member = `${name}.${nameOf(parent['property'])}`;
    return ['Date.now', 'Math.random'].includes(member) ? [member] : [];
  }
  const isMade = parent?.type === 'NewExpression' && key === 'callee';
  const fromSomething = isMade && (parent['arguments'] as unknown[]).length > 0;
  return fromSomething ? [] : [`${name} as a value`];
}

const isReadonly = ({ node }: { node: Node }) => /^Readonly(Set|Map)$/.test(nameOf(node['typeName']) ?? '');

// The instrumented model calls this file's functions without an app (build/executedLines.ts).
const INSTRUMENT = 'src/app/features/lab/trace/lineHits.ts';

/** Returns the mutable state that a file of app has outside every function; it belongs to the page's store or `local` (store/app.ts). */
function moduleState(path: string, program: Node): string[] {
  if (!path.startsWith('src/app/') || path === INSTRUMENT) return [];
  const body = Array.isArray(program['body']) ? program['body'].filter(isNode) : [];
  return body.flatMap((statement) => {
    const declaration = isNode(statement['declaration']) ? statement['declaration'] : statement;
    if (declaration.type !== 'VariableDeclaration') return [];
    if (declaration['kind'] !== 'const') return [`a module-level ${String(declaration['kind'])}`];
    const declared = Array.isArray(declaration['declarations'])
      ? declaration['declarations'].filter(isNode)
      : [];
    return declared.flatMap(({ id, init }) => {
      if (!isNode(init) || init.type !== 'NewExpression') return [];
      const name = nameOf(init['callee']) ?? '';
      if (isNode(id) && isNode(id['typeAnnotation']) && [...walk(id['typeAnnotation'])].some(isReadonly))
        return [];
      const isEmpty = Array.isArray(init['arguments']) && init['arguments'].length === 0;
      return ['Map', 'Set', 'WeakSet'].includes(name) && isEmpty ? [`a module-level ${name}`] : [];
    });
  });
}

/** Returns the violations of one file of src/, one sentence each. */
function violations(path: string, text: string): string[] {
  const says = (found: string[]) => found.map((what) => `${path}: ${what}`);
  const name = floorOf(path);
  if (path === 'src/tsconfig.json' || path === 'src/tsconfig.base.json') return [];
  // no code imports a README
  if (path.endsWith('/README.md')) return [];
  if (!name || !isListed(name)) return says(['a folder that is not a floor']);
  const floor = floors[name];
  if (!floor) return says(['a folder that is not a floor']);
  if (['app', 'cli', 'offline'].some((one) => path === `src/${one}/tsconfig.json`)) return [];
  if (name === 'app' && path.endsWith('.css')) {
    return says(/@import|url\(\s*['"]?(?!data:|#)/i.test(text) ? ['CSS that loads another file'] : []);
  }
  if (!(path.endsWith('.ts') || (name === 'app' && path.endsWith('.tsx'))))
    return says(['not a source file']);

  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) return says(['a syntax error']);
  const references = comments.some(({ value }) =>
    /^\/\s*<reference|@ts-(ignore|nocheck)/.test(value.trimStart()),
  );
  const steps = [...walk(program as unknown as Node)];
  return says([
    ...(references ? ['a reference, or code without type checks'] : []),
    ...moduleState(path, program as unknown as Node),
    ...steps.flatMap(({ node }) => {
      const found = importOf(node);
      return found ? checkImport(path, floor, found) : [];
    }),
    ...(floor.impure ? [] : steps.flatMap(checkPurity)),
  ]);
}

const top = fileURLToPath(new URL('../', import.meta.url));

function filesOf(folder: string): string[] {
  return readdirSync(top + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesOf(path) : [path];
  });
}

describe('the floors of src/', () => {
  test('imports go downward only, and code below app is pure', () => {
    const files = filesOf('src');
    expect(files.length).toBeGreaterThan(5);
    expect(files.flatMap((path) => violations(path, readFileSync(top + path, 'utf8')))).toEqual([]);
  });

  test('no two floors list each other', () => {
    for (const [name, { below }] of Object.entries(floors)) {
      expect(below.filter((other) => !floors[other] || floors[other].below.includes(name))).toEqual([]);
    }
  });

  test('code below app compiles without the types of the DOM and Node', () => {
    const read = (path: string) =>
      JSON.parse(readFileSync(top + path, 'utf8').replace(/^\s*\/\/.*$/gm, '')) as {
        compilerOptions?: { lib?: string[]; types?: string[] };
        exclude?: string[];
      };
    const { compilerOptions } = read('src/tsconfig.base.json');
    expect(compilerOptions).toMatchObject({ lib: ['ES2023'], types: [], strict: true });
    const below = read('src/tsconfig.json');
    expect(below.compilerOptions).toBeUndefined();
    expect(below.exclude).toEqual(['app', 'cli', 'offline']);
  });
});

describe('the floor check rejects', () => {
  const planted: [string, string][] = [
    ['src/utils/x.ts', 'export const x = 1;'],
    ['src/x.ts', 'export const x = 1;'],
    ['src/toString/x.ts', 'export const x = 1;'],
    ['src/kernel/x.tsx', 'export const x = 1;'],
    ['src/kernel/x.json', '{}'],
    ['src/kernel/x.ts', 'export const x = ;'],
    // Upward, in every form of import.
    ['src/base/x.ts', "import { a } from '../uapi/a.ts';"],
    ['src/base/x.ts', "import type { A } from '../uapi/a.ts';"],
    ['src/base/x.ts', "import '../uapi/a.ts';"],
    ['src/base/x.ts', "export { a } from '../uapi/a.ts';"],
    ['src/base/x.ts', "export * from '../uapi/a.ts';"],
    ['src/base/x.ts', "export type { A } from '../uapi/a.ts';"],
    ['src/base/x.ts', "const a = await import('../uapi/a.ts');"],
    ['src/base/x.ts', "type A = import('../uapi/a.ts').A;"],
    ['src/base/x.ts', "import a = require('../uapi/a.ts');"],
    ['src/base/x.ts', "const a = require('../uapi/a.ts');"],
    ['src/base/x.ts', 'const a = await import(name);'],
    ['src/base/x.ts', 'const a = await import(`../uapi/a.ts`);'],
    ['src/base/x.ts', "const a = import.meta.glob('../uapi/*.ts');"],
    ['src/base/x.ts', '/// <reference lib="dom" />\nexport const x = 1;'],
    ['src/base/x.ts', '// @ts-nocheck\nexport const x = 1;'],
    ['src/base/x.ts', "import { a } from './y.js';"],
    ['src/session/x.ts', "import { a } from '../views/a.ts';"],
    ['src/session/x.ts', "import { a } from '../explore/a.ts';"],
    ['src/session/x.ts', "import { a } from '../recordings/a.ts';"],
    ['src/session/x.ts', "import { a } from '../text/a.ts';"],
    ['src/kernel/x.ts', "import { a } from '../text/a.ts';"],
    ['src/text/x.ts', "import { a } from '../views/a.ts';"],
    ['src/recordings/x.ts', "import { a } from '../formats/a.ts';"],
    ['src/formats/x.ts', "import { a } from '../explore/a.ts';"],
    ['src/views/x.ts', "import { a } from '../formats/a.ts';"],
    ['src/views/deep/x.ts', "import { a } from '../../app/a.ts';"],
    ['src/app/x.ts', "import { a } from '../cli/a.ts';"],
    ['src/app/x.ts', "import { a } from '../../test/a.ts';"],
    ['src/app/x.ts', "new Worker(new URL('../cli/a.ts', import.meta.url));"],
    ['src/cli/x.ts', "import { a } from '../app/a.ts';"],
    // Packages.
    ['src/base/x.ts', "import { scaleLinear } from 'd3';"],
    ['src/kernel/x.ts', "import { readFileSync } from 'node:fs';"],
    ['src/kernel/x.ts', "import * as v from 'valibot';"],
    ['src/views/x.ts', "import { useState } from 'react';"],
    ['src/views/x.ts', "import { select } from 'd3';"],
    ['src/views/x.ts', "import { zoom as scaleLinear } from 'd3';"],
    ['src/views/x.ts', "export { drag } from 'd3';"],
    ['src/views/x.ts', "import * as d3 from 'd3';"],
    ['src/app/x.ts', "import * as d3 from 'd3';"],
    ['src/app/x.ts', "export * from 'd3';"],
    ['src/app/x.ts', "import d3 from 'd3';"],
    ['src/app/x.ts', "const d3 = await import('d3');"],
    ['src/app/x.ts', "import { a } from 'left-pad';"],
    ['src/app/x.ts', "import { a } from 'https://example.org/a.js';"],
    ['src/app/x.ts', "import { a } from '/src/app/a.ts';"],
    ['src/app/x.ts', "import { readFileSync } from 'node:fs';"],
    ['src/app/x.css', '@import "https://example.org/a.css";'],
    ['src/app/x.css', 'p { background: url(https://example.org/a.png) }'],
    ['src/cli/x.ts', "import { createRoot } from 'react-dom/client';"],
    // Generations.
    ['src/kernel/generations/v3.ts', "import { a } from './v2.ts';"],
    ['src/kernel/generations/v3.ts', "import { a } from '../generations/static.ts';"],
    ['src/kernel/generations/v3.ts', "import { all } from './index.ts';"],
    ['src/kernel/generations/generation.ts', "import { a } from './v2.ts';"],
    ['src/kernel/run.ts', "import { a } from './generations/v2.ts';"],
    ['src/views/x.ts', "import type { A } from '../kernel/generations/dynamic.ts';"],
    ['src/views/x.ts', "const a = await import('../kernel/generations/dynamic.ts?raw');"],
    ['src/app/x.ts', "import { a } from '../kernel/generations/dynamic.ts?worker';"],
    // Rooms of the page.
    ['src/app/store/x.ts', "import { a } from '../ui/a.ts';"],
    ['src/app/store/x.ts', "const a = await import('../features/import/a.ts');"],
    ['src/app/ui/x.tsx', "import { a } from '../features/lab/script/a.ts';"],
    ['src/app/features/compare/x.tsx', "import { a } from '../../shell/a.ts';"],
    ['src/app/features/compare/x.tsx', "import { a } from '../explore/a.ts';"],
    ['src/app/features/lab/script/x.tsx', "import { a } from '../wiring/a.ts';"],
    ['src/app/features/lab/script/x.tsx', "import '../wiring/a.css';"],
    ['src/app/workers/x.ts', "import { a } from '../services/a.ts';"],
    ['src/app/services/x.ts', "import { a } from '../store/a.ts';"],
    ['src/app/panes/x.ts', "import { a } from '../store/a.ts';"],
    ['src/app/ui/x.ts', "import { a } from '../main.tsx';"],
    // State that two pages would share.
    ['src/app/x.ts', 'let a = 1;'],
    ['src/app/x.ts', 'export let a = 1;'],
    ['src/app/store/x.ts', 'const a = new Map<string, number>();'],
    ['src/app/x.ts', 'const a = new Set();'],
    // Outside the model.
    ['src/kernel/x.ts', 'const a = Date.now();'],
    ['src/kernel/x.ts', 'const a = new Date();'],
    ['src/kernel/x.ts', 'const a = Date();'],
    ['src/kernel/x.ts', 'const { now } = Date;'],
    ['src/kernel/x.ts', 'const a = Math.random();'],
    ['src/kernel/x.ts', "const a = Math['random']();"],
    ['src/kernel/x.ts', 'const { random } = Math;'],
    ['src/kernel/x.ts', 'const a = performance.now();'],
    ['src/kernel/x.ts', 'const a = globalThis;'],
    ['src/kernel/x.ts', 'const a = { performance };'],
    ['src/views/x.ts', 'const a = document.title;'],
    ['src/views/x.ts', 'declare const window: { a: number };'],
    ['src/lessons/x.ts', 'const a = import.meta.env;'],
  ];
  test.each(planted)('%s: %s', (path, text) => {
    expect(violations(path, text)).not.toEqual([]);
  });
});

describe('the floor check accepts', () => {
  const fine: [string, string][] = [
    ['src/uapi/x.ts', "import type { A } from '../base/a.ts'; import { b } from './b.ts';"],
    ['src/kernel/generations/index.ts', "import { v2 } from './v2.ts';"],
    ['src/kernel/generations/v2.ts', "import { a } from '../recorder.ts';"],
    ['src/kernel/generations/v2.ts', "import type { Generation } from './generation.ts';"],
    ['src/kernel/run.ts', "import type { Generation } from './generations/generation.ts';"],
    ['src/kernel/run.ts', "import { all } from './generations/index.ts';"],
    ['src/formats/x.ts', "import * as v from 'valibot'; import { deflateSync } from 'fflate';"],
    ['src/views/x.ts', "import { bisectLeft, extent, scaleLinear, type Selection } from 'd3';"],
    ['src/app/x.tsx', "import { select, zoom } from 'd3'; import './x.css'; const n = <p>{Date.now()}</p>;"],
    ['src/app/x.ts', "new Worker(new URL('../explore/x.ts', import.meta.url), { type: 'module' });"],
    ['src/cli/x.ts', "import { readFileSync } from 'node:fs'; import { run } from '../kernel/run.ts';"],
    [
      'src/kernel/x.ts',
      "// import { a } from '../app/a.ts'; Date.now()\nconst text = \"import '../app/a.ts'\";",
    ],
    [
      'src/kernel/x.ts',
      'const a = Math.max(1, line.window.document); const b = { performance: new Date(0) };',
    ],
    ['src/app/x.ts', "const a = await import('../kernel/generations/dynamic.ts?raw');"],
    ['src/app/x.ts', "const a = new Map([[1, 'b']]); function f() { let c = new Set(); return [a, c]; }"],
    ['src/app/main.tsx', "import { Page } from './shell/Page.tsx'; import './theme.css';"],
    ['src/app/shell/x.ts', "const a = await import('../features/lab/script/a.ts');"],
    ['src/app/shell/LabView.tsx', "import { A } from '../features/lab/script/A.tsx';"],
    ['src/app/features/lab/composer/clients/x.ts', "import { a } from '../a.ts';"],
    ['src/app/features/learn/x.ts', "import { a } from '../../workers/a.ts'; import '../../ui/a.css';"],
    ['src/app/x.css', 'p { mask: url(#a) }'],
    ['src/app/deep/README.md', 'The purpose of this folder.'],
  ];
  test.each(fine)('%s: %s', (path, text) => {
    expect(violations(path, text)).toEqual([]);
  });
});

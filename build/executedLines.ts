// Vite plugin: `import … from './run.ts?lines'` is the model with a hit at the beginning of each statement, so that the page
// can show which lines of the model ran in a call. The model is pure, so a second run takes the same path. Only modules of
// src/kernel are instrumented, and only those imported with `?lines`; the model that computes results has no hits.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Plugin, parseSync } from 'vite';

const TOP = fileURLToPath(new URL('..', import.meta.url));
const KERNEL = resolve(TOP, 'src/kernel');
const RECORDER = resolve(TOP, 'src/app/features/lab/trace/lineHits.ts');
const QUERY = '?lines';

/** The plugin. */
export const executedLines: Plugin = {
  name: 'irqscope:executed-lines',
  enforce: 'pre',
  load(id) {
    return id.endsWith(QUERY) ? readFileSync(id.slice(0, -QUERY.length), 'utf8') : null;
  },
  transform(code, id) {
    return id.endsWith(QUERY) ? instrumented(code, id.slice(0, -QUERY.length)) : null;
  },
};

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Returns the module's text with `$hit(file, first, last)` before each statement in a function: the lines of the statement. */
function instrumented(code: string, path: string): string {
  const file = relative(TOP, path).split(sep).join('/');
  const edits: { readonly at: number; readonly text: string }[] = [];
  const lineOf = lineCounter(code);
  const hit = (statement: Node) =>
    `$hit(${JSON.stringify(file)}, ${lineOf(statement.start)}, ${lineOf(lastOf(statement))}); `;

  const visit = (node: Node, inFunction: boolean) => {
    const inside = inFunction || isFunction(node);
    for (const [key, value] of Object.entries(node)) {
      const children = (Array.isArray(value) ? value : [value]).filter(isNode);
      const isList = Array.isArray(value) && (key === 'body' || key === 'consequent');
      for (const child of children) {
        if (inside && isList && isStatement(child)) edits.push({ at: child.start, text: hit(child) });
        else if (inside && isBranch(node, key) && child.type !== 'BlockStatement') {
          edits.push({ at: child.start, text: `{ ${hit(child)}` }, { at: child.end, text: ' }' });
        }
        visit(child, inside);
      }
    }
    if (isMethod(node, 'enter') && file === 'src/kernel/callTree.ts') edits.push(after(node, '$enter(); '));
    if (isMethod(node, 'leave') && file === 'src/kernel/callTree.ts') edits.push(after(node, '$leave(); '));
    const source = node['source'];
    if (/^(Import|Export)/.test(node.type) && isNode(source) && isInKernel(source['value'], path)) {
      edits.push({ at: source.end - 1, text: QUERY });
    }
  };
  visit(parseSync(path, code).program as unknown as Node, false);

  let out = code;
  // from the end, so that earlier offsets stay valid; a stable sort keeps the order of insertions at one offset
  for (const { at, text } of edits.sort((a, b) => b.at - a.at)) out = out.slice(0, at) + text + out.slice(at);
  return `import { enter as $enter, hit as $hit, leave as $leave } from ${JSON.stringify(RECORDER)}; ${out}`;
}

function isFunction({ type }: Node): boolean {
  return (
    type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression'
  );
}

function isStatement({ type }: Node): boolean {
  return /Statement$|^VariableDeclaration$/.test(type);
}

/** Returns the offset up to which a statement runs as a whole: its end, or its start where other statements are inside. */
function lastOf(statement: Node): number {
  const isSimple = /^(Expression|Return|Throw)Statement$|^VariableDeclaration$/.test(statement.type);
  return isSimple && !hasFunction(statement) ? statement.end - 1 : statement.start;
}

function hasFunction(node: Node): boolean {
  return Object.values(node)
    .flatMap((value: unknown) => (Array.isArray(value) ? value : [value]))
    .some((child) => isNode(child) && (isFunction(child) || hasFunction(child)));
}

/** Returns whether the node is a statement without braces below `if`, `else` or a loop. */
function isBranch({ type }: Node, key: string): boolean {
  if (type === 'IfStatement') return key === 'consequent' || key === 'alternate';
  return /^(For|ForOf|ForIn|While|DoWhile)Statement$/.test(type) && key === 'body';
}

function isMethod(node: Node, name: string): boolean {
  const key = node['key'];
  return node.type === 'MethodDefinition' && isNode(key) && key['name'] === name;
}

/** Returns an insertion at the beginning of a method's body. */
function after(method: Node, text: string): { readonly at: number; readonly text: string } {
  const value = method['value'];
  const body = isNode(value) ? value['body'] : null;
  if (!isNode(body)) throw new Error('a method without a body');
  return { at: body.start + 1, text: ` ${text}` };
}

function isInKernel(specifier: unknown, path: string): boolean {
  if (typeof specifier !== 'string' || !specifier.startsWith('.')) return false;
  const target = resolve(dirname(path), specifier);
  return target.startsWith(KERNEL + sep) && existsSync(target);
}

function lineCounter(code: string): (at: number) => number {
  const ends = [...code.matchAll(/\n/g)].map(({ index }) => index);
  return (at) => ends.filter((end) => end < at).length + 1;
}

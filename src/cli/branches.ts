// Vite plugin: counts the branches of the model's MSI and MSI-X path. Each `if`, `?:`, `switch`, loop, and left operand of
// `&&`, `||` and `??` reports its outcome to branchHits.ts. The results of the model do not change.
//
// Two forms are no branches of a kernel and are left out: an `if` that only throws (an assertion of the model), and `??` with
// a constant on its right (a default of the model's data structures).

import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type Plugin, parseSync } from 'vite';

const TOP = resolve(import.meta.dirname, '../..');
const HITS = resolve(TOP, 'src/cli/branchHits.ts');

/** The files of the MSI and MSI-X path. */
const PATH = /^src\/kernel\/(setIrqs|generations\/(?!index|generation\.)\w+|services\/\w+)\.ts$/;

/** The plugin. */
export const branchCounts: Plugin = {
  name: 'irqscope:branch-counts',
  enforce: 'pre',
  transform(_code, id) {
    const file = relative(TOP, id).split(sep).join('/');
    return PATH.test(file) ? withBranches(readFileSync(id, 'utf8'), file) : null;
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

/** Text to insert: `closing` text belongs to what ends at the offset, other text to what begins there. */
interface Edit {
  readonly at: number;
  readonly closing: boolean;
  readonly text: string;
}

/** Returns a file's text with a report of every branch. Throws if it cannot be parsed. */
export function withBranches(code: string, file: string): string {
  const { program, errors } = parseSync(file, code);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  const edits: Edit[] = [];
  const branches: (readonly [number, string, string])[] = [];

  const child = (node: Node, key: string): Node => {
    const found = node[key];
    if (!isNode(found)) throw new Error(`${file}: ${node.type} without ${key}`);
    return found;
  };
  /** Adds the branches of one place and returns the number of the first. */
  const add = (node: Node, outcomes: readonly string[]): number => {
    const line = code.slice(0, node.start).split('\n').length;
    const text = code.slice(node.start, node.end).replace(/\s+/g, ' ').trim();
    const first = branches.length;
    for (const outcome of outcomes) branches.push([line, text, outcome]);
    return first;
  };
  const open = (at: number, text: string) => edits.push({ at, closing: false, text });
  const close = (at: number, text: string) => edits.push({ at, closing: true, text });
  /** Visits a part between two texts. */
  const wrap = (part: Node, before: string, after: string) => {
    open(part.start, before);
    visit(part);
    close(part.end, after);
  };

  const visitParts = (node: Node) => {
    for (const value of Object.values(node)) {
      for (const part of Array.isArray(value) ? value : [value]) if (isNode(part)) visit(part);
    }
  };
  const visit = (node: Node): void => {
    switch (node.type) {
      case 'IfStatement': {
        if (throws(child(node, 'consequent'))) return;
        const test = child(node, 'test');
        const first = add(test, ['true', 'false']);
        wrap(test, `$branch.test(${first}, (`, '))');
        visit(child(node, 'consequent'));
        if (isNode(node['alternate'])) visit(node['alternate']);
        return;
      }
      case 'ConditionalExpression': {
        const test = child(node, 'test');
        const first = add(test, ['true', 'false']);
        wrap(test, `($branch.test(${first}, (`, ')))');
        visit(child(node, 'consequent'));
        visit(child(node, 'alternate'));
        return;
      }
      case 'LogicalExpression': {
        const left = child(node, 'left');
        const right = child(node, 'right');
        const isDefault = node['operator'] === '??';
        if (isDefault && isConstant(right)) {
          visit(left);
          return;
        }
        const first = add(left, isDefault ? ['missing', 'present'] : ['true', 'false']);
        wrap(left, `$branch.${isDefault ? 'missing' : 'test'}(${first}, (`, '))');
        visit(right);
        return;
      }
      case 'ForStatement':
      case 'ForOfStatement':
      case 'WhileStatement': {
        const body = child(node, 'body');
        const first = add({ ...node, end: body.start }, ['entered', 'no pass']);
        const passed = `$passed${first}`;
        open(node.start, `{ let ${passed} = false; `);
        for (const key of ['init', 'test', 'update', 'left', 'right']) {
          const part = node[key];
          if (isNode(part)) visit(part);
        }
        wrap(body, `{ if (!${passed}) { ${passed} = true; $branch(${first}); } `, ' }');
        close(node.end, ` if (!${passed}) $branch(${first + 1}); }`);
        return;
      }
      case 'SwitchStatement': {
        const discriminant = child(node, 'discriminant');
        const cases = Array.isArray(node['cases']) ? node['cases'].filter(isNode) : [];
        let labels: string[] = [];
        for (const one of cases) {
          const { test, consequent } = one;
          labels.push(isNode(test) ? code.slice(test.start, test.end) : 'default');
          const [begin] = Array.isArray(consequent) ? consequent.filter(isNode) : [];
          if (begin === undefined) continue;
          const at = add(discriminant, [labels.join(', ')]);
          open(begin.start, `$branch(${at}); `);
          labels = [];
        }
        visitParts(node);
        return;
      }
      default:
        visitParts(node);
    }
  };
  visit(program as unknown as Node);

  // from the end, so that earlier offsets stay valid; at one offset, later texts come first
  const inOrder = edits
    .map((edit, order) => ({ ...edit, order }))
    .sort((a, b) => b.at - a.at || Number(a.closing) - Number(b.closing) || b.order - a.order);
  let out = code;
  for (const { at, text } of inOrder) out = out.slice(0, at) + text + out.slice(at);
  const registered = `$takerOf(${JSON.stringify(file)}, ${JSON.stringify(branches)})`;
  return `import { takerOf as $takerOf } from ${JSON.stringify(HITS)}; const $branch = ${registered}; ${out}`;
}

function throws(consequent: Node): boolean {
  const body = consequent['body'];
  const [only] = consequent.type === 'BlockStatement' && Array.isArray(body) ? body : [consequent];
  return isNode(only) && only.type === 'ThrowStatement';
}

/** Returns whether an expression is a literal, a name, or a negative literal. */
function isConstant({ type, argument }: Node): boolean {
  if (type === 'UnaryExpression') return isNode(argument) && isConstant(argument);
  return type === 'Literal' || type === 'Identifier' || type === 'ObjectExpression';
}

// Made-up diffs for tests, with what a reader must find in them.

import * as fc from 'fast-check';

/** A line of a file in two versions. */
interface Op {
  readonly kind: 'context' | 'added' | 'removed';
  readonly text: string;
  /** Null between functions. */
  readonly owner: string | null;
}

/** A hunk as it must be read. */
export interface MadeHunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  readonly functions: readonly string[];
  readonly texts: readonly string[];
}

const SIGN = { context: ' ', added: '+', removed: '-' } as const;
const kinds = fc.constantFrom<Op['kind'][]>('context', 'context', 'context', 'context', 'added', 'removed');
const statement = fc.constantFrom(
  '\tif (ret)',
  '\t\tgoto out_put_eventfd_ctx;',
  'out_put_eventfd_ctx:',
  '\tret = request_irq(irq, vfio_msihandler, 0, name, trigger);',
  '\t/* -- a comment ++ */',
  '',
  '-1;',
  '\tctx->trigger =',
);

const body = fc.array(fc.record({ kind: kinds, text: statement }), { minLength: 0, maxLength: 14 });
const made = fc.record({
  /** The whole function is added, removed, or in both versions. */
  kind: kinds,
  long: fc.boolean(),
  body,
});

/** Returns the lines of a file of functions f0, f1, …; a function that is in both versions has changed lines inside. */
const file: fc.Arbitrary<readonly Op[]> = fc.array(made, { minLength: 1, maxLength: 6 }).map((functions) =>
  functions.flatMap(({ kind, long, body: inside }, at): readonly Op[] => {
    const name = `vfio_fn_${at}`;
    const whole = (text: string, owner: string | null = name): Op => ({ kind, text, owner });
    const head = long
      ? [whole(`static int ${name}(struct vfio_pci_core_device *vdev,`), whole('\t\t\tint fd)')]
      : [whole(`static void ${name}(int fd)`)];
    return [
      ...head,
      whole('{'),
      ...inside.map((one): Op => ({ ...one, kind: kind === 'context' ? one.kind : kind, owner: name })),
      whole('}'),
      { kind: 'context', text: '', owner: null },
    ];
  }),
);

/** A diff with three lines of context, its hunks, and its text. */
export interface MadeDiff {
  readonly hunks: readonly MadeHunk[];
  readonly text: string;
}

function diffOf(ops: readonly Op[], first: number): MadeDiff {
  const changed = ops.flatMap(({ kind }, at) => (kind === 'context' ? [] : [at]));
  const ranges: [number, number][] = [];
  for (const at of changed) {
    const last = ranges.at(-1);
    const [from, to] = [Math.max(0, at - 3), Math.min(ops.length, at + 4)];
    if (last !== undefined && from <= last[1]) last[1] = to;
    else ranges.push([from, to]);
  }
  const hunks: MadeHunk[] = [];
  const lines = ['--- a/drivers/vfio/pci/vfio_pci_intrs.c', '+++ b/drivers/vfio/pci/vfio_pci_intrs.c'];
  for (const [from, to] of ranges) {
    const own = ops.slice(from, to);
    const count = (list: readonly Op[], other: Op['kind']) =>
      list.filter(({ kind }) => kind !== other).length;
    const before = ops.slice(0, from);
    const hunk = {
      oldStart: first + count(before, 'added'),
      oldCount: count(own, 'added'),
      newStart: first + count(before, 'removed'),
      newCount: count(own, 'removed'),
      functions: [
        ...new Set(own.flatMap(({ kind, owner }) => (kind === 'context' || owner === null ? [] : [owner]))),
      ],
      texts: own.map(({ text }) => text),
    };
    hunks.push(hunk);
    const heading = before.findLast(({ kind, text }) => kind !== 'added' && /^static/.test(text))?.text;
    lines.push(
      `@@ -${hunk.oldStart},${hunk.oldCount} +${hunk.newStart},${hunk.newCount} @@${heading === undefined ? '' : ` ${heading.slice(0, 60)}`}`,
      ...own.map(({ kind, text }) => `${SIGN[kind]}${text}`),
    );
  }
  return { hunks, text: `${lines.join('\n')}\n` };
}

/** Diffs of vfio_pci_intrs.c with at least one hunk. */
export const diffs: fc.Arbitrary<MadeDiff> = fc
  .tuple(file, fc.integer({ min: 1, max: 900 }))
  .map(([ops, first]) => diffOf(ops, first))
  .filter(({ hunks }) => hunks.length > 0);

/** Encodes a text as a mailer does (RFC 2045), with tabs encoded if `tabs`. */
export function quotedPrintable(text: string, tabs: boolean): string {
  return text
    .split('\n')
    .map((line) => {
      const encoded = line
        .replaceAll('=', '=3D')
        .replace(/\t/g, (tab) => (tabs ? '=09' : tab))
        .replace(/[ \t]$/, (end) => (end === ' ' ? '=20' : '=09'));
      // a line has at most 76 characters with the “=” of a soft break, which splits no escape
      return encoded.replace(/(.{60,73}?(?<!=)(?<!=[\dA-F]))(?=.{4})/g, '$1=\n');
    })
    .join('\n');
}

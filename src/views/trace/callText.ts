// The listed kernel calls as text, in the form of ftrace's function_graph tracer.

import type { Frame } from '../../kernel/frame.ts';
import type { TraceLine } from './lines.ts';

/**
 * Returns the listed calls below a head line. A call with listed calls inside has braces around them; every result is a comment,
 * also 0. A raised interrupt is a comment, because it is no call.
 */
export function callText(head: string, lines: readonly TraceLine[], frames: readonly Frame[]): string {
  const text = [`# ${head}`];
  const open: { readonly end: number; readonly depth: number; readonly result: string }[] = [];
  const close = (frame: number) => {
    for (let last = open.at(-1); last !== undefined && last.end < frame; last = open.at(-1)) {
      text.push(`${indent(last.depth)}}${last.result}`);
      open.pop();
    }
  };
  lines.forEach(({ frame, depth, fn, args, ret, context, device }, at) => {
    close(frame);
    const { below = 0, ret: returned } = frames[frame] ?? {};
    const result = returned === undefined ? '' : ` /*${ret === '' ? ' = 0' : ret} */`;
    const where = context === 'process' ? '' : ` /* ${context} */`;
    const end = frame + below;
    if (device) text.push(`${indent(depth)}/* ${fn}(${args})${ret} */${where}`);
    else if ((lines[at + 1]?.frame ?? Number.POSITIVE_INFINITY) <= end) {
      text.push(`${indent(depth)}${fn}(${args}) {${where}`);
      open.push({ end, depth, result });
    } else text.push(`${indent(depth)}${fn}(${args});${result}${where}`);
  });
  close(Number.POSITIVE_INFINITY);
  return text.map((line) => `${line}\n`).join('');
}

const indent = (depth: number) => '  '.repeat(depth);

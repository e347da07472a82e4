// What is compared and what is not, in the words of the recordings' README.

import { Fragment } from 'react';
import { type Block, inlineParts, type Section } from '../../../formats/trust/markdown.ts';
import { TableBox } from './TrustTables.tsx';

/** The sections; the first one, without a title, tells of the recordings themselves. */
export function TrustSections({ sections }: { readonly sections: readonly Section[] }) {
  return sections.map(({ title, blocks }) => (
    <section key={title}>
      <h3>{title === '' ? 'The recordings' : title}</h3>
      {blocks.map((block) => (
        <BlockView key={JSON.stringify(block)} title={title} block={block} />
      ))}
    </section>
  ));
}

function BlockView({ title, block }: { readonly title: string; readonly block: Block }) {
  if (block.kind === 'code') return <pre>{block.text}</pre>;
  if (block.kind === 'text') {
    return (
      <p>
        <Inline text={block.text} />
      </p>
    );
  }
  return (
    <TableBox name={`${title} ${block.head.join(', ')}`.trim()}>
      <thead>
        <tr>
          {block.head.map((cell) => (
            <th key={cell} scope="col">
              <Inline text={cell} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row) => (
          <tr key={row.join('|')}>
            {row.map((cell, at) =>
              at === 0 ? (
                <th key={block.head[at] ?? cell} scope="row">
                  <Inline text={cell} />
                </th>
              ) : (
                <td key={block.head[at] ?? cell}>
                  <Inline text={cell} />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

function Inline({ text }: { readonly text: string }) {
  return inlineParts(text).map(({ kind, text: part, at }) => {
    if (kind === 'plain') return <Fragment key={at}>{part}</Fragment>;
    return kind === 'code' ? <code key={at}>{part}</code> : <em key={at}>{part}</em>;
  });
}

// The sections of the recordings' README: which fields are compared.

import { type Block, inlineParts, type Section } from '../../../formats/trust/markdown.ts';
import { Citation } from '../../ui/Citation.tsx';
import { TableBox } from './TrustTables.tsx';

/** The sections; the first one has no title and describes the recordings. */
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
    // a link of the README leads to a file of the repository; the page opens those of docs/
    if (kind === 'plain' || kind === 'link') return <Citation key={at} source={part} />;
    return kind === 'code' ? (
      <code key={at} className="mono">
        {part}
      </code>
    ) : (
      <em key={at}>{part}</em>
    );
  });
}

// Paragraphs, lists, tables and code of a document as elements. No HTML passes through: every text is a text node.

import { Fragment, type ReactNode } from 'react';
import type { DocBlock, DocPart } from '../../../formats/docs/docs.ts';

interface BlocksProps {
  /** The heading above, which names the tables. */
  readonly name: string;
  readonly blocks: readonly DocBlock[];
}

/** The blocks below one heading. They never change, so their order is their key. */
export function DocBlocks({ name, blocks }: BlocksProps) {
  return keyed(blocks, (block) => <BlockView name={name} block={block} />);
}

function keyed<T>(list: readonly T[], draw: (one: T, at: number) => ReactNode): ReactNode[] {
  return list.map((one, at) => <Fragment key={String(at)}>{draw(one, at)}</Fragment>);
}

function BlockView({ name, block }: { readonly name: string; readonly block: DocBlock }) {
  switch (block.kind) {
    case 'code':
      return <pre tabIndex={0}>{block.text}</pre>;
    case 'text':
      return (
        <p>
          <Parts parts={block.parts} />
        </p>
      );
    case 'list':
      return <ListView items={block.items} />;
    case 'table':
      return <TableView name={name} block={block} />;
  }
}

type Items = Extract<DocBlock, { kind: 'list' }>['items'];

/** A list with one level of lists inside; a number is written out, because lists of the sources start anywhere. */
function ListView({ items }: { readonly items: Items }) {
  return (
    <ul className={items.some(({ number }) => number !== null) ? 'numbered' : undefined}>
      {keyed(items, ({ depth, number, parts }) => (
        <li data-depth={depth}>
          {number !== null && <span className="item-number">{number}. </span>}
          <Parts parts={parts} />
        </li>
      ))}
    </ul>
  );
}

type Table = Extract<DocBlock, { kind: 'table' }>;

/** A table that is wider than the sheet scrolls by itself, also by keyboard. */
function TableView({ name, block: { head, rows } }: { readonly name: string; readonly block: Table }) {
  return (
    <div className="docs-table" role="group" aria-label={`Table in ${name}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {keyed(head, (cell) =>
              cell.length === 0 ? (
                <td />
              ) : (
                <th scope="col">
                  <Parts parts={cell} />
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {keyed(rows, (row) => (
            <tr>
              {keyed(row, (cell) => (
                <td>
                  <Parts parts={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Parts({ parts }: { readonly parts: readonly DocPart[] }) {
  return keyed(parts, ({ text, mark, href }) => {
    const styled =
      mark === 'code' ? (
        <code>{text}</code>
      ) : mark === 'strong' ? (
        <strong>{text}</strong>
      ) : mark === 'em' ? (
        <em>{text}</em>
      ) : (
        text
      );
    if (href === undefined) return styled;
    if (href.startsWith('#')) return <a href={href}>{styled}</a>;
    return (
      <a href={href} target="_blank" rel="noreferrer">
        {styled}
      </a>
    );
  });
}

// The list of completions below a text field. The field keeps the focus and handles the keys.

import './completions.css';

/** A completion. */
interface Offered {
  readonly text: string;
  readonly detail: string;
}

/** Props of the list. Option n has the id `${id}-${n}` and the list `${id}-list`, to which the field refers. */
interface CompletionsProps<O extends Offered> {
  readonly id: string;
  readonly name: string;
  readonly offered: readonly O[];
  /** Place of the chosen completion; −1: no choice. */
  readonly at: number;
  readonly onAccept: (completion: O) => void;
}

/** The list; hidden while it is empty. */
export function Completions<O extends Offered>(props: CompletionsProps<O>) {
  const { id, name, offered, at, onAccept } = props;
  return (
    <div
      id={`${id}-list`}
      className="completions scroll framed"
      role="listbox"
      aria-label={name}
      hidden={offered.length === 0}
    >
      {offered.map((completion, place) => (
        <div
          key={completion.text}
          id={`${id}-${place}`}
          ref={(element) => {
            if (place === at) element?.scrollIntoView?.({ block: 'nearest' });
          }}
          role="option"
          aria-selected={place === at}
          tabIndex={-1}
          onPointerDown={(event) => {
            // the field keeps the focus
            event.preventDefault();
            onAccept(completion);
          }}
        >
          <code>{completion.text}</code> <small>{completion.detail}</small>
        </div>
      ))}
    </div>
  );
}

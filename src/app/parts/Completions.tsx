// What can stand at the caret of a field, as a list below it. The field keeps the focus and has the keys.

/** What is offered. */
interface Offered {
  readonly text: string;
  readonly detail: string;
}

/** What the list needs; option n has the id `${id}-${n}` and the list `${id}-list`, for the field to name. */
interface CompletionsProps<O extends Offered> {
  readonly id: string;
  readonly name: string;
  readonly className: string;
  readonly offered: readonly O[];
  /** Place of the one that is chosen, −1 for none. */
  readonly at: number;
  readonly onAccept: (completion: O) => void;
}

/** The list; hidden while nothing is offered. */
export function Completions<O extends Offered>(props: CompletionsProps<O>) {
  const { id, name, className, offered, at, onAccept } = props;
  return (
    <div
      id={`${id}-list`}
      className={className}
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

// The tools of the chosen line, in the row below it: icons, with words where the pane has room.

import { type MouseEvent, useLayoutEffect, useRef } from 'react';
import { keyText } from '../../../../views/commands/keys.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { useSession } from '../../../store/lab.ts';
import { type LineIcon, lineCommands } from './lineActions.ts';
import { selectionSlice } from './selection.ts';

/** Strokes in a square of 14 pixels. */
const ICONS: Readonly<Record<LineIcon, string>> = {
  edit: 'M2 12l1-3.5L9.5 2 12 4.5 5.5 11z',
  insert: 'M7 1.5v7M3.5 5h7M2 12h10',
  note: 'M3 5h9.5M1.5 9H11M6 1.5l-1.5 11M9.5 1.5 8 12.5',
  action: 'M9.5 9.5C8 10.5 4.5 10 4.5 7S8.5 3.5 9.5 5.5v3c0 1.5 3 1.5 3-1.5a5.5 5.5 0 1 0-2.5 4.6',
  copy: 'M5 5h7v7H5zM9 5V2H2v7h3',
  duplicate: 'M5 5h7.5v7.5H5zM9 5V2H2v7h3M8.75 7v3.5M7 8.75h3.5',
  skip: 'M12.5 7A5.5 5.5 0 1 1 1.5 7a5.5 5.5 0 0 1 11 0M3.5 3.5l7 7',
  use: 'M2.5 7.5l3 3 6-7',
  up: 'M7 12V2M3 6l4-4 4 4',
  down: 'M7 2v10M3 8l4 4 4-4',
  delete: 'M2 4h10M5 4V2h4v2M3.5 4l.5 8h6l.5-8',
  end: 'M2 2h10v10H2zM5 5l4 4M9 5 5 9',
  'select-up': '',
  'select-down': '',
};

interface LineToolsProps {
  /** Pixels from the top of the list. */
  readonly top: number;
  /** A double-click that began on the line, before this row appeared under the pointer. */
  readonly onDoubleClick: () => void;
}

/** The commands for the chosen line or the selected lines. */
export function LineTools({ top, onDoubleClick }: LineToolsProps) {
  const app = useApp();
  const session = useSession();
  const began = useRef(false);
  useSlice(selectionSlice);
  useLayoutEffect(() => {
    // the row has moved, perhaps under the pointer; an effect after the picture would come after the next click
    if (top >= 0) began.current = false;
  }, [top]);
  const onClickCapture = (event: MouseEvent) => {
    if (event.detail <= 1) began.current = true;
    if (began.current) return;
    event.preventDefault();
    event.stopPropagation();
    onDoubleClick();
  };
  return (
    <div
      className="line-tools bar"
      role="toolbar"
      aria-label="Line"
      style={{ top }}
      onClickCapture={onClickCapture}
    >
      {lineCommands(app, session)
        .filter(({ shown }) => shown)
        .map(({ id, icon, label, name, key, off, run }) => (
          <button
            key={id}
            type="button"
            className="line-tool"
            data-act={id}
            disabled={off}
            title={`${name} (${keyText(key)})`}
            aria-label={name}
            onClick={run}
          >
            <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
              <path d={ICONS[icon]} />
            </svg>
            <span aria-hidden="true">{label}</span>
          </button>
        ))}
    </div>
  );
}

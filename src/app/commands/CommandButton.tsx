// A button of the table of commands: title, keys and whether it can be pressed come from there.

import type { ReactNode } from 'react';
import { ariaKey, keyText } from '../../views/commands/keys.ts';
import { useCompose } from '../state/compose.ts';
import { useLab } from '../state/lab.ts';
import { useLesson } from '../state/lesson.ts';
import { useView } from '../state/view.ts';
import { isEnabled } from './command.ts';
import { commandById } from './table.ts';

/** What a button needs. */
interface CommandButtonProps {
  readonly id: string;
  /** The accessible name where `children` is no text. */
  readonly label?: string;
  readonly title?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A button that runs a command. */
export function CommandButton({ id, label, title, className, children }: CommandButtonProps) {
  const command = commandById(id);
  // whether it can be run follows from these stores; the button is drawn again when that changes
  const enabled = () => isEnabled(command);
  useLab(enabled);
  useCompose(enabled);
  useLesson(enabled);
  const isOn = useView(enabled);
  const keys = command.keys ?? [];
  const [key] = keys;
  const shown = title ?? command.title;
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-keyshortcuts={keys.length === 0 ? undefined : keys.map(ariaKey).join(' ')}
      title={key === undefined ? shown : `${shown} (${keyText(key)})`}
      disabled={!isOn}
      onClick={command.run}
    >
      {children}
    </button>
  );
}

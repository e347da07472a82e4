// A button that takes its title, keys and enabled state from the table of commands.

import type { ReactNode } from 'react';
import { ariaKey, keyText } from '../../views/commands/keys.ts';
import { useApp, useSlice } from '../store/appContext.ts';
import { commandById, isEnabled } from '../store/commands.ts';
import { composeSlice } from '../store/compose.ts';
import { labSlice } from '../store/lab.ts';
import { lessonSlice } from '../store/lesson.ts';
import { viewSlice } from '../store/view.ts';

interface CommandButtonProps {
  readonly id: string;
  /** The accessible name when `children` is not text. */
  readonly label?: string;
  readonly title?: string;
  readonly className?: string;
  /** A short name that the style sheet shows beside a button without a visible one, on hover and with the focus. */
  readonly tip?: string;
  readonly children: ReactNode;
}

/** A button that runs a command. */
export function CommandButton({ id, label, title, className, tip, children }: CommandButtonProps) {
  const app = useApp();
  const command = commandById(app, id);
  // the enabled state follows from these stores
  const enabled = () => isEnabled(app, command);
  useSlice(labSlice, enabled);
  useSlice(composeSlice, enabled);
  useSlice(lessonSlice, enabled);
  const isOn = useSlice(viewSlice, enabled);
  const keys = command.keys ?? [];
  const [key] = keys;
  const name = title ?? command.title;
  const shown = key === undefined ? name : `${name} (${keyText(key)})`;
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-keyshortcuts={keys.length === 0 ? undefined : keys.map(ariaKey).join(' ')}
      title={tip === undefined ? shown : undefined}
      data-tip={tip}
      disabled={!isOn}
      onClick={() => command.run(app)}
    >
      {children}
    </button>
  );
}

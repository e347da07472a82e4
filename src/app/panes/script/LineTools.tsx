// The buttons of the script pane.

import { useSession } from '../../state/lab.ts';
import { commandName, lineCommands } from './commands.ts';

/** What can be done to the line that is looked at. */
export function LineTools() {
  const session = useSession();
  const { line } = session.cursor;
  return (
    <div className="tools" role="group" aria-label="Line">
      {lineCommands(session).map((command) => (
        <button
          key={command.code}
          type="button"
          disabled={command.off}
          title={`${commandName(command, line)} (${command.key})`}
          aria-label={commandName(command, line)}
          onClick={command.run}
        >
          {command.label}
        </button>
      ))}
    </div>
  );
}

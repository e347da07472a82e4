// The wiring after the last line of a script, without controls.

import { lineCount, type Replay } from '../../../session/replay.ts';
import { momentAt } from '../../../views/wiring/moment.ts';
import { PaperRows } from '../../ui/wiring/PaperRows.tsx';

/** The rows in use. */
export function PrintedWiring({ replayed }: { readonly replayed: Replay }) {
  return <PaperRows moment={momentAt(replayed, { line: lineCount(replayed), step: null })} />;
}

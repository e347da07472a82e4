// Compares the script with its trace in slices, then searches the kernels that agree. A change of script, kernel or host begins again.

import type { NamedKernel } from '../../../../kernel/kernels.ts';
import { type Agreements, isSameMachine, searchAgreements, setupOn } from '../../../../session/agreement.ts';
import { chooseSetup } from '../../../../session/edits.ts';
import type { ScriptLine } from '../../../../session/script.ts';
import type { Session, Setup } from '../../../../session/session.ts';
import { searchTraced } from '../../../../session/traced.ts';
import { type AgreementGroup, agreementSentence, switchText } from '../../../../text/agreement.ts';
import { type App, local } from '../../../store/app.ts';
import { edit, labSlice } from '../../../store/lab.ts';
import { tracedSlice, UNTRACED } from '../../../store/traced.ts';
import { inSlices } from '../../../workers/slices.ts';

/** A longer script is searched on request only: the search runs it on every release. */
const SEARCHED_AT_ONCE = 5000;

interface Held {
  /** The session that is compared. */
  session: Session | null;
  /** The last search, which is valid for every kernel of the same script and machine. */
  searched: {
    readonly script: readonly ScriptLine[];
    readonly setup: Setup;
    readonly found: Agreements;
  } | null;
}

const held = local<Held>(() => ({ session: null, searched: null }));

/** Begins to compare a session with its trace. Returns a function that ends it. */
export function compareTraced(app: App, session: Session): () => void {
  const my = app.local(held);
  my.session = session;
  const known = my.searched;
  const isKnown = known?.script === session.script && isSameMachine(known.setup, session.setup);
  app.set(tracedSlice, { ...UNTRACED, agreements: isKnown ? known.found : null });
  void compare(app, session).then(() => {
    if (!isKnown && session.script.length <= SEARCHED_AT_ONCE) return search(app);
    return undefined;
  });
  return () => {
    if (my.session === session) my.session = null;
  };
}

async function compare(app: App, session: Session): Promise<void> {
  const my = app.local(held);
  const { setup, generation, script } = session;
  const count = await inSlices(searchTraced({ setup, generation }, script), () => my.session === session);
  if (count !== null && my.session === session)
    app.set(tracedSlice, { count, differ: new Set(count.differ) });
}

/** Searches the kernels that agree with the shown script. */
export async function search(app: App): Promise<void> {
  const my = app.local(held);
  const { session } = my;
  if (session === null) return;
  const { setup, script } = session;
  app.set(tracedSlice, { searched: 0 });
  const found = await inSlices(searchAgreements(setup, script), (searched) => {
    if (my.session !== session) return false;
    app.set(tracedSlice, { searched });
    return true;
  });
  if (found === null || my.session !== session) return;
  my.searched = { script, setup, found };
  app.set(tracedSlice, { agreements: found, searched: null });
  app.set(labSlice, { announcement: agreementSentence(found) });
}

/** Runs the script on the kernel and host of a group, as an edit that undo reverts. */
export function switchTo(app: App, group: AgreementGroup, kernel: NamedKernel): void {
  edit(app, switchText(group, kernel), (now) => ({
    ...chooseSetup(now, setupOn(now.setup, kernel, group.changes)),
    generation: kernel.generation,
  }));
}

// Starts and cancels a search. It runs in a worker; cancelling ends the worker.

import { commandLine } from '../../../views/explore/commandLine.ts';
import { kernelsOf } from '../../../views/explore/problem.ts';
import { verdictSentence } from '../../../views/explore/verdict.ts';
import { type App, local } from '../../store/app.ts';
import { labSlice } from '../../store/lab.ts';
import { processors, searchWorkers } from '../../store/searchWorkers.ts';
import { askSearch } from '../../workers/askSearch.ts';
import { copyResult } from './copy.ts';
import { exploreSlice, updateSearch } from './store.ts';

/** The values of an app that no pane shows. */
interface Held {
  /** Ends the running worker. */
  end: (() => void) | null;
}

const held = local<Held>(() => ({
  end: null,
}));

/** Starts the chosen search and cancels a running one. */
export function startSearch(app: App): void {
  const my = app.local(held);
  cancelSearch(app);
  const { setup, searches } = app.get(exploreSlice);
  const id = (searches.at(-1)?.id ?? 0) + 1;
  app.set(exploreSlice, {
    searches: [...searches, { id, setup, progress: null, answer: null, ended: null }],
    opened: id,
    shown: 'search',
    problems: [],
  });
  app.set(labSlice, { announcement: 'Search started.' });
  const stop = askSearch(app.local(searchWorkers), processors(), setup, (reply) => {
    if (reply.kind === 'progress') {
      updateSearch(app, id, { progress: reply });
      return;
    }
    my.end = null;
    if (reply.kind === 'answer') {
      updateSearch(app, id, { answer: reply });
      app.set(labSlice, { announcement: verdictSentence(reply, setup) });
    } else {
      const wrong = reply.kind === 'wrong' ? reply.what : `unexpected reply ${reply.kind}`;
      updateSearch(app, id, { ended: { wrong } });
      app.set(labSlice, { announcement: `The search failed: ${wrong}.` });
    }
  });
  my.end = () => {
    stop();
    my.end = null;
    updateSearch(app, id, { ended: 'cancelled' });
  };
}

/** Cancels the running search, if there is one. */
export function cancelSearch(app: App): void {
  const my = app.local(held);
  if (my.end === null) return;
  my.end();
  app.set(labSlice, { announcement: 'Search cancelled.' });
}

/** Copies the matching command line and announces that. */
export async function copyCommandLine(app: App): Promise<void> {
  const { setup } = app.get(exploreSlice);
  const kernels = kernelsOf(setup);
  const text = commandLine(setup, kernels.ok && kernels.value.length === 2);
  await copyResult(app, `# in a checkout of irqscope, after npm ci\n${text}\n`, 'the command line');
}

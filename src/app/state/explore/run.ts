// Starting and cancelling a search. It runs in a worker of its own; to cancel it is to end the worker.

import { problemText } from '../../../base/result.ts';
import { parseReply, type SearchReply, type SearchRequest } from '../../../formats/search/messages.ts';
import { commandLine } from '../../../views/explore/commandLine.ts';
import { verdictSentence } from '../../../views/explore/verdict.ts';
import { startWorker } from '../../workers/start.ts';
import { showProblem, useLab } from '../lab.ts';
import { kernelsOf } from './problem.ts';
import { updateSearch, useExplore } from './store.ts';

/** Ends the worker that runs. */
let end: (() => void) | null = null;

/** Makes a worker, sends it one request and tells what it answers; the result ends the worker. */
export function ask(request: SearchRequest, onReply: (reply: SearchReply) => void): () => void {
  const worker = startWorker(
    () => new Worker(new URL('../../workers/explore.worker.ts', import.meta.url), { type: 'module' }),
  );
  if (worker === null) {
    // not before the caller has what ends it
    queueMicrotask(() =>
      onReply({ kind: 'wrong', what: 'the browser does not let the page start a worker' }),
    );
    return () => {};
  }
  worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const parsed = parseReply(data);
    onReply(parsed.ok ? parsed.value : { kind: 'wrong', what: problemText(parsed.problems[0]) });
  });
  worker.addEventListener('error', (event) => {
    onReply({ kind: 'wrong', what: event.message || 'the search could not be loaded' });
  });
  worker.postMessage(request);
  return () => worker.terminate();
}

/** Starts what is chosen. A search that still runs is cancelled. */
export function startSearch(): void {
  cancelSearch();
  const { setup, searches } = useExplore.getState();
  const id = (searches.at(-1)?.id ?? 0) + 1;
  useExplore.setState({
    searches: [...searches, { id, setup, progress: null, answer: null, ended: null }],
    opened: id,
    shown: 'search',
    problems: [],
  });
  useLab.setState({ announcement: 'Search started.' });
  const stop = ask({ kind: 'search', setup }, (reply) => {
    if (reply.kind === 'progress') {
      updateSearch(id, { progress: reply });
      return;
    }
    stop();
    end = null;
    if (reply.kind === 'answer') {
      updateSearch(id, { answer: reply });
      useLab.setState({ announcement: verdictSentence(reply, setup) });
    } else {
      const wrong = reply.kind === 'wrong' ? reply.what : `an answer to something else: ${reply.kind}`;
      updateSearch(id, { ended: { wrong } });
      useLab.setState({ announcement: `The search ended: ${wrong}.` });
    }
  });
  end = () => {
    stop();
    end = null;
    updateSearch(id, { ended: 'cancelled' });
  };
}

/** Cancels the search that runs, if one does. */
export function cancelSearch(): void {
  if (end === null) return;
  end();
  useLab.setState({ announcement: 'Search cancelled.' });
}

/** Puts the matching command line into the clipboard and says so. */
export async function copyCommandLine(): Promise<void> {
  const { setup } = useExplore.getState();
  const kernels = kernelsOf(setup);
  const text = commandLine(setup, kernels.ok && kernels.value.length === 2);
  try {
    await navigator.clipboard.writeText(text);
    useLab.setState({ announcement: 'Command line copied.' });
  } catch {
    showProblem({ title: 'The browser does not allow copying.', details: [text] });
  }
}

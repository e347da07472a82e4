// Long scripts: what works them out is fetched when the first one is shown.

import { currentSession } from '../../session/history.ts';
import { isLongScript } from '../../session/replay.ts';
import { useLab } from './lab.ts';
import { cancelOpening, endWorking, useWorking } from './working.ts';

let engine: Promise<typeof import('./engine.ts')> | null = null;

/** What works long scripts out and reads long texts; whoever cancels then finds it. */
export function loadEngine(): Promise<typeof import('./engine.ts')> {
  engine ??= import('./engine.ts');
  return engine;
}

function follow(): void {
  const { script } = currentSession(useLab.getState().history);
  if (engine === null && !isLongScript(script)) return;
  void loadEngine().then((made) => made.follow());
}

/** Begins to work out whatever long script is shown; the result ends that. */
export function followLongScripts(): () => void {
  follow();
  return useLab.subscribe((now, before) => {
    if (now.history !== before.history) follow();
  });
}

/** Ends what is being opened or worked out. */
export function cancelWork(): void {
  // at once on the screen
  cancelOpening();
  const { phase } = useWorking.getState();
  endWorking(phase === 'opening' ? 'idle' : 'stopped');
  if (engine !== null) void engine.then((made) => made.stopWorking());
}

/** Works out the rest after all. */
export function goOnWorking(): void {
  if (engine !== null) void engine.then((made) => made.goOn());
}

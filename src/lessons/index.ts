// All built-in lessons in teaching order.

import type { Lesson } from './lesson.ts';
import { ALTERNATIVES } from './tours/alternatives.ts';
import { CACHE } from './tours/cache.ts';
import { CLIENT_STATE } from './tours/clientState.ts';
import { CLIENTS } from './tours/clients.ts';
import { DEBATE } from './tours/debate.ts';
import { EVENTFDS } from './tours/eventfds.ts';
import { FAILURES } from './tours/failures.ts';
import { KERNELS } from './tours/kernels.ts';
import { LAYERS } from './tours/layers.ts';
import { PROPOSALS } from './tours/proposals.ts';
import { RELEASE_EDGES } from './tours/releases.ts';
import { SHORTAGE } from './tours/shortage.ts';
import { SWAP_WINDOW } from './tours/swapWindow.ts';

/** Every built-in lesson. */
export const LESSONS: readonly Lesson[] = [
  ...LAYERS,
  ...EVENTFDS,
  ...FAILURES,
  ...SHORTAGE,
  ...DEBATE,
  ...CACHE,
  ...PROPOSALS,
  ...ALTERNATIVES,
  ...SWAP_WINDOW,
  ...CLIENTS,
  ...CLIENT_STATE,
  ...KERNELS,
  ...RELEASE_EDGES,
];

// All built-in lessons in teaching order.

import type { Lesson } from './lesson.ts';
import { ALTERNATIVES } from './tours/alternatives.ts';
import { CLIENTS } from './tours/clients.ts';
import { DEBATE } from './tours/debate.ts';
import { FAILURES } from './tours/failures.ts';
import { KERNELS } from './tours/kernels.ts';
import { LAYERS } from './tours/layers.ts';
import { PROPOSALS } from './tours/proposals.ts';

/** Every built-in lesson. */
export const LESSONS: readonly Lesson[] = [
  ...LAYERS,
  ...FAILURES,
  ...DEBATE,
  ...PROPOSALS,
  ...ALTERNATIVES,
  ...CLIENTS,
  ...KERNELS,
];

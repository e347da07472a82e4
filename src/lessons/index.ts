// Every lesson in teaching order.

import type { Lesson } from './lesson.ts';
import { CLIENTS } from './tours/clients.ts';
import { DEBATE } from './tours/debate.ts';
import { FAILURES } from './tours/failures.ts';
import { LAYERS } from './tours/layers.ts';

/** The lessons. */
export const LESSONS: readonly Lesson[] = [...LAYERS, ...FAILURES, ...DEBATE, ...CLIENTS];

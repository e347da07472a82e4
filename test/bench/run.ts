// `npm run bench`: prints one table and writes test/bench/result.json (not kept in git).

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figureText } from './figure.ts';
import { benchModel } from './model.ts';
import { benchPage } from './page.ts';
import { spinFigures } from './spin.ts';

const figures = [...benchModel(), ...spinFigures(), ...(await benchPage())];
for (const figure of figures) process.stdout.write(`${figureText(figure)}\n`);
writeFileSync(join(import.meta.dirname, 'result.json'), `${JSON.stringify(figures, null, 2)}\n`);

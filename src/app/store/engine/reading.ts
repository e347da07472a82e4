// Recognises the format of a file and reads it in the worker, with progress.

import type { Choices, ImportFormat } from '../../../formats/imports/format.ts';
import { formatById } from '../../../formats/imports/registry.ts';
import { ImportRows } from '../../../formats/imports/rows.ts';
import type { ImportSummary } from '../../../formats/imports/run.ts';
import type { Scanned } from '../../../formats/imports/scan.ts';
import type { Travel } from '../../../formats/imports/transport/travel.ts';
import { parseHead } from '../../../formats/notation/parse.ts';
import { unpackLines } from '../../../formats/permalink/packedLines.ts';
import type { ScriptLine } from '../../../session/script.ts';
import type { FromWorker } from '../../workers/messages.ts';
import { scanFile } from '../../workers/scanFile.ts';
import type { App } from '../app.ts';
import { type ShownProblem, showProblem } from '../lab.ts';
import { beginWorking, endWorking, step } from '../working.ts';
import { resume } from './following.ts';
import { beginJob, dismissWorker, endJob, failWorker, hasWorker, keepsLines, tellWorker } from './worker.ts';

/** The content of a read file. */
export interface ReadFile {
  readonly lines: readonly ScriptLine[];
  readonly rows: ImportRows;
  readonly summary: ImportSummary;
}

/** Starts the worker, which will be needed soon. */
export function prepareWorker(app: App): void {
  hasWorker(app);
}

/**
 * Recognises the format of a file in the worker; resolves to null if a person cancels or the worker fails. The bar stays, because a
 * reader follows. Where the browser blocks workers, it recognises the format in the page.
 */
export function scanInWorker(app: App, file: File, isWanted: () => boolean): Promise<Scanned | null> {
  if (!hasWorker(app)) return scanFile(file, isWanted);
  return new Promise((resolve) => {
    const stop = () => {
      endJob(app);
      endWorking(app);
      dismissWorker(app);
      resolve(null);
      resumeLater(app);
    };
    const job = beginJob(app, {
      kind: 'reading',
      receive: (message) => {
        if (message.kind !== 'scanned') return;
        const { found, travels, first } = message;
        const format = found === null ? undefined : formatById(found.format);
        if (!isWanted()) {
          stop();
          return;
        }
        endJob(app);
        resolve({
          found: found === null || format === undefined ? null : { format, reason: found.reason },
          travels,
          first,
        });
      },
      cancel: stop,
      fail: (title) => {
        stop();
        return cannotOpen(file, title);
      },
    });
    beginWorking(app, 'opening', file.name, 0, 0);
    tellWorker(app, { kind: 'scan', job, file });
  });
}

/** Continues the script that has waited for the worker, unless the caller shows another one now. */
export function resumeLater(app: App): void {
  setTimeout(() => resume(app));
}

/** Returns the problem of a file that the worker has failed to open. */
export function cannotOpen({ name }: { readonly name: string }, title: string): ShownProblem {
  return {
    title: `${name} could not be opened. ${title}`,
    details: ['Open the file again to try again.'],
    note: 'The page still shows the previous script.',
  };
}

/**
 * Reads a file in the worker; resolves to null if a person cancels or the worker fails. The worker keeps the lines, so that a
 * session with these lines is replayed without sending them again.
 */
export function readInWorker(
  app: App,
  file: File,
  format: ImportFormat,
  choices: Choices,
  travels: readonly Travel[],
): Promise<ReadFile | null> {
  if (!hasWorker(app)) {
    showProblem(app, {
      title: `${file.name} could not be opened: the browser blocks workers.`,
      details: ['A text of this length needs a worker; shorter texts do not.'],
    });
    return Promise.resolve(null);
  }
  const lines: ScriptLine[] = [];
  const rows = new ImportRows();
  return new Promise((resolve) => {
    const end = (read: ReadFile | null) => {
      endJob(app);
      endWorking(app);
      if (read === null) dismissWorker(app);
      else keepsLines(app, lines);
      resolve(read);
      resumeLater(app);
    };
    const receive = (message: FromWorker) => {
      if (message.kind === 'read') {
        const read = unpackLines(message.lines);
        if (!read.ok) {
          failWorker(app, 'The worker sent unreadable lines.');
          return;
        }
        for (const line of read.value) lines.push(line);
        rows.append(message.rows);
        step(app, { done: Math.round(message.done * 1000), total: 1000 });
      } else if (message.kind === 'opened') {
        const { texts, bad, passed, assumed, guesses } = message;
        const { device, cursor } = parseHead(message.device, lines.length);
        const looksAt = cursor === undefined ? {} : { cursor };
        end({ lines, rows, summary: { device, ...looksAt, texts, bad, passed, assumed, guesses } });
      }
    };
    const job = beginJob(app, {
      kind: 'reading',
      replacesLines: true,
      receive,
      cancel: () => end(null),
      fail: (title) => {
        end(null);
        return cannotOpen(file, title);
      },
    });
    beginWorking(app, 'opening', file.name, 0, 0);
    tellWorker(app, { kind: 'open', job, file, format: format.id, choices: [...choices], travels });
  });
}

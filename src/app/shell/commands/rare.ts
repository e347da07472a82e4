// Commands without a page-wide key or a button of their own, fetched with the palette. The keys of some belong to one list.

import { grouped } from '../../../base/grouped.ts';
import { PRESETS } from '../../../kernel/presets.ts';
import { MSIX_VECTORS_MAX } from '../../../machine/device.ts';
import { DEVICES } from '../../../machine/devices.ts';
import type { Host } from '../../../machine/host.ts';
import { releaseFactsOf } from '../../../machine/host.ts';
import { chooseSetup } from '../../../session/edits.ts';
import { setupOf } from '../../../session/session.ts';
import { INDEX_NAMES } from '../../../uapi/vfio.ts';
import { ACTION_NAMES, DATA_NAMES } from '../../../views/composer/draft.ts';
import { CLIENT_COMMANDS } from '../../features/lab/composer/clients/commands.ts';
import { COMPOSE_RARE } from '../../features/lab/composer/rareCommands.ts';
import { SELECTING } from '../../features/lab/script/selectionCommands.ts';
import { TIMELINE_RARE } from '../../features/lab/timeline/rareCommands.ts';
import { CALLS } from '../../features/lab/trace/commands.ts';
import { PANEL_COMMANDS } from '../../features/learn/lesson/panelCommands.ts';
import { SLIDE_COMMANDS } from '../../features/learn/lesson/presenting/slideCommands.ts';
import { LIST_COMMANDS } from '../../features/learn/listCommands.ts';
import type { App } from '../../store/app.ts';
import { BUILT_IN, openBuiltIn } from '../../store/builtIn.ts';
import type { Command } from '../../store/commands.ts';
import { chooseMode, composeSlice, draftChange, toggle } from '../../store/compose.ts';
import { backToRecording, closeRecording, edit, labSlice, showProblem } from '../../store/lab.ts';
import { showOverlay } from '../../store/overlay.ts';
import { openLabWhatIf, patchSlice } from '../../store/patch.ts';
import { openView, setOwnFragment } from '../../store/view.ts';
import { focusPane } from '../../ui/focusPane.ts';
import { PANE_COMMANDS } from '../panes/commands.ts';
import { CONTINUE } from './continueLesson.ts';
import { HELP_COMMANDS } from './help.ts';

const kernels = 'Kernel and device' as const;

function hostCommand(id: string, title: string, change: (host: Host) => Partial<Host>): Command {
  return {
    id: `host.${id}`,
    section: kernels,
    title,
    run: (app: App) =>
      edit(app, title, (now) => {
        const { host } = now.setup;
        return chooseSetup(now, { ...now.setup, host: { ...host, ...change(host) } });
      }),
  };
}

function inForm(id: string, title: string, change: (app: App) => void): Command {
  return {
    id: `compose.${id}`,
    section: 'Compose',
    title,
    run: (app: App) => {
      if (app.get(composeSlice).mode === 'raw') chooseMode(app, 'form');
      change(app);
      focusPane('compose');
    },
  };
}

const isOpened = (app: App) => app.get(labSlice).opened !== null;

/** The open recording and the shown message. */
const OPENED: readonly Command[] = [
  {
    id: 'recording.back',
    section: kernels,
    title: 'Back to the recording',
    enabled: isOpened,
    run: backToRecording,
  },
  {
    id: 'recording.close',
    section: kernels,
    title: 'Close the recording',
    enabled: isOpened,
    run: closeRecording,
  },
  {
    id: 'problem.close',
    section: kernels,
    title: 'Close the message',
    enabled: (app: App) => app.get(labSlice).problem !== null,
    run: (app: App) => showProblem(app, null),
  },
];

/** The opened patch, and kernels with changed policies. */
const PATCH: readonly Command[] = [
  {
    id: 'patch.show',
    section: kernels,
    title: 'Show the opened patch',
    enabled: (app: App) => app.get(patchSlice).patch !== null,
    run: (app: App) => showOverlay(app, 'patch'),
  },
  {
    id: 'kernel.whatIf',
    section: kernels,
    title: 'What-if kernel: change policies of a kernel',
    run: openLabWhatIf,
  },
];

/** Scripts for trying the page at scale. */
const WORKLOADS: readonly Command[] = [1_000, 10_000, 100_000].map((lines) => ({
  id: `script.workload-${lines}`,
  section: 'Script',
  title: `Open a generated workload: ${grouped(lines)} lines on 2,048 vectors`,
  run: (app: App) => {
    void import('../../store/openScript.ts').then(({ openWorkload }) =>
      openWorkload(app, { lines, vectors: MSIX_VECTORS_MAX, seed: 1 }),
    );
  },
}));

/** Selected lines, copied calls, panes, the timeline, fields of the form, kernels, devices, hosts, recordings, workloads and clients. */
export const RARE: readonly Command[] = [
  {
    id: 'lessons.scenarios',
    section: 'Lessons',
    title: 'Scenarios: ioctls of real programs',
    run: (app: App) => {
      openView(app, 'learn');
      setOwnFragment(app, 'learn=scenarios');
    },
  },
  {
    id: 'compare.debate',
    section: 'Compare',
    title: 'The debate: V3 frees an irq of the original allocation, 6.5 keeps it',
    run: (app: App) => void import('../../store/scenarios.ts').then(({ openDebate }) => openDebate(app)),
  },
  {
    id: 'view.letters',
    section: 'View',
    title: 'Single-letter keys (on or off)',
    run: (app) => toggle(app, 'letters', 'Single-letter keys'),
  },
  { id: 'view.print', section: 'View', title: 'Print the open view', run: () => window.print() },
  ...HELP_COMMANDS,
  CONTINUE,
  ...PANE_COMMANDS,
  ...TIMELINE_RARE,
  ...OPENED,
  ...PATCH,
  ...SLIDE_COMMANDS,
  ...PANEL_COMMANDS,
  ...LIST_COMMANDS,
  ...INDEX_NAMES.map((name, index) =>
    inForm(`index.${index}`, `Index ${name}`, (app) => draftChange(app, { index })),
  ),
  ...ACTION_NAMES.map((action) =>
    inForm(`action.${action}`, `Action ${action}`, (app) => draftChange(app, { action })),
  ),
  ...COMPOSE_RARE,
  ...DATA_NAMES.map((data) => inForm(`data.${data}`, `Data ${data}`, (app) => draftChange(app, { data }))),
  ...SELECTING,
  ...CALLS,
  ...CLIENT_COMMANDS,
  ...WORKLOADS,
  ...PRESETS.map(({ id, label, generation, host: facts }) => ({
    id: `kernel.${id}`,
    section: kernels,
    title: `Kernel ${label}`,
    run: (app: App) =>
      edit(app, label, (now) => ({
        ...chooseSetup(now, { ...now.setup, host: { ...now.setup.host, ...releaseFactsOf(facts) } }),
        generation,
      })),
  })),
  ...DEVICES.map(({ name }) => ({
    id: `device.${name}`,
    section: kernels,
    title: `Device ${name}`,
    run: (app: App) => edit(app, `device ${name}`, (now) => chooseSetup(now, setupOf(name, now.setup.host))),
  })),
  hostCommand('dynamic', 'Dynamic allocation (on or off)', ({ canAllocDyn }) => ({
    canAllocDyn: !canAllocDyn,
  })),
  hostCommand('remapping', 'Interrupt remapping (on or off)', ({ irqRemapping }) => ({
    irqRemapping: !irqRemapping,
  })),
  hostCommand('intx', 'Persistent INTx irq (on or off)', ({ intx }) => ({
    intx: intx === 'legacy' ? 'persistent' : 'legacy',
  })),
  ...BUILT_IN.map((recording) => ({
    id: `recording.${recording.file}`,
    section: kernels,
    title: `Open recording: ${recording.about} (${recording.kernel})`,
    run: (app: App) => void openBuiltIn(app, recording),
  })),
];

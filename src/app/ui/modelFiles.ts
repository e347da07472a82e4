// The text of the model's files that contain kernel functions. Fetched when the model source is opened.

import config from '../../kernel/config.ts?raw';
import errReq from '../../kernel/errReq.ts?raw';
import assembled from '../../kernel/generations/assembled.ts?raw';
import dynamic from '../../kernel/generations/dynamic.ts?raw';
import type { GenerationId, NamedGenerationId } from '../../kernel/generations/generation.ts';
import hold from '../../kernel/generations/hold.ts?raw';
import { baseOf, isWhatIf } from '../../kernel/generations/policies.ts';
import staticText from '../../kernel/generations/static.ts?raw';
import track from '../../kernel/generations/track.ts?raw';
import v2 from '../../kernel/generations/v2.ts?raw';
import v3 from '../../kernel/generations/v3.ts?raw';
import intx from '../../kernel/intx.ts?raw';
import lifecycle from '../../kernel/lifecycle.ts?raw';
import ctx from '../../kernel/services/ctx.ts?raw';
import eventfd from '../../kernel/services/eventfd.ts?raw';
import irq from '../../kernel/services/irq.ts?raw';
import msi from '../../kernel/services/msi.ts?raw';
import pci from '../../kernel/services/pci.ts?raw';
import setIrqs from '../../kernel/setIrqs.ts?raw';
import virqfd from '../../kernel/virqfd.ts?raw';
import type { ModelFile } from '../../views/trace/source.ts';

const GENERATION_TEXTS: Readonly<Record<NamedGenerationId, string>> = {
  static: staticText,
  v2,
  v3,
  dynamic,
  track,
  hold,
};

const SHARED = {
  setIrqs,
  intx,
  errReq,
  virqfd,
  lifecycle,
  config,
  'services/ctx': ctx,
  'services/eventfd': eventfd,
  'services/irq': irq,
  'services/msi': msi,
  'services/pci': pci,
};

const fileOf = (name: string, text: string): ModelFile => ({
  path: `src/kernel/${name}.ts`,
  lines: text.trimEnd().split('\n'),
});

/** Returns the files of a generation's model: its own first, then the shared ones. A what-if kernel uses functions of V3 and static. */
export function modelFiles(id: GenerationId): readonly ModelFile[] {
  const own = (name: NamedGenerationId) => fileOf(`generations/${name}`, GENERATION_TEXTS[name]);
  return [
    ...(isWhatIf(id)
      ? [fileOf('generations/assembled', assembled), own('v3'), own('static')]
      : [own(baseOf(id))]),
    ...Object.entries(SHARED).map(([name, text]) => fileOf(name, text)),
  ];
}

// One sentence for each irq of a comparison between a text of a real host and the model.

import type { ExpectedRow } from '../session/expectedState.ts';

const MODES = { msix: 'MSI-X vector', msi: 'MSI vector' } as const;

/** Returns a sentence, for instance `Irq 128 (MSI-X vector 1) is allocated and cached, therefore missing here: …`. */
export function expectedSentence(row: ExpectedRow): string {
  const { kind, irq, modelIrq, modelHandler, saysHandler } = row;
  const name = `Irq ${irq ?? modelIrq}${placeOf(row)}`;
  const number =
    irq !== null && modelIrq !== null && irq !== modelIrq ? ` The model numbers it ${modelIrq}.` : '';
  switch (kind) {
    case 'same':
      if (!saysHandler) {
        const state = modelHandler
          ? 'the model has a handler on it'
          : 'the model keeps it without a handler (cached)';
        return `${name} is allocated in the text and in the model; ${state}.${number}`;
      }
      return modelHandler
        ? `${name} has a handler in the text and in the model.${number}`
        : `${name} is allocated without a handler in the text and in the model (cached).${number}`;
    case 'cached':
      return `${name} is allocated and cached, therefore missing here: /proc/interrupts shows an irq only with a handler or with a count.`;
    case 'missing-in-model':
      return `${name} is in the text, and the model has not allocated it.`;
    case 'missing-in-text':
      return modelHandler
        ? `${name} has a handler in the model, and the text does not show it.`
        : `${name} is allocated in the model, and the text does not show it.`;
    case 'handler-only-in-text':
      return `${name} has a handler in the text; the model keeps it without a handler (cached).${number}`;
    case 'handler-only-in-model':
      return `${name} has a handler in the model and none in the text (cached).${number}`;
  }
}

function placeOf({ mode, vector }: ExpectedRow): string {
  if (mode === 'intx') return ' (INTx)';
  return vector === null ? '' : ` (${MODES[mode]} ${vector})`;
}

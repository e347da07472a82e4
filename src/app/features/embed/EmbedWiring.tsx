// The wiring of an embed: the lab's picture without details of rows.

import { useCallback, useId, useMemo, useState } from 'react';
import { everUsed, type Fold, usedVectors, type VectorRange, withFold } from '../../../views/wiring/folds.ts';
import { momentAt } from '../../../views/wiring/moment.ts';

import { Caption } from '../../ui/wiring/Caption.tsx';
import { WiringHeading } from '../../ui/wiring/WiringHeading.tsx';
import { useWiringRows, WiringTable } from '../../ui/wiring/WiringTable.tsx';
import { type EmbedState, type ShownSession, shownCursor } from './store.ts';

/** The rows at the shown place; vectors without use are folded. */
export function EmbedWiring({ shown, state }: { readonly shown: ShownSession; readonly state: EmbedState }) {
  const { replayed } = shown;
  const { line, step } = shownCursor(state);
  const moment = useMemo(() => momentAt(replayed, { line, step }), [replayed, line, step]);
  const ever = useMemo(() => everUsed(replayed).vectors, [replayed]);
  const used = useMemo(() => usedVectors(moment, ever), [moment, ever]);
  const [opened, setOpened] = useState<readonly VectorRange[]>([]);
  const onFold = useCallback((fold: Fold) => setOpened((now) => withFold(now, fold)), []);
  const rows = useWiringRows(moment, used, { opened, onFold });
  const id = useId();
  return (
    <section className="wiring embed-wiring" aria-labelledby={id}>
      <WiringHeading id={id} replayed={replayed} cursor={state.cursor} />
      <WiringTable rows={rows} labelledBy={id} term={(text) => text} />
      <Caption machine={moment.now} />
    </section>
  );
}

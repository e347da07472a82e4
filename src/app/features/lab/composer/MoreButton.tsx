// The disclosure of all operations beside the usual ones. Its content is fetched when it is opened.

import { lazy, memo, Suspense, useId } from 'react';
import type { IrqSet } from '../../../../uapi/irqSet.ts';
import type { ByteField } from '../../../../views/composer/draft.ts';
import { useApp, useSlice } from '../../../store/appContext.ts';
import { composeSlice, setMore } from '../../../store/compose.ts';
import type { OpenDescriptor } from './openDescriptors.ts';

const MoreOperations = lazy(async () => ({
  default: (await import('./more/MoreOperations.tsx')).MoreOperations,
}));

/** Props of the operations, from the composed ioctl and the machine at the cursor. */
export interface MoreProps {
  /** Null while the form has an error. */
  readonly set: IrqSet | null;
  readonly lit: ByteField | null;
  readonly onPoint: (field: ByteField | null) => void;
  readonly open: readonly OpenDescriptor[];
  /** The number of the next descriptor. */
  readonly freeFd: number;
  /** The device is open. */
  readonly isOpened: boolean;
}

/** The button and, below it, the groups. */
export const MoreButton = memo(function MoreButton(props: MoreProps) {
  const app = useApp();
  const more = useSlice(composeSlice, (state) => state.more);
  const id = useId();
  return (
    <>
      <button
        type="button"
        className="composer-more"
        aria-expanded={more}
        aria-controls={more ? id : undefined}
        title="Bytes, faults, eventfds, device, clients (U)"
        onClick={() => setMore(app, !more)}
      >
        <span aria-hidden="true">{more ? '▾' : '▸'}</span> More operations
      </button>
      {more && (
        <div id={id}>
          <Suspense fallback={null}>
            <MoreOperations {...props} />
          </Suspense>
        </div>
      )}
    </>
  );
});

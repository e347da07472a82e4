// The address of the present step as a large QR code.

import type { OpenLesson } from '../../../../store/lesson.ts';
import { QrCode } from '../../../../ui/QrCode.tsx';
import { stepAddress } from './address.ts';

export function CodeSlide({ open }: { readonly open: OpenLesson }) {
  const address = stepAddress(open, open.taking.at);
  return (
    <div className="presenting-code">
      <AddressCode address={address} />
      {address !== null && <p className="presenting-address anywhere">{address}</p>}
    </div>
  );
}

/** The code of an address, or the reason why there is none. */
export function AddressCode({ address }: { readonly address: string | null }) {
  if (address === null) return <p>The address of this lesson is not ready yet.</p>;
  if (window.location.protocol === 'file:')
    return (
      <p>
        This page is a file on this computer, so another device cannot open its address. Open irqscope from a
        web server to show a code.
      </p>
    );
  return <QrCode address={address} />;
}

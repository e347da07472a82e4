// A QR code of an address. The encoder is loaded with the first code that is shown.

import { useEffect, useState } from 'react';
import { grouped } from '../../base/grouped.ts';
import type { QrPath } from './qrPath.ts';
import './qrCode.css';

interface QrCodeProps {
  /** The text of the code: an address. */
  readonly address: string;
}

/**
 * The code as a picture whose name is the address, black on white in every theme, because readers need dark modules on a light
 * ground. A sentence replaces it where the address is too long. The element around it decides the width.
 */
export function QrCode({ address }: QrCodeProps) {
  const [drawn, setDrawn] = useState<{ readonly of: string; readonly code: QrPath | null } | null>(null);
  useEffect(() => {
    let wanted = true;
    void import('./qrPath.ts').then(({ qrPath }) => {
      if (wanted) setDrawn({ of: address, code: qrPath(address) });
    });
    return () => {
      wanted = false;
    };
  }, [address]);
  // a code of an earlier address would lead to the wrong page
  if (drawn?.of !== address) return <div className="qr-code" />;
  const { code } = drawn;
  if (code === null)
    return (
      <p className="qr-code-none aside">
        This address has {grouped(address.length)} characters, which is too long for a QR code.
      </p>
    );
  const { side, path } = code;
  return (
    <svg className="qr-code" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={address}>
      <rect className="qr-code-ground" width={side} height={side} />
      <path d={path} />
    </svg>
  );
}

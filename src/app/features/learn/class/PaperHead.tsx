// The head of a printed sheet: name and date, title and goal, and the address with its QR code.

import { QrCode } from '../../../ui/QrCode.tsx';

interface PaperHeadProps {
  readonly title: string;
  readonly about: string;
  readonly address: string;
}

/** Characters of an address up to which its code is small, and middle-sized: more modules need more paper. */
const SMALL = 200;
const MIDDLE = 900;

export function PaperHead({ title, about, address }: PaperHeadProps) {
  const { length } = address;
  const size = length <= SMALL ? 'small' : length <= MIDDLE ? 'middle' : 'large';
  return (
    <header className="worksheet-head">
      <div>
        <p className="worksheet-name">
          <span>Name</span> <span>Date</span>
        </p>
        <h2>{title}</h2>
        {about !== '' && <p>{about}</p>}
        {size !== 'large' && <p className="worksheet-address anywhere">{address}</p>}
      </div>
      <div className="worksheet-qr" data-size={size}>
        <QrCode address={address} />
      </div>
    </header>
  );
}

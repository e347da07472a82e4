// The INTx, ERR and REQ rows.

import { PCI_COMMAND_INTX_DISABLE } from '../../uapi/pciRegs.ts';
import type { Moment } from './moment.ts';
import { eventfdCell, type WiringRow } from './row.ts';

/** Returns the INTx, ERR and REQ rows in use. */
export function specialRows(moment: Moment): readonly WiringRow[] {
  const rows = [
    intxRow(moment),
    singleRow(moment, 'ERR', moment.now.vdev.err_trigger),
    singleRow(moment, 'REQ', moment.now.vdev.req_trigger),
  ];
  return rows.filter((row) => row !== null);
}

/** Returns the pin's row while INTx is enabled: eventfd, context, the pin's irq, the pin. */
function intxRow({ now, happenings }: Moment): WiringRow | null {
  const { intx } = now.vdev;
  if (intx === null) return null;
  const disabled = (now.pci.command & PCI_COMMAND_INTX_DISABLE) !== 0;
  const state = intx.requested ? 'attached' : 'empty';
  const signalled = happenings.some((one) => one.kind === 'signal' && one.ev === intx.trigger);
  return {
    label: 'INTx',
    vector: null,
    state,
    change: signalled ? 'signalled' : null,
    eventfd: eventfdCell(now, intx.trigger),
    ctx: { text: intx.masked ? 'intx masked' : 'intx', word: '', look: 'plain' },
    irq: {
      text: `irq ${now.host.pinIrq}`,
      word: intx.requested ? '' : 'not requested',
      look: intx.requested ? 'attached' : 'empty',
    },
    entry: {
      text: `pin DisINTx${disabled ? '+' : '−'}`,
      word: now.pci.pinAsserted ? 'asserted' : '',
      look: state,
      masked: disabled,
      pending: now.pci.pinAsserted,
    },
    wires: [
      intx.trigger === null ? 'none' : 'solid',
      intx.requested ? 'solid' : 'none',
      intx.requested ? (disabled ? 'dotted' : 'solid') : 'none',
    ],
  };
}

/** Returns the row of ERR or REQ while it has an eventfd. */
function singleRow({ now, happenings }: Moment, label: 'ERR' | 'REQ', ev: number | null): WiringRow | null {
  if (ev === null) return null;
  const slot = label === 'ERR' ? 'err_trigger' : 'req_trigger';
  return {
    label,
    vector: null,
    state: 'attached',
    change: happenings.some((one) => one.kind === 'signal' && one.ev === ev) ? 'signalled' : null,
    eventfd: eventfdCell(now, ev),
    ctx: { text: slot, word: '', look: 'plain' },
    irq: null,
    entry: null,
    wires: ['solid', 'none', 'none'],
  };
}

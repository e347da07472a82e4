// The keywords of SET_IRQS and the signs, each with a short explanation for completion. The keywords of operations are in
// readOp.ts, those of device settings in readDevice.ts.

import type { IrqSetData } from '../../uapi/irqSet.ts';
import {
  VFIO_IRQ_SET_ACTION_MASK,
  VFIO_IRQ_SET_ACTION_TRIGGER,
  VFIO_IRQ_SET_ACTION_UNMASK,
  VFIO_IRQ_SET_DATA_BOOL,
  VFIO_IRQ_SET_DATA_EVENTFD,
  VFIO_IRQ_SET_DATA_NONE,
  VFIO_PCI_ERR_IRQ_INDEX,
  VFIO_PCI_INTX_IRQ_INDEX,
  VFIO_PCI_MSI_IRQ_INDEX,
  VFIO_PCI_MSIX_IRQ_INDEX,
  VFIO_PCI_REQ_IRQ_INDEX,
} from '../../uapi/vfio.ts';
import type { Offer } from './numbers.ts';

/** A keyword with a short explanation. */
export interface Word {
  readonly word: string;
  readonly about: string;
}

/** A keyword that may appear once, in any order: `nodyn`, or with a value `msix=8` (then its word ends in `=`). */
export interface SettingWord extends Word {
  /** Only one word of a group may appear. */
  readonly group?: string;
  /** The kind of values that completion offers. */
  readonly offer?: Offer;
  /** Rarely used: completion offers it only after some letters, and messages do not list it. */
  readonly rare?: true;
}

/** An irq index by name. */
export interface IndexWord extends Word {
  readonly index: number;
}

/** A word for one bit of `flags`. */
export interface FlagWord extends Word {
  readonly bit: number;
}

/** A data type with its kind of data. */
export interface DataWord extends FlagWord {
  readonly kind: IrqSetData['kind'];
}

/** The irq indexes, most used first. */
export const INDEX_WORDS: readonly IndexWord[] = [
  { word: 'msix', about: 'MSI-X vectors', index: VFIO_PCI_MSIX_IRQ_INDEX },
  { word: 'msi', about: 'MSI vectors', index: VFIO_PCI_MSI_IRQ_INDEX },
  { word: 'intx', about: 'the interrupt pin', index: VFIO_PCI_INTX_IRQ_INDEX },
  { word: 'err', about: 'PCI Express errors', index: VFIO_PCI_ERR_IRQ_INDEX },
  { word: 'req', about: 'the host requests the device back', index: VFIO_PCI_REQ_IRQ_INDEX },
];

/** The action bits of `flags`. */
export const ACTION_WORDS: readonly FlagWord[] = [
  {
    word: 'trigger',
    about: 'ACTION_TRIGGER: attach, detach, signal or disable',
    bit: VFIO_IRQ_SET_ACTION_TRIGGER,
  },
  { word: 'mask', about: 'ACTION_MASK', bit: VFIO_IRQ_SET_ACTION_MASK },
  { word: 'unmask', about: 'ACTION_UNMASK', bit: VFIO_IRQ_SET_ACTION_UNMASK },
];

/** The data type bits of `flags`. */
export const DATA_WORDS: readonly DataWord[] = [
  {
    word: 'eventfd',
    about: 'DATA_EVENTFD: start [descriptors]',
    bit: VFIO_IRQ_SET_DATA_EVENTFD,
    kind: 'i32',
  },
  { word: 'none', about: 'DATA_NONE: start count', bit: VFIO_IRQ_SET_DATA_NONE, kind: 'none' },
  { word: 'bool', about: 'DATA_BOOL: start [bytes]', bit: VFIO_IRQ_SET_DATA_BOOL, kind: 'u8' },
];

/** Starts the raw form, which can express any bytes. */
export const RAW: Word = { word: 'raw', about: 'any struct vfio_irq_set, also a malformed one' };
/** An option of `eventfd`. */
export const SEMAPHORE: Word = { word: 'semaphore', about: 'EFD_SEMAPHORE: a read takes 1' };
/** An option of `hot_reset_info`. */
export const SHORT: Word = { word: 'short', about: 'argsz without room for the list of devices' };
/** Starts the header line of a script. */
export const DEVICE: Word = { word: 'device', about: 'the device of the script' };

/** Sets the selected place: `cursor 3`, or `cursor 3.2` for the second kernel step of line 3. */
export const CURSOR: Word = {
  word: 'cursor',
  about: 'the selected line, such as cursor 3, or a kernel step of it, such as cursor 3.2',
};

/** Starts an action of a guest or driver; the next line is the operation that it causes. */
export const ACTION: Word = { word: '@', about: 'an action of the guest' };

/** Starts a disabled line. */
export const SKIP: Word = { word: '~', about: 'keep the line but do not run it' };
/** Separates an operation from its faults. */
export const FAULTS: Word = { word: '!', about: 'inject faults: site#nth=ERRNO' };
/** Among the faults: the device raises an interrupt while the line runs. */
export const RAISE: Word = {
  word: 'raise',
  about: 'the device raises an interrupt within the line: raise 0 after free_irq#1',
};
/** The time of that interrupt. */
export const RAISE_WHEN: readonly (Word & { readonly when: 'before' | 'after' })[] = [
  { word: 'before', about: 'right before that call', when: 'before' },
  { word: 'after', about: 'right after that call', when: 'after' },
];
/** Starts the values of SET_IRQS. */
export const OPEN_LIST: Word = { word: '[', about: 'a list of values' };
/** Ends the values of SET_IRQS. */
export const CLOSE_LIST: Word = { word: ']', about: 'the end of the list' };

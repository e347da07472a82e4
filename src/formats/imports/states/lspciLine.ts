// Reads one line of `lspci -v`, `-vv` or `-vvv` (pciutils 2.2 to 3.13): the heading of a device, and its lines about interrupts.

import { addressOf } from './address.ts';
import { EXAMINED } from './passage.ts';

/** A line about interrupts, or the heading of a device. */
export type LspciLine =
  | {
      readonly kind: 'device';
      readonly address: string;
      /** The rest of the heading, such as `Non-Volatile memory controller: Example Corp NVMe`. */
      readonly about: string;
      /** `1b36:0010`, or null if only names are shown. */
      readonly id: string | null;
    }
  | { readonly kind: 'control'; readonly disIntx: boolean | null }
  | { readonly kind: 'status'; readonly intx: boolean | null }
  | { readonly kind: 'pin'; readonly pin: string | null; readonly irq: number }
  | { readonly kind: 'flags'; readonly irq: number | null }
  | {
      readonly kind: 'msi';
      readonly offset: number;
      readonly enabled: boolean;
      readonly count: number;
      readonly capable: number;
      readonly maskable: boolean;
    }
  | {
      readonly kind: 'msix';
      readonly offset: number;
      readonly enabled: boolean;
      readonly count: number;
      readonly masked: boolean;
    }
  | { readonly kind: 'express'; readonly offset: number; readonly type: string }
  | { readonly kind: 'devcap'; readonly functionReset: boolean }
  | { readonly kind: 'power'; readonly offset: number }
  | { readonly kind: 'powerState'; readonly state: string; readonly noSoftReset: boolean }
  | { readonly kind: 'driver'; readonly driver: string }
  | { readonly kind: 'denied' }
  | { readonly kind: 'table'; readonly which: string }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'broken'; readonly column: number; readonly expected: string; readonly found: string }
  /** Another line of a device. `word` is its first word. */
  | { readonly kind: 'other'; readonly word: string }
  | { readonly kind: 'outside' };

const HEADING = /^\s*((?:[\da-f]{4,8}:)?[\da-f]{2}:[\da-f]{2}\.[0-7])\s+(\S.*)$/i;
/** Matches the ids of -nn, and of -n. */
const NAMED_ID = /\[([\da-f]{4}:[\da-f]{4})\](?!.*\[[\da-f]{4}:[\da-f]{4}\])/i;
const BARE_ID = /^[\da-f]{4}: ([\da-f]{4}:[\da-f]{4})\b/i;
const CAPABILITY = /^Capabilities:\s*\[([\da-f]{2,3})(?: v\d+)?\]\s*(.*)$/i;
const MSI =
  /^(?:MSI|Message Signal+ed Interrupts):\s*(?:Enable([+-])\s*)?(?:Mask(?:able)?([+-])\s*)?(?:64bit([+-])\s*)?(Count|Queue)=(\d{1,3})\/(\d{1,3})\s*(?:Enable([+-])\s*)?(?:Mask(?:able)?([+-])\s*)?(?:64bit([+-]))?/;
const MSIX = /^MSI-X:\s*Enable([+-])\s*(?:Mask([+-])\s*TabSize|Count)=(\d{1,5})(?:\s+Masked([+-]))?/;
const PIN = /^Interrupt:\s*pin ([A-D?]) routed to IRQ (-?\d{1,10})/;

/** Reads a line. */
export function lspciLine(line: string): LspciLine {
  const text = line.slice(0, EXAMINED);
  const heading = HEADING.exec(text);
  if (heading !== null) {
    const [, address = '', about = ''] = heading;
    const id = (NAMED_ID.exec(about) ?? BARE_ID.exec(about))?.[1] ?? null;
    return { kind: 'device', address: addressOf(address) ?? address, about, id: id?.toLowerCase() ?? null };
  }
  if (/^[\da-f]{2,3}:(?: [\da-f]{2}){1,16}\s*$/i.test(text)) return { kind: 'bytes' };
  if (!/^\s/.test(text)) return { kind: 'outside' };
  const word = text.trim();
  const column = text.length - text.trimStart().length + 1;
  const capability = CAPABILITY.exec(word);
  if (capability !== null) {
    const [, offset = '', said = ''] = capability;
    return capabilityLine(Number.parseInt(offset, 16), said, column + word.length - said.length);
  }
  return detailLine(word, column);
}

function capabilityLine(offset: number, said: string, column: number): LspciLine {
  if (/^MSI-X\b/.test(said)) {
    const found = MSIX.exec(said);
    if (found === null) return broken(column, 'MSI-X: Enable+ Count=33 Masked-', said);
    const [, enabled, mask, count, masked] = found;
    return {
      kind: 'msix',
      offset,
      enabled: enabled === '+',
      count: Number(count),
      masked: (masked ?? mask) === '+',
    };
  }
  if (/^(?:MSI\b|Message Signal)/.test(said)) {
    const found = MSI.exec(said);
    if (found === null) return broken(column, 'MSI: Enable- Count=1/4 Maskable- 64bit+', said);
    const [, before, maskBefore, , unit, count = '', capable = '', after, maskAfter] = found;
    const number = (digits: string) => (unit === 'Queue' ? 2 ** Number(digits) : Number(digits));
    return {
      kind: 'msi',
      offset,
      enabled: (before ?? after) === '+',
      count: number(count),
      capable: number(capable),
      maskable: (maskBefore ?? maskAfter) === '+',
    };
  }
  const express = /^(?:PCI )?Express\s*(?:\(v\d+\)\s*)?([^,]*)/i.exec(said);
  if (express !== null) return { kind: 'express', offset, type: (express[1] ?? '').trim() };
  if (/^Power Management\b/.test(said)) return { kind: 'power', offset };
  return { kind: 'other', word: said.split(/[:<(\s]/)[0] ?? '' };
}

function detailLine(word: string, column: number): LspciLine {
  if (/^Capabilities:\s*<access denied>/.test(word)) return { kind: 'denied' };
  if (word.startsWith('Control:')) {
    const bit = /\bDisINTx([+-])/.exec(word)?.[1];
    return { kind: 'control', disIntx: bit === undefined ? null : bit === '+' };
  }
  if (/^Status:\s*D\d/.test(word)) {
    const state = /^Status:\s*(D\d\w*)/.exec(word)?.[1] ?? '';
    return { kind: 'powerState', state, noSoftReset: /\bNoSoftRst\+/.test(word) };
  }
  if (word.startsWith('Status:')) {
    const bit = /\bINTx([+-])/.exec(word)?.[1];
    return { kind: 'status', intx: bit === undefined ? null : bit === '+' };
  }
  if (word.startsWith('Interrupt:')) {
    const [, pin, irq] = PIN.exec(word) ?? [];
    if (pin === undefined || irq === undefined)
      return broken(column, 'Interrupt: pin A routed to IRQ 16', word);
    // lspci prints the number as a signed one
    return { kind: 'pin', pin: pin === '?' ? null : pin, irq: Number(irq) >>> 0 };
  }
  if (word.startsWith('Flags:') && !/PME/.test(word)) {
    const irq = /\bIRQ (\d{1,10})\b/.exec(word)?.[1];
    return { kind: 'flags', irq: irq === undefined ? null : Number(irq) };
  }
  const reset = /\bFLReset([+-])/.exec(word)?.[1];
  if (reset !== undefined) return { kind: 'devcap', functionReset: reset === '+' };
  const driver = /^Kernel driver in use:\s*(\S+)/.exec(word)?.[1];
  if (driver !== undefined) return { kind: 'driver', driver };
  const table = /^(Vector table|PBA|Address|Masking)(?::|\s*=)/.exec(word)?.[1];
  if (table !== undefined) return { kind: 'table', which: table };
  return { kind: 'other', word: word.split(/[:\s]/)[0] ?? '' };
}

function broken(column: number, expected: string, found: string): LspciLine {
  return { kind: 'broken', column, expected: `a line such as “${expected}”`, found };
}

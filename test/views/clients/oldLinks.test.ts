// Links of 1.1.0 name a client and its actions by words. They open with the same client and actions, also after the words have
// changed. The texts are fixed: never print them anew.

import { expect, test } from 'vitest';
import type { Action } from '../../../src/clients/client.ts';
import { parseLink } from '../../../src/formats/permalink/link.ts';
import { replayWhole } from '../../../src/session/replay.ts';
import { atWork } from '../../../src/views/clients/acting.ts';

const ACTIONS: readonly Action[] = [
  { kind: 'enable-msix' },
  { kind: 'unmask', vector: 2 },
  { kind: 'mask', vector: 2 },
  { kind: 'function-mask', on: true },
  { kind: 'function-mask', on: false },
  { kind: 'trigger', vector: 0 },
  { kind: 'disable-msix' },
  { kind: 'enable-msi', count: 1 },
  { kind: 'disable-msi' },
  { kind: 'acknowledge-intx' },
  { kind: 'enable-queues', count: 2 },
  { kind: 'reset' },
  { kind: 'unplug' },
];

test.each([
  [
    'qemu-7.0',
    'v2=K3siZyI6ImR5bmFtaWMiLCJkIjoiZTEwMDBlIiwiYXQiOls3MixudWxsXX3ASB8gUUVNVSBiZWZvcmUgNy4xIG9wZW5zIHRoZSBkZXZpY2UGAsoGAKwQtAHTAAEkAQK3AAgJAfEQAbYAARQBAqAACBEBPgYDsRADUABhJAEC6hAEPgCBJAECyB8TZ3Vlc3QgZW5hYmxlcyBNU0ktWAAICQGyAwTlAAgRAXcAACGqAwSdEPtNCwBAIcYAQSQBAiAfFmd1ZXN0IHVubWFza3MgdmVjdG9yIDIQA-kQwj5fAEAhIgBBJAO7PgC-Pn8faGd1ZXN0IG1hc2tzIHZlY3RvciAyOyBndWVzdCBzZXRzIHRoZSBmdW5jdGlvbiBtYXNrIChubyBpb2N0bCk7IGd1ZXN0IGNsZWFycyB0aGUgZnVuY3Rpb24gbWFzayAobm8gaW9jdGwpAFEkAgG_PnQfFGd1ZXN0IGRpc2FibGVzIE1TSS1YAFEkAgEC8gBAIZkDBrgDvj5JA78-FxCCTpEAASQBAmUACAkBzxAB5AABFAECngAIEQFsHx9ndWVzdCBlbmFibGVzIE1TSSB3aXRoIDEgdmVjdG9yAAgJAYEDAiwACBEBqgAAIQEDBIYQ-03iEMI-xgAhJAECAB8yZ3Vlc3QgZGlzYWJsZXMgTVNJOyBndWVzdCBzZXJ2aWNlcyBJTlR4IChubyBpb2N0bCkAICF_AwICA78-DhD-TdMAASQBArcACAkB8RABtgABFAECoAAIEQE-HxdndWVzdCByZXNldHMgdGhlIGRldmljZQAICQHhAwKMAAgRAQoAACHhAwRmCCoQAqQAASQBAu4ACAkBlBABtwABFAECuwAIEQF9HxNkZXZpY2UgaXMgdW5wbHVnZ2VkAAgJAfgDAhkACBEBCwAAIQYDBMEJ2AAAAAAAEwJb9A',
  ],
  [
    'qemu-7.1',
    'v2=K3siZyI6ImR5bmFtaWMiLCJkIjoiZTEwMDBlIiwiYXQiOls3MixudWxsXX3ASB8gUUVNVSA3LjEgdG8gOC4xIG9wZW5zIHRoZSBkZXZpY2UGAlcGADkQtAFEAAEkAQIOAAgJAbQQAdcAARQBAhsACBEB3QYDZhAD0wBhJAEClxAEEwCBJAEC9x8TZ3Vlc3QgZW5hYmxlcyBNU0ktWAAICQHfAwTwAAgRAa4AACHtAwTqEPtNRgBAIfUAQSQBAikfFmd1ZXN0IHVubWFza3MgdmVjdG9yIDIQA4QQwj4sAEAhlwBBJAO7PgC-PiwfaGd1ZXN0IG1hc2tzIHZlY3RvciAyOyBndWVzdCBzZXRzIHRoZSBmdW5jdGlvbiBtYXNrIChubyBpb2N0bCk7IGd1ZXN0IGNsZWFycyB0aGUgZnVuY3Rpb24gbWFzayAobm8gaW9jdGwpAFEkAgG_PpEfFGd1ZXN0IGRpc2FibGVzIE1TSS1YAFEkAgECHwBAIeIDBm8Dvj7QA78-FBCCTkwAASQBAiYACAkBbBABbwABFAEC4wAIEQF1Hx9ndWVzdCBlbmFibGVzIE1TSSB3aXRoIDEgdmVjdG9yAAgJAY4DAq8ACBEBAQAAIVgDBJ8Q-02NEMI-UwAhJAEC1x8yZ3Vlc3QgZGlzYWJsZXMgTVNJOyBndWVzdCBzZXJ2aWNlcyBJTlR4IChubyBpb2N0bCkAICFyAwIzA78--RD-TYYAASQBAiAACAkBBhABmQABFAECjQAIEQFvHxdndWVzdCByZXNldHMgdGhlIGRldmljZQAICQFmAwJHAAgRAakAACFQAwRXCI0QAj8AASQBAmMACAkBrRAB8gABFAEC_AAIEQFaHxNkZXZpY2UgaXMgdW5wbHVnZ2VkAAgJAaEDAkwACBEBygAAISEDBKYJfQAAAAAAvFZpOw',
  ],
  [
    'qemu-8.2',
    'v2=K3siZyI6ImR5bmFtaWMiLCJkIjoiZTEwMDBlIiwiYXQiOls2OCxudWxsXX09RB8jUUVNVSA4LjIgYW5kIGxhdGVyIG9wZW5zIHRoZSBkZXZpY2UGAsQGAJIQtAH1AAEkAQLpAAgJAQMQATgAARQBAlIACBEBEAYDcxADLgBhJAECuBAENACBJAECXh8TZ3Vlc3QgZW5hYmxlcyBNU0ktWAAICQFkAwTzAAgRAWUAACGkAwQzAEEkAQB9HxZndWVzdCB1bm1hc2tzIHZlY3RvciAyEP9NKxDCPmUAUSQCAQJbH2hndWVzdCBtYXNrcyB2ZWN0b3IgMjsgZ3Vlc3Qgc2V0cyB0aGUgZnVuY3Rpb24gbWFzayAobm8gaW9jdGwpOyBndWVzdCBjbGVhcnMgdGhlIGZ1bmN0aW9uIG1hc2sgKG5vIGlvY3RsKQBRJAIBvz5QHxRndWVzdCBkaXNhYmxlcyBNU0ktWABRJAIBAj4AQCGdA8I-4gO_Pq4Qgk5yAAEkAQKMAAgJAcIQAbUAARQBAjkACBEBKx8fZ3Vlc3QgZW5hYmxlcyBNU0kgd2l0aCAxIHZlY3RvcgAICQG0AwI1AAgRAecAACG6AwQtEPtN-xDCPlUAISQBAikfMmd1ZXN0IGRpc2FibGVzIE1TSTsgZ3Vlc3Qgc2VydmljZXMgSU5UeCAobm8gaW9jdGwpACAh9AMCdQO_PvsQ_k1wAAEkAQKqAAgJARAQAZMAARQBAqcACBEBCR8XZ3Vlc3QgcmVzZXRzIHRoZSBkZXZpY2UACAkBaAMCCQAIEQHbAAAh9gMEMQi7EAJJAAEkAQJNAAgJAVcQAYwAARQBApYACBEBlB8TZGV2aWNlIGlzIHVucGx1Z2dlZAAICQF_AwICAAgRAeAAACHTAwScCY8AAAAAAJTOvMQ',
  ],
  [
    'dpdk',
    'v2=K3siZyI6ImR5bmFtaWMiLCJkIjoiZTEwMDBlIiwiYXQiOlsxMixudWxsXX1GDB9WRFBESyBvcGVucyB0aGUgZGV2aWNlOyBndWVzdCBkaXNhYmxlcyBNU0ktWCAobm8gaW9jdGwpOyBndWVzdCBzZXJ2aWNlcyBJTlR4IChubyBpb2N0bCkGAsAQtAH3CG0QAbIAgSQBAswfIWRyaXZlciBlbmFibGVzIDIgcXVldWUgaW50ZXJydXB0cxAR9hAB6QBFJJgQAxgTATUfE2RldmljZSBpcyB1bnBsdWdnZWQAQCEhAIAh-AMWlQmUAAAAAAAGrBt9',
  ],
  [
    'cloud-hypervisor',
    'v2=KnsiZyI6ImR5bmFtaWMiLCJkIjoiZTEwMDBlIiwiYXQiOls5LG51bGxdfX0JHyFDbG91ZCBIeXBlcnZpc29yIG9wZW5zIHRoZSBkZXZpY2UGAq0fE2d1ZXN0IGVuYWJsZXMgTVNJLVgQiQ5eEAGREAFWEAFJEAHuAEMkBQoBAQTYHxRndWVzdCBkaXNhYmxlcyBNU0ktWABAIa8fE2RldmljZSBpcyB1bnBsdWdnZWQJcwAAAAAANu4e8w',
  ],
  [
    'crosvm',
    'v2=KnsiZyI6ImR5bmFtaWMiLCJkIjoiZTEwMDBlIiwiYXQiOls4LG51bGxdfewIHxdjcm9zdm0gb3BlbnMgdGhlIGRldmljZQYC2B8TZ3Vlc3QgZW5hYmxlcyBNU0ktWBC2AWUAQyQFAgEABGYAQyQFAAX_HxZndWVzdCB1bm1hc2tzIHZlY3RvciAyEMEPGQBRJAIBAucfFGd1ZXN0IGRpc2FibGVzIE1TSS1YAEAhXh8TZGV2aWNlIGlzIHVucGx1Z2dlZAk2AAAAAAAmHF0e',
  ],
  [
    'kvmtool',
    'v2=KnsiZyI6ImR5bmFtaWMiLCJkIjoiZTEwMDBlIiwiYXQiOls4LG51bGxdfewIHxhrdm10b29sIG9wZW5zIHRoZSBkZXZpY2UGAqUfE2d1ZXN0IGVuYWJsZXMgTVNJLVgQiQ6GAEMkBQIBAAShAEMkBQAFzB8WZ3Vlc3QgdW5tYXNrcyB2ZWN0b3IgMhADnQBRJAIBAvMfFGd1ZXN0IGRpc2FibGVzIE1TSS1YAEAhOh8TZGV2aWNlIGlzIHVucGx1Z2dlZAnKAAAAAADk5wtw',
  ],
  [
    'selftest',
    'v2=KnsiZyI6ImR5bmFtaWMiLCJkIjoiZTEwMDBlIiwiYXQiOls3LG51bGxdfdMHHyBrZXJuZWwgc2VsZnRlc3Qgb3BlbnMgdGhlIGRldmljZQYCgx8WdGVzdCB0cmlnZ2VycyB2ZWN0b3IgMABIIQE8HxRndWVzdCBkaXNhYmxlcyBNU0ktWABAIRMfIWRyaXZlciBlbmFibGVzIDIgcXVldWUgaW50ZXJydXB0cxCJDpMQASgAQSQCBAFuHxNkZXZpY2UgaXMgdW5wbHVnZ2VkCWYAAAAAAGmbkEc',
  ],
])('a link of 1.1.0 opens with %s and its actions', (id, text) => {
  const { link, problems } = parseLink(text);
  expect(problems).toEqual([]);
  const work = link === null ? null : atWork(replayWhole(link.session));
  expect(work).toMatchObject({ client: { id }, broken: null, foreign: [] });
  const known = ACTIONS.filter(({ kind }) => work?.client.actions.includes(kind));
  expect(work?.blocks.flatMap(({ actions }) => actions)).toEqual(known);
});

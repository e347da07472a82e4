import { expect, test } from 'vitest';
import { unreachable } from '../../src/formats/review/reachable.ts';

test.each([
  'http://localhost:5304/#v2=x',
  'http://irqscope.localhost/',
  'http://127.0.0.1:4173/',
  'http://[::1]:5173/#x',
  'file:///home/a/irqscope.html#v2=x',
  'http://192.168.1.7/',
  'http://10.0.0.1:8000/a',
  'http://172.20.3.4/',
  'http://buildhost/irqscope/',
  'http://nas.local/',
])('%s is unreachable for readers of a mail', (link) => {
  expect(unreachable(link)).toMatch(/^The link names .*\.$/);
});

test.each([
  'https://example.org/irqscope/#v2=localhost',
  'https://localhost.example.org/',
  'http://172.32.0.1/',
  'http://8.8.8.8/',
])('%s is reachable', (link) => {
  expect(unreachable(link)).toBeNull();
});

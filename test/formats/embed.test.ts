// The HTML for another page, its parameters and the messages: valid input survives a round trip, other input is rejected.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptListing } from '../../src/formats/embed/listing.ts';
import { readEmbedCommand } from '../../src/formats/embed/messages.ts';
import {
  type EmbedWish,
  isWebOrigin,
  printEmbedWish,
  readEmbedWish,
} from '../../src/formats/embed/parameters.ts';
import { type Embedding, embedSnippet, escapeHtml, lessonSnippet } from '../../src/formats/embed/snippet.ts';
import { printLink } from '../../src/formats/permalink/link.ts';
import { straceLine } from '../../src/formats/strace.ts';
import { GENERATIONS } from '../../src/kernel/generations/index.ts';
import { line } from '../../src/kernel/line.ts';
import { DEVICES } from '../../src/machine/devices.ts';
import { replay, runAt } from '../../src/session/replay.ts';
import { emptySession, type Session, scriptLine } from '../../src/session/session.ts';
import { anyScriptLine } from './arbitraries.ts';

const page = 'https://host.example/irqscope/';

function embedding(session: Session, change: Partial<Embedding> = {}): Embedding {
  return {
    ...{ page, link: printLink({ session, recording: null, check: null }), replayed: replay(session) },
    ...{ play: true, theme: 'system', origin: null, width: 720, height: 420 },
    ...change,
  };
}

const anySession = fc
  .record({
    generation: fc.constantFrom(...GENERATIONS.map(({ id }) => id)),
    device: fc.constantFrom(...DEVICES.map(({ name }) => name)),
    script: fc.array(anyScriptLine, { maxLength: 10 }),
  })
  .map(({ generation, device, script }): Session => ({ ...emptySession(generation, device), script }));

const anyOrigin = fc
  .record({
    scheme: fc.constantFrom('http', 'https'),
    host: fc.constantFrom(
      'blog.example',
      '127.0.0.1',
      'xn--bcher-kva.example',
      'localhost',
      '[::1]',
      'a-b.c',
    ),
    port: fc.constantFrom('', ':8080', ':1', ':65535'),
  })
  .map(({ scheme, host, port }) => `${scheme}://${host}${port}`);

const anyWish: fc.Arbitrary<EmbedWish> = fc.record({
  play: fc.boolean(),
  theme: fc.constantFrom('system', 'light', 'dark'),
  origin: fc.option(anyOrigin),
});

/** Reads parameters as a browser does. */
function wishOf(query: string) {
  const parameters = new URLSearchParams(query);
  return readEmbedWish((name) => parameters.get(name));
}

describe('the parameters', () => {
  it('survive a round trip', () => {
    fc.assert(
      fc.property(anyWish, (wish) => {
        expect(wishOf(printEmbedWish(wish))).toEqual({ wish, problems: [] });
      }),
    );
  });

  it('accept an origin only in the form that browsers use', () => {
    const isOrigin = (text: string) => {
      try {
        return new URL(text).origin === text && /^https?:/.test(text);
      } catch {
        return false;
      }
    };
    fc.assert(fc.property(anyOrigin, (origin) => isWebOrigin(origin) && isOrigin(origin)));
    // an accepted text has only a scheme, a host and a port
    const near = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.tuple(anyOrigin, fc.string({ maxLength: 3 })).map(([origin, end]) => origin + end),
    );
    fc.assert(
      fc.property(near, (text) => !isWebOrigin(text) || /^https?:\/\/[^/?#@\s]+$/.test(text)),
      { numRuns: 2000 },
    );
    for (const wrong of [
      ...['*', 'null', '', 'https://a.example/', 'https://a.example/x', 'https://A.example', 'file://'],
      ...['https://a.example:443', 'http://a.example:80', 'https://u@a.example', 'javascript:alert(1)'],
      ...['https://a.example:99999', 'https://a.example https://b.example', 'https://*.example', 'ftp://a.b'],
    ])
      expect(isWebOrigin(wrong), wrong).toBe(false);
  });

  it('report each wrong value and use its default', () => {
    const { wish, problems } = wishOf('embed=1&play=yes&theme=pink&origin=*');
    expect(wish).toEqual({ play: false, theme: 'system', origin: null });
    expect(problems.map(({ at }) => at.path)).toEqual(['play', 'theme', 'origin']);
  });
});

describe('the messages', () => {
  const said: readonly (readonly [object, object])[] = [
    [
      { irqscope: 1, command: 'go', line: 7 },
      { irqscope: 1, command: 'go', line: 7, step: null },
    ],
    ...[
      { irqscope: 1, command: 'go', line: 7, step: 2 },
      { irqscope: 1, command: 'open', link: '#v2=x' },
      ...['next', 'previous', 'play', 'stop', 'ask'].map((command) => ({ irqscope: 1, command })),
    ].map((message) => [message, message] as const),
  ];

  it.each(said)('accepts %j', (message, read) => {
    expect(readEmbedCommand(message)).toEqual(read);
  });

  it('rejects all other values without throwing', () => {
    const trap = new Proxy(
      {},
      {
        get: () => 1,
      },
    );
    for (const junk of [undefined, () => 1, trap, { irqscope: 1, command: 'go', line: Number.NaN }])
      expect(readEmbedCommand(junk)).toBeNull();
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withMap: true, withNullPrototype: true }), (junk) => {
        expect(readEmbedCommand(junk)).toBeNull();
      }),
      { numRuns: 2000 },
    );
    // a valid message with an additional field
    fc.assert(
      fc.property(fc.string(), fc.anything(), (name, value) => {
        fc.pre(!['irqscope', 'command'].includes(name));
        const message = Object.assign(Object.create(null), { irqscope: 1, command: 'next' });
        message[name] = value;
        expect(readEmbedCommand(message)).toBeNull();
      }),
    );
  });
});

describe('the HTML', () => {
  /** Returns the text that a browser reads from an attribute or element. */
  const unescapeHtml = (text: string) =>
    text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => {
      return { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }[name] ?? '';
    });

  it('escapes every text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(unescapeHtml(escaped)).toBe(text);
      }),
    );
  });

  it('contains the session, the permissions and the listing of any script', () => {
    fc.assert(
      fc.property(anySession, anyWish, (session, wish) => {
        const made = embedding(session, wish);
        const snippet = embedSnippet(made);
        if (!snippet.ok) throw new Error(JSON.stringify(snippet.problems));
        const src = unescapeHtml(/ src="([^"]*)"/.exec(snippet.value)?.[1] ?? '');
        const url = new URL(src);
        expect(url.hash.slice(1)).toBe(made.link);
        expect(wishOf(url.search).wish).toEqual(wish);
        const text = unescapeHtml(/<pre>(.*)<\/pre>/s.exec(snippet.value)?.[1] ?? '');
        expect(text).toBe(scriptListing(made.replayed, 120));
        // only the expected elements, and no empty line, at which Markdown would end the HTML
        expect(snippet.value.match(/<[a-z]+/g)).toEqual(['<iframe', '<details', '<summary', '<pre', '<a']);
        expect(snippet.value.trimEnd()).not.toMatch(/\n\s*\n/);
        expect(snippet.value).toContain('sandbox="allow-scripts allow-same-origin allow-popups ');
      }),
      { numRuns: 60 },
    );
  });

  it('names the place of each problem', () => {
    const places = (change: Partial<Embedding>) => {
      const snippet = embedSnippet(embedding(emptySession('dynamic', 'nvme'), change));
      return snippet.ok ? [] : snippet.problems.map(({ at }) => at.path);
    };
    expect(places({})).toEqual([]);
    expect(places({ page: 'file:///home/me/irqscope.html' })).toEqual(['address']);
    expect(places({ page: 'https://a.example/?x=1' })).toEqual(['address']);
    expect(places({ link: '' })).toEqual(['script']);
    expect(places({ link: `v2=${'a'.repeat(40_000)}` })).toEqual(['script']);
    expect(places({ origin: '*', width: 100, height: Number.NaN })).toEqual(['origin', 'width', 'height']);
  });
});

describe('the listing', () => {
  it('shows each line as strace prints it, with its result', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const replayed = replay(session);
        const listed = scriptListing(replayed, 50);
        session.script.slice(0, 50).forEach(({ line: { op, raises } }, at) => {
          const run = runAt(replayed, at + 1);
          if (run !== null) expect(listed).toContain(`${at + 1}  ${straceLine(op, run, raises)}`);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('shows actions, notes, faults and skipped lines, and counts omitted lines', () => {
    const close = scriptLine(line({ op: 'close', fd: 100 }));
    const session: Session = {
      ...emptySession('dynamic', 'nvme'),
      script: [
        { ...close, action: 'guest unmasks vector 3', note: 'one\n\ntwo' },
        { ...close, disabled: true },
        { ...close, line: { ...close.line, faults: [{ site: 'request_irq', nth: 2, result: 'ENOSPC' }] } },
        close,
        close,
      ],
    };
    expect(scriptListing(replay(session), 3).split('\n')).toEqual([
      '   @ guest unmasks vector 3',
      '1  close(100) = -1 EBADF (Bad file descriptor)',
      '   # one',
      '   # two',
      '2  (skipped) close 100',
      '3  close(100) = -1 EBADF (Bad file descriptor) [fault request_irq#2=ENOSPC]',
      '   … 2 more lines',
    ]);
  });
});

describe('the HTML of a lesson', () => {
  const lesson = {
    page,
    fragment: 'lesson=three-layers',
    title: 'Table, irq & "eventfd"',
    about: 'One ioctl <changes> three layers.',
    width: 960,
    height: 900,
  };

  it('has a frame that may run scripts and forms, and a link without the frame', () => {
    const made = lessonSnippet(lesson);
    const html = made.ok ? made.value : '';
    expect(html).toContain('<iframe src="https://host.example/irqscope/?frame=1#lesson=three-layers"');
    expect(html).toContain('title="irqscope, lesson: Table, irq &amp; &quot;eventfd&quot;"');
    expect(html).toMatch(/sandbox="[^"]*allow-same-origin[^"]* allow-forms"/);
    expect(html).toContain(
      'One ioctl &lt;changes&gt; three layers. <a href="https://host.example/irqscope/#lesson=',
    );
    expect(html).not.toContain('\n\n');
  });

  it.each([
    ['an address that is none', { page: 'x' }, 'address'],
    ['a link that is being encoded', { fragment: null }, 'lesson'],
    ['a long link', { fragment: `lesson=v1.${'a'.repeat(40_000)}` }, 'lesson'],
    ['a small frame', { width: 100 }, 'width'],
    ['a height that is no number', { height: Number.NaN }, 'height'],
  ])('names %s', (_name, change, path) => {
    const made = lessonSnippet({ ...lesson, ...change });
    expect(made.ok ? [] : made.problems.map(({ at }) => at.path)).toEqual([path]);
  });
});

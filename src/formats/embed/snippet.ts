// The HTML that embeds a session in another page: a frame, and below it the script as text and the link.

import { grouped } from '../../base/grouped.ts';
import { failed, ok, type Problem, type Result } from '../../base/result.ts';
import { generation } from '../../kernel/generations/index.ts';
import { lineCount, type Replay } from '../../session/replay.ts';
import { scriptListing } from './listing.ts';
import { type EmbedWish, isWebOrigin, printEmbedWish } from './parameters.ts';

/** The input of a snippet. */
export interface Embedding extends EmbedWish {
  /** The address of irqscope, without query and fragment. */
  readonly page: string;
  /** The session as a fragment, without `#`. */
  readonly link: string;
  /** Its script with the results, for the text. */
  readonly replayed: Replay;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Longest fragment in characters; some servers and editors cut longer addresses. */
const LONGEST_LINK = 32_000;
/** Most lines of the script in the text. */
const LISTED = 120;
/** First size in pixels; it fits a column of a blog. */
export const EMBED_SIZE = { width: 720, height: 420 } as const;
/** Smallest and largest size in pixels. */
export const EMBED_SIZES = { width: [320, 1600], height: [320, 1200] } as const;

/**
 * The frame may run scripts under irqscope's own origin (module scripts are not served to another origin), and open the lab in
 * a tab without a sandbox. It may not send forms, download, or navigate the page around it.
 */
const SANDBOX = 'allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox';

/** Returns the text as HTML, for an element or a double-quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Returns the address of the frame. */
export function embedAddress({ page, link, play, theme, origin }: Omit<Embedding, 'replayed'>): string {
  return `${page}?${printEmbedWish({ play, theme, origin })}#${link}`;
}

/** Returns the snippet, or its problems. It has no empty line, so that Markdown keeps it in one block. */
export function embedSnippet(embedding: Embedding): Result<string> {
  const [first, ...more] = problemsOf(embedding);
  if (first !== undefined) return failed(first, ...more);
  const { page, link, replayed, width, height } = embedding;
  const { label } = generation(replayed.generation.id);
  const lines = lineCount(replayed);
  const count = `${lines} line${lines === 1 ? '' : 's'}`;
  const title = `irqscope: VFIO interrupts of ${replayed.setup.deviceName} under ${label}, ${count}`;
  const address = escapeHtml(embedAddress(embedding));
  return ok(
    [
      `<iframe src="${address}"`,
      `  title="${escapeHtml(title)}" width="${width}" height="${height}" style="border: 1px solid #8a8f98; max-width: 100%"`,
      `  loading="lazy" referrerpolicy="no-referrer" sandbox="${SANDBOX}"></iframe>`,
      '<details>',
      `<summary>${escapeHtml(title)}, as text</summary>`,
      `<pre>${escapeHtml(scriptListing(replayed, LISTED))}</pre>`,
      `<a href="${escapeHtml(`${page}#${link}`)}">Open in irqscope</a>`,
      '</details>',
      '',
    ].join('\n'),
  );
}

/** The input of the snippet of a lesson. */
export interface LessonEmbedding {
  /** The address of irqscope, without query and fragment. */
  readonly page: string;
  /** The lesson as a fragment, without `#`; null while it is being encoded. */
  readonly fragment: string | null;
  readonly title: string;
  /** The learning goal. */
  readonly about: string;
  readonly width: number;
  readonly height: number;
}

/** First size of a lesson in pixels: the panel of the lesson with the lab below it. */
export const LESSON_SIZE = { width: 960, height: 900 } as const;

/** Returns the address of a lesson inside a frame: the page without its top bar. */
export function lessonAddress({ page, fragment }: Pick<LessonEmbedding, 'page' | 'fragment'>): string {
  return `${page}?frame=1#${fragment ?? ''}`;
}

/** Returns the snippet of a lesson, or its problems. A lesson has fields to write in, so the frame may send forms to itself. */
export function lessonSnippet(embedding: LessonEmbedding): Result<string> {
  const { page, fragment, title, about, width, height } = embedding;
  const [first, ...more] = [
    ...pageProblems(page),
    ...(fragment === null || fragment.length > LONGEST_LINK
      ? [
          {
            at: { path: 'lesson' },
            expected: `a link of at most ${grouped(LONGEST_LINK)} characters`,
            found: fragment === null ? 'no link yet' : grouped(fragment.length),
          },
        ]
      : []),
    ...sizeProblems(width, height),
  ];
  if (first !== undefined) return failed(first, ...more);
  const name = escapeHtml(`irqscope, lesson: ${title}`);
  return ok(
    [
      `<iframe src="${escapeHtml(lessonAddress(embedding))}"`,
      `  title="${name}" width="${width}" height="${height}" style="border: 1px solid #8a8f98; max-width: 100%"`,
      `  loading="lazy" referrerpolicy="no-referrer" sandbox="${SANDBOX} allow-forms"></iframe>`,
      `<p>${escapeHtml(about)} <a href="${escapeHtml(`${page}#${fragment}`)}">Open the lesson in irqscope</a></p>`,
      '',
    ].join('\n'),
  );
}

function problemsOf({ page, link, origin, width, height }: Embedding): readonly Problem[] {
  const problems: Problem[] = [...pageProblems(page)];
  if (!/^v\d+=/.test(link))
    problems.push({
      at: { path: 'script' },
      expected: 'a script short enough for a link',
      found: 'a longer one, which only this browser keeps',
    });
  else if (link.length > LONGEST_LINK)
    problems.push({
      at: { path: 'script' },
      expected: `a link of at most ${grouped(LONGEST_LINK)} characters`,
      found: grouped(link.length),
    });
  if (origin !== null && !isWebOrigin(origin))
    problems.push({
      at: { path: 'origin' },
      expected: 'the origin of a page, such as https://blog.example',
      found: origin,
    });
  return [...problems, ...sizeProblems(width, height)];
}

function pageProblems(page: string): readonly Problem[] {
  if (/^https?:\/\/[^\s?#"'<>]+$/.test(page)) return [];
  return [
    {
      at: { path: 'address' },
      expected: 'the address of irqscope, such as https://host.example/irqscope/',
      found: page === '' ? 'nothing' : page,
    },
  ];
}

function sizeProblems(width: number, height: number): readonly Problem[] {
  return [['width', width] as const, ['height', height] as const].flatMap(([path, size]) => {
    const [least, most] = EMBED_SIZES[path];
    if (Number.isInteger(size) && size >= least && size <= most) return [];
    return [{ at: { path }, expected: `${least} to ${most} pixels`, found: String(size) }];
  });
}

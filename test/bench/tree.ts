// The source trees that the bench measures: this one, and an older commit in a Git worktree below .cache/.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';

/** The folder of this tree. */
export const TOP = fileURLToPath(new URL('../../', import.meta.url));
/** The folder for results and for everything that the bench builds; not in Git. */
export const CACHE = join(TOP, '.cache');

/** The commit of a tree, and whether the tree has changes that the commit lacks. */
export interface Measured {
  /** Null without Git. */
  readonly commit: string | null;
  readonly dirty: boolean;
}

/** Returns what Git prints, or null when it fails. */
function git(...args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', args, {
    cwd: TOP,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : null;
}

/** Returns the commit of this tree. */
export function measuredTree(): Measured {
  const commit = git('rev-parse', 'HEAD');
  // the modules of an old commit's tree may be a link, which Git lists
  const changes = git('status', '--porcelain', '--', ':!node_modules');
  return { commit, dirty: commit !== null && changes !== '' };
}

/** Builds the page of a tree. Throws with the end of the build's output if that fails. */
export function buildPage(folder: string): void {
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build'], { cwd: folder, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`npm run build failed in ${folder}: ${`${stdout}${stderr}`.trim().slice(-500)}`);
}

const lockFile = v.object({
  packages: v.record(v.string(), v.object({ version: v.optional(v.string()) })),
});

/** Returns the versions of the packages that a package-lock.json places, by folder, without the project itself. */
export function packagesOf(text: string): ReadonlyMap<string, string> {
  const { packages } = v.parse(lockFile, JSON.parse(text));
  return new Map(
    Object.entries(packages).flatMap(([folder, { version }]) =>
      folder === '' || version === undefined ? [] : [[folder, version] as const],
    ),
  );
}

/** Throws with the first package of an old tree that this tree has not, or in another version. */
export function checkPackages(old: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): void {
  for (const [folder, version] of old) {
    const found = now.get(folder);
    if (found !== version)
      throw new Error(
        `it needs ${folder} ${version}, and this tree has ${found ?? 'none'} (package-lock.json)`,
      );
  }
}

const lockOf = (folder: string) => packagesOf(readFileSync(join(folder, 'package-lock.json'), 'utf8'));

/**
 * Checks a commit out, links the packages and, if asked, builds its page. Returns the folder, which the caller must remove
 * with `removeTree`. Throws an Error with the reason if the commit cannot be measured here.
 */
export function checkedOut(commit: string, withPage: boolean): string {
  if (git('cat-file', '-e', `${commit}^{commit}`) === null)
    throw new Error(`this repository has no commit ${commit}`);
  const folder = join(CACHE, 'compare', commit.slice(0, 12));
  removeTree(folder);
  mkdirSync(join(CACHE, 'compare'), { recursive: true });
  if (git('worktree', 'add', '--force', '--detach', folder, commit) === null)
    throw new Error(`git cannot check ${commit} out into ${folder}`);
  try {
    checkPackages(lockOf(folder), lockOf(TOP));
    symlinkSync(realpathSync(join(TOP, 'node_modules')), join(folder, 'node_modules'), 'dir');
    if (withPage) buildPage(folder);
  } catch (error) {
    removeTree(folder);
    throw error;
  }
  return folder;
}

/** Removes a tree of `checkedOut`, also one that an aborted comparison left. */
export function removeTree(folder: string): void {
  if (!existsSync(folder)) return;
  // the link alone, never the packages behind it
  rmSync(join(folder, 'node_modules'), { force: true });
  git('worktree', 'remove', '--force', folder);
  rmSync(folder, { recursive: true, force: true });
  git('worktree', 'prune');
}

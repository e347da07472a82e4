/** Marks a branch that the types rule out; reaching it is a bug, so it throws. */
export function unreachable(value: never, what: string): never {
  throw new Error(`${what}: unexpected ${JSON.stringify(value)}`);
}

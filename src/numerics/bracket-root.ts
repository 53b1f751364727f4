export interface BracketRootOptions {
  /** The search goes no further down; −Infinity by default. */
  readonly minimum?: number;
  /** The search goes no further up; Infinity by default. */
  readonly maximum?: number;
}

/**
 * Widens [lower, upper], doubling its width, until f has a root in it: the door to `findRoot` where no bracket is known.
 *
 * @returns the bracket, or null when f keeps its sign up to the limits (or up to the largest double)
 */
export function bracketRoot(
  f: (x: number) => number,
  lower: number,
  upper: number,
  { minimum = -Infinity, maximum = Infinity }: BracketRootOptions = {},
): readonly [lower: number, upper: number] | null {
  let [a, b] = [lower, upper];
  let fa = f(a);
  let fb = f(b);
  while (fa > 0 === fb > 0 && fa !== 0 && fb !== 0) {
    const width = b - a;
    const nextA = Math.max(minimum, a - width, -Number.MAX_VALUE);
    const nextB = Math.min(maximum, b + width, Number.MAX_VALUE);
    if (nextA === a && nextB === b) return null;
    const [oldA, oldB, oldFa, oldFb] = [a, b, fa, fb];
    if (nextA !== a) fa = f((a = nextA));
    if (nextB !== b) fb = f((b = nextB));
    // Only the step that changed the sign is kept, so that the bracket stays narrow.
    if (fa > 0 !== oldFa > 0 || fa === 0) return [a, oldA];
    if (fb > 0 !== oldFb > 0 || fb === 0) return [oldB, b];
  }
  return [a, b];
}

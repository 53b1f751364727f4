import fc from "fast-check";
import { createRandom, type Random } from "../../../src/numerics/random.ts";
import { at, type Path, pathsIn } from "../replaced-values.ts";

// Long inputs whose parts must agree, such as a document or a design, are made from those of the examples: some numbers
// a little larger or smaller, so that most still agree.

/** Arguments of the examples with a few of their numbers moved. */
export function variedExample(examples: readonly (readonly unknown[])[]): fc.Arbitrary<unknown[]> {
  return fc
    .tuple(fc.constantFrom(...examples), fc.nat(), fc.integer({ min: 1, max: 2 }))
    .map(([args, seed, changes]) => varied(args, createRandom(seed), changes));
}

function varied(args: readonly unknown[], random: Random, changes: number): unknown[] {
  const copy = structuredClone(args) as unknown[];
  const numbers = pathsIn(copy).filter((path) => typeof at(copy, path) === "number");
  for (let i = 0; i < Math.min(changes, numbers.length); i++) {
    const path: Path = numbers[Math.floor(random.uniform() * numbers.length)]!;
    const value = moved(at(copy, path) as number, random);
    for (const place of mirrored(copy, path)) {
      const holder = at(copy, place.slice(0, -1)) as Record<string | number, number>;
      holder[place.at(-1)!] = value;
    }
  }
  return copy;
}

/** An entry of a covariance matrix stands in two places. */
function mirrored(copy: unknown, path: Path): readonly Path[] {
  const [row, column] = path.slice(-2);
  if (typeof row !== "number" || typeof column !== "number") return [path];
  const mirror = [...path.slice(0, -2), column, row];
  const hasMirror = pathsIn(copy).some((other) => other.join() === mirror.join());
  return hasMirror ? [path, mirror] : [path];
}

/** Whole numbers stay whole, and those inside (0, 1) inside. */
function moved(value: number, random: Random): number {
  const factor = random.uniform() < 0.8 ? 0.7 + 0.6 * random.uniform() : 3 * random.uniform();
  if (Number.isInteger(value)) return Math.max(Math.sign(value), Math.round(value * factor));
  if (value > 0.5 && value < 1) return 1 - (1 - value) * factor;
  return value * factor;
}

/** Calls of functions whose examples hold a random stream, which cannot be recorded. */
export const MORE_EXAMPLES: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  simulateSequential: [
    [{ baseline: 0.05, lift: 0.1, n: [2000, 4000], upper: [2.8, 2], lower: [-2.8, -2], experiments: 200 }],
    [{ standardDeviation: 2, difference: 0.1, n: [500, 1000, 2000], upper: [3, 2.5, 2], experiments: 200 }],
  ],
  quantileDesignEffect: [
    [
      {
        n: 4000,
        numerator: { mean: 2.7, variance: 4 },
        denominator: { mean: 3, variance: 5 },
        covariance: 4.2,
      },
    ],
  ],
};

import fc from "fast-check";
import { DomainError } from "../../../src/core/domain-error.ts";
import { createRandom } from "../../../src/numerics/random.ts";
import { mutate } from "../mutated-examples.ts";
import { faultOfComplaint, faultOf } from "../sound-result.ts";
import type { Callable } from "../public-functions.ts";
import type { ResultValidator } from "./result-validator.ts";

/** How a function did on made inputs. */
export interface Fuzzed {
  readonly runs: number;
  /** Runs that gave a result. */
  readonly answered: number;
}

/** Arguments of which a quarter has a few values replaced by others, junk among them. */
export function partlyBroken(
  args: fc.Arbitrary<unknown[]>,
  words: readonly string[],
): fc.Arbitrary<unknown[]> {
  const broken = fc.tuple(args, fc.nat(), fc.integer({ min: 1, max: 3 })).map(([made, seed, changes]) => {
    const copy = structuredClone(made);
    const random = createRandom(seed);
    for (let i = 0; i < changes; i++) mutate(random, copy, words);
    return copy;
  });
  return fc.oneof({ weight: 3, arbitrary: args }, { weight: 1, arbitrary: broken });
}

/**
 * Tries a function: each call gives a sound result of the declared type, or complains of a field.
 *
 * @throws the smallest input found for which it does not
 */
export function fuzzFunction(
  call: Callable,
  args: fc.Arbitrary<unknown[]>,
  isOfType: ResultValidator,
  options: { readonly runs: number; readonly seed: number },
): Fuzzed {
  let runs = 0;
  let answered = 0;
  const attempt = (given: readonly unknown[]): string | null => {
    runs++;
    try {
      const result = call(...given);
      answered++;
      return faultOf(result) ?? isOfType(result);
    } catch (error) {
      return error instanceof DomainError ? faultOfComplaint(error) : `threw ${String(error)}`;
    }
  };
  fc.assert(
    fc.property(args, (given) => {
      const fault = attempt(given);
      if (fault !== null) throw new Error(fault);
    }),
    { numRuns: options.runs, seed: options.seed },
  );
  return { runs, answered };
}

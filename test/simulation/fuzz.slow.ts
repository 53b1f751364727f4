import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { arbitraryOfType } from "../support/fuzz/arbitrary-of-type.ts";
import { type Fuzzed, fuzzFunction, partlyBroken } from "../support/fuzz/fuzzed-function.ts";
import { resultValidator } from "../support/fuzz/result-validator.ts";
import { runsOf } from "../support/fuzz/runs-of-function.ts";
import { librarySignatures } from "../support/fuzz/signatures.ts";
import { MORE_EXAMPLES, variedExample } from "../support/fuzz/varied-example.ts";
import { recordedCalls, wordsIn } from "../support/mutated-examples.ts";
import { publicFunctions } from "../support/public-functions.ts";

// A million inputs in all: made from the declared types of each function, and from the calls of its examples, a quarter
// of them broken on purpose. `npm run test:fuzz` does many times as many with another seed each time.
const TIMES = Number(process.env["FUZZ_TIMES"] ?? 1);
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_261_123);
/** A fuzz that sees nothing but refusals is none. */
const LEAST_ANSWERED = 0.3;

// Results go into readers as they came out; toJson takes and fromJson gives anything; a stream is no result.
const NO_RESULT = new Set([
  "display",
  "hasChart",
  "toHtml",
  "toMarkdown",
  "toText",
  "toVegaLite",
  "toJson",
  "fromJson",
  "createRandom",
]);

// Ranks and values of an example that were moved are out of order.
const MADE_ONLY = new Set(["compareQuantiles"]);

const { program, signatureOf } = librarySignatures();
const calls = await recordedCalls();
const words = wordsIn(calls);
const done = new Map<string, Fuzzed>();

function argumentsOf(name: string): fc.Arbitrary<unknown[]> {
  const made = fc.tuple(
    ...signatureOf(name).parameters.map(({ name: parameter, type, isOptional }) => {
      const given = arbitraryOfType(type, parameter, program);
      return isOptional ? fc.oneof(given, fc.constant(undefined)) : given;
    }),
  );
  const known = [...(calls.get(name) ?? []), ...(MORE_EXAMPLES[name] ?? [])];
  // The examples of a distribution show one member for all, whose arguments may not be those of another.
  if (known.length === 0 || name.includes(".") || MADE_ONLY.has(name)) return made;
  return fc.oneof({ weight: 1, arbitrary: made }, { weight: 4, arbitrary: variedExample(known) });
}

describe("a made input", () => {
  const functions = publicFunctions.filter(([name]) => !NO_RESULT.has(name));

  it.each(functions)("of %s gives a sound result of its type or a DomainError", (name, call) => {
    const args = partlyBroken(argumentsOf(name), words);
    const isOfType = resultValidator(signatureOf(name).result, program);
    const fuzzed = fuzzFunction(call, args, isOfType, { runs: Math.ceil(runsOf(name) * TIMES), seed: SEED });
    done.set(name, fuzzed);
    expect(fuzzed.answered / fuzzed.runs).toBeGreaterThanOrEqual(LEAST_ANSWERED);
  });

  it("is one of a million", () => {
    const total = functions.reduce((sum, [name]) => sum + runsOf(name), 0);
    expect(total).toBeGreaterThanOrEqual(1_000_000);
  });

  afterAll(() => {
    for (const [name, { runs, answered }] of done)
      console.log(
        `${name.padEnd(34)} ${String(runs).padStart(7)} ${((100 * answered) / runs).toFixed(0).padStart(4)} %`,
      );
  });
});

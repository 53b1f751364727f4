import { describe, expect, it } from "vitest";
import { firstFault, recordedCalls, wordsIn } from "../support/mutated-examples.ts";
import { publicFunctions } from "../support/public-functions.ts";

// A few runs of each here; `npm run test:fuzz` does 100,000 of each.
const RUNS = Number(process.env["FUZZ_RUNS"] ?? 100);

// Results go into these as they came out; one that was changed by hand is not theirs to judge.
const READERS = new Set(["toMarkdown", "toText"]);

const calls = recordedCalls();
const words = wordsIn(calls);

describe("a call near one that works", () => {
  it.each(publicFunctions.filter(([name]) => calls.get(name)?.length && !READERS.has(name)))(
    "of %s gives a sound answer or a DomainError",
    (name, call) => {
      expect(firstFault(call, calls.get(name)!, RUNS, words)).toBeNull();
    },
  );
});

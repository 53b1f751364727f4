import { describe, expect, it } from "vitest";
import { firstFault, recordedCalls, wordsIn } from "../support/mutated-examples.ts";
import { publicFunctions } from "../support/public-functions.ts";

// A few runs of each here; test/simulation/fuzz.slow.ts does a million in all.
const RUNS = 100;

// A call that learns a posterior takes tens of milliseconds, so these get a quarter of the runs.
const DEAR = new Set(["backtestProxy", "estimateEffectCovariance", "estimateJointEffectCovariance"]);
const runsOf = (name: string): number => (DEAR.has(name) ? Math.ceil(RUNS / 4) : RUNS);

// Results go into these as they came out; one that was changed by hand is not theirs to judge.
const READERS = new Set(["display", "toHtml", "toMarkdown", "toText", "toVegaLite"]);

const calls = await recordedCalls();
const words = wordsIn(calls);

describe("a call near one that works", () => {
  it.each(publicFunctions.filter(([name]) => calls.get(name)?.length && !READERS.has(name)))(
    "of %s gives a sound answer or a DomainError",
    (name, call) => {
      expect(firstFault(call, calls.get(name)!, runsOf(name), words)).toBeNull();
    },
  );
});

import { describe, expect, it } from "vitest";
import { empiricalEffectPrior } from "../../src/bayesian/empirical-effect-prior.ts";
import { empiricalBetaPrior } from "../../src/bayesian/empirical-beta-prior.ts";
import { createRandom } from "../../src/numerics/random.ts";

const RUNS = 1000;
/** Standard error of a coverage of 0.95 in so many runs is 0.007; profile intervals from 40 effects miss a little more often. */
const ROOM = 0.025;

describe("profile-likelihood intervals cover as often as they say", () => {
  it("of the spread of normal effects", () => {
    const random = createRandom(101);
    let covered = 0;
    for (let run = 0; run < RUNS; run++) {
      const effects = Array.from({ length: 40 }, () => {
        const standardError = 0.5 + random.uniform();
        return { estimate: random.normal() + standardError * random.normal(), standardError };
      });
      const { lower, upper } = empiricalEffectPrior({ effects }).parameters[1]!.interval;
      if (lower <= 1 && 1 <= upper) covered += 1;
    }
    expect(Math.abs(covered / RUNS - 0.95)).toBeLessThan(ROOM);
  });

  it("of the precision of a Beta prior", () => {
    const random = createRandom(102);
    let covered = 0;
    for (let run = 0; run < RUNS; run++) {
      const pastRates = Array.from({ length: 40 }, () => {
        // Beta(2, 38) by its order statistic: the second smallest of 39 uniform variables.
        const rate = Array.from({ length: 39 }, () => random.uniform()).toSorted((a, b) => a - b)[1]!;
        let conversions = 0;
        for (let i = 0; i < 200; i++) if (random.uniform() < rate) conversions += 1;
        return { n: 200, conversions };
      });
      const { lower, upper } = empiricalBetaPrior({ pastRates }).precision.interval;
      if (lower <= 40 && 40 <= upper) covered += 1;
    }
    expect(Math.abs(covered / RUNS - 0.95)).toBeLessThan(ROOM);
  });
});

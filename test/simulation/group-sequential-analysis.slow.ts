import type { Proportion } from "../../src/summaries/proportion.ts";
import { describe, expect, it } from "vitest";
import { createRandom, type Random } from "../../src/numerics/random.ts";
import { analyzeGroupSequential } from "../../src/sequential/analyze-group-sequential.ts";
import type { ArmsLook } from "../../src/sequential/group-sequential-look.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";

// Intervals and estimates at the end of experiments that stop early, on conversions and not on normal walks.

const EXPERIMENTS = 4000;
/** Three and a half standard errors of a share. */
const noise = (share: number): number => 3.5 * Math.sqrt((share * (1 - share)) / EXPERIMENTS);

interface Truth {
  readonly spending: "lan-demets-pocock" | "obrien-fleming";
  readonly control: number;
  readonly treatment: number;
  /** Units of an arm at the end. */
  readonly n: number;
}

interface Tally {
  stageWise: number;
  lift: number;
  together: number;
  below: number;
  naiveBelow: number;
  rejected: number;
}

function simulate({ spending, control, treatment, n }: Truth, random: Random): Tally {
  const design = groupSequentialDesign({ looks: 3, spending });
  const difference = treatment - control;
  const lift = treatment / control - 1;
  const tally: Tally = { stageWise: 0, lift: 0, together: 0, below: 0, naiveBelow: 0, rejected: 0 };
  const step = n / 3;
  for (let i = 0; i < EXPERIMENTS; i++) {
    const looks: ArmsLook<Proportion>[] = [];
    let [x1, x2] = [0, 0];
    let result;
    do {
      const units = (looks.length + 1) * step;
      x1 += random.binomial(step, control);
      x2 += random.binomial(step, treatment);
      looks.push({ control: { n: units, conversions: x1 }, treatment: { n: units, conversions: x2 } });
      result = analyzeGroupSequential({ design, looks, planned: { control: n, treatment: n } });
    } while (result.stoppedAt === null);
    const { effects, naive } = result.conclusion!;
    const holds = ({ lower, upper }: { lower: number; upper: number }, truth: number): number =>
      lower <= truth && truth <= upper ? 1 : 0;
    tally.stageWise += holds(effects.difference!.interval, difference);
    tally.lift += holds(effects.lift!.interval, lift);
    tally.together += result.looks.every((look) => holds(look.repeatedIntervals.difference!, difference))
      ? 1
      : 0;
    tally.below += effects.difference!.estimate! < difference ? 1 : 0;
    tally.naiveBelow += naive.difference! < difference ? 1 : 0;
    tally.rejected += result.decision === "reject" ? 1 : 0;
  }
  return tally;
}

describe("experiments that stop early", () => {
  it.each<Truth>([
    { spending: "lan-demets-pocock", control: 0.1, treatment: 0.1, n: 3000 },
    { spending: "lan-demets-pocock", control: 0.1, treatment: 0.122, n: 3000 },
    { spending: "obrien-fleming", control: 0.3, treatment: 0.36, n: 1200 },
  ])("have intervals that cover and estimates with the right median: %o", (truth) => {
    const tally = simulate(truth, createRandom(20_261_124));
    const share = (count: number): number => count / EXPERIMENTS;
    expect(Math.abs(share(tally.stageWise) - 0.95)).toBeLessThan(noise(0.95));
    expect(Math.abs(share(tally.lift) - 0.95)).toBeLessThan(noise(0.95));
    // Repeated intervals of looks that were never reached count as covering.
    expect(share(tally.together)).toBeGreaterThan(0.95 - noise(0.95));
    expect(Math.abs(share(tally.below) - 0.5)).toBeLessThan(noise(0.5) + 0.01);
    if (truth.control === truth.treatment) {
      expect(Math.abs(share(tally.rejected) - 0.05)).toBeLessThan(noise(0.05));
    } else {
      // The naive estimate is too high more often than not, which is why the other is there.
      expect(tally.naiveBelow).toBeLessThan(tally.below);
    }
  });
});

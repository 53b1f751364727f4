import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import {
  groupSequentialDesign,
  type GroupSequentialDesignOptions,
} from "../../src/sequential/group-sequential-design.ts";
import { groupSequentialPower } from "../../src/sequential/group-sequential-power.ts";
import { designWalkShares } from "../support/design-walk-shares.ts";

const RUNS = 1_000_000;

const DESIGNS: readonly GroupSequentialDesignOptions[] = [
  { looks: 5, spending: "obrien-fleming" },
  { looks: 5, spending: "pocock", alternative: "greater" },
  { looks: 4, spending: "wang-tsiatis", delta: 0.25 },
  { looks: 5, spending: "haybittle-peto" },
  { informationRates: [0.1, 0.3, 0.35, 0.9, 1], spending: "lan-demets-obrien-fleming" },
  { informationRates: [0.1, 0.3, 0.35, 0.9, 1], spending: "lan-demets-pocock" },
  { looks: 6, spending: "kim-demets", gamma: 2, alternative: "less" },
  { looks: 20, spending: "hwang-shih-decani", gamma: -4 },
  { looks: 4, alternative: "greater", futility: { spending: "lan-demets-pocock", binding: true } },
  { looks: 4, futility: { spending: "kim-demets", gamma: 1, binding: true }, spending: "pocock" },
  { looks: 3, alternative: "greater", futility: { boundaries: [0, 0.5] } },
];

describe("group-sequential designs", () => {
  it.each(DESIGNS)("have the errors they promise in a million walks: %o", (options) => {
    const random = createRandom(20_261_122);
    const design = groupSequentialDesign(options);
    for (const effectRatio of [0, 0.5, 1]) {
      const power = groupSequentialPower({ design, effectRatio });
      const shares = designWalkShares(design, power.drift, RUNS, random);
      const scoreOf = (share: number, probability: number): number =>
        Math.abs(share - probability) / Math.sqrt((probability * (1 - probability)) / RUNS + 1e-18);
      expect(scoreOf(shares.rejected, power.power)).toBeLessThan(4);
      expect(scoreOf(shares.wrongSide, power.farTail)).toBeLessThan(4);
      expect(scoreOf(shares.futile, power.futilityProbability)).toBeLessThan(4);
      expect(Math.abs(shares.information - power.expectedSize.ofMaximum)).toBeLessThan(2 / Math.sqrt(RUNS));
    }
  });
});

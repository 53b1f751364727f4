import { createRandom } from "../../src/numerics/random.ts";
import { elicitEffectCovariance } from "../../src/proxy/elicit-effect-covariance.ts";
import { sequentialSpeedup } from "../../src/proxy/sequential-speedup.ts";
import type { AnyResult } from "../../src/report/any-result.ts";
import { alwaysValidPValue } from "../../src/sequential/always-valid-p-value.ts";
import { analyzeGroupSequential } from "../../src/sequential/analyze-group-sequential.ts";
import { conditionalPower } from "../../src/sequential/conditional-power.ts";
import { confidenceSequence } from "../../src/sequential/confidence-sequence.ts";
import { confidenceSequenceCourse } from "../../src/sequential/confidence-sequence-course.ts";
import { groupSequentialBoundaries } from "../../src/sequential/group-sequential-boundaries.ts";
import { groupSequentialPower } from "../../src/sequential/group-sequential-power.ts";
import { sampleSizeForGroupSequential } from "../../src/sequential/sample-size-for-group-sequential.ts";
import { groupSequentialDesign } from "../../src/sequential/group-sequential-design.ts";
import { liftConfidenceSequence } from "../../src/sequential/lift-confidence-sequence.ts";
import { predictivePower } from "../../src/sequential/predictive-power.ts";
import { proportionConfidenceSequence } from "../../src/sequential/proportion-confidence-sequence.ts";
import { sequentialDuration } from "../../src/sequential/sequential-duration.ts";
import { simulateSequential } from "../../src/sequential/simulate-sequential.ts";

const DESIGN = groupSequentialDesign({ looks: 3, futility: {} });
const FIRST = { control: { n: 3000, conversions: 150 }, treatment: { n: 3000, conversions: 170 } };
const SECOND = { control: { n: 6100, conversions: 305 }, treatment: { n: 6100, conversions: 400 } };
const FLAT = { control: { n: 6100, conversions: 305 }, treatment: { n: 6100, conversions: 303 } };
const PLANNED = { control: 9000, treatment: 9000 };
const MONDAY = { ...FIRST, tightestN: 20_000 };
/** Orders so far, day by day, of 1,500 units a day in either arm: drawn with a lift of 10 % on a rate of 5 %. */
const ORDERS = [
  [80, 78],
  [139, 168],
  [208, 252],
  [289, 328],
  [372, 403],
  [437, 479],
  [518, 576],
  [582, 655],
  [663, 740],
  [737, 820],
  [835, 892],
  [895, 961],
  [970, 1023],
  [1043, 1114],
  [1122, 1194],
  [1188, 1281],
  [1265, 1364],
  [1328, 1466],
  [1406, 1546],
  [1469, 1630],
  [1526, 1718],
  [1608, 1795],
  [1680, 1864],
  [1764, 1954],
  [1841, 2042],
  [1897, 2126],
  [1978, 2204],
  [2041, 2288],
];
const ORDER_LOOKS = ORDERS.map(([control, treatment], i) => ({
  day: i + 1,
  control: { n: 1500 * (i + 1), conversions: control! },
  treatment: { n: 1500 * (i + 1), conversions: treatment! },
}));
const TRAFFIC = { totalUnitsPerDay: 4000, horizonDays: 28 };

export const sequentialSamples: Readonly<Record<string, AnyResult>> = {
  "group-sequential-design": DESIGN,
  "group-sequential-design without futility": groupSequentialDesign({
    looks: 5,
    spending: "hwang-shih-decani",
    gamma: -4,
    alternative: "greater",
  }),
  "group-sequential-boundaries": groupSequentialBoundaries({ design: DESIGN, n: 9000, baseline: 0.05 }),
  "group-sequential-power": groupSequentialPower({ design: DESIGN, effectRatio: 0.5 }),
  "group-sequential-sample-size": sampleSizeForGroupSequential({ design: DESIGN, fixedN: 8158 }),
  "group-sequential-analysis": analyzeGroupSequential({
    design: DESIGN,
    planned: PLANNED,
    looks: [FIRST, SECOND],
  }),
  "group-sequential-analysis going on": analyzeGroupSequential({
    design: DESIGN,
    planned: PLANNED,
    looks: [FIRST],
  }),
  "group-sequential-analysis given up": analyzeGroupSequential({
    design: DESIGN,
    planned: PLANNED,
    looks: [FIRST, FLAT],
  }),
  "conditional-power": conditionalPower({ design: DESIGN, planned: PLANNED, looks: [FIRST] }),
  "predictive-power": predictivePower({ design: DESIGN, planned: PLANNED, looks: [FIRST] }),
  "always-valid-p-value": alwaysValidPValue({
    ...SECOND,
    tightestN: 20_000,
    previous: alwaysValidPValue(MONDAY),
  }),
  "always-valid-p-value open": alwaysValidPValue(MONDAY),
  "confidence-sequence": confidenceSequence({
    ...SECOND,
    tightestN: 20_000,
    previous: confidenceSequence(MONDAY),
  }),
  "confidence-sequence-course": confidenceSequenceCourse({ looks: ORDER_LOOKS, tightestN: 20_000 }),
  "confidence-sequence-course going on": confidenceSequenceCourse({
    looks: ORDER_LOOKS.slice(0, 7),
    tightestN: 20_000,
  }),
  "confidence-sequence-course without conversions": confidenceSequenceCourse({
    looks: [FIRST, SECOND].map(({ control: { n } }) => ({
      control: { n, conversions: 0 },
      treatment: { n, conversions: 0 },
    })),
  }),
  "lift-confidence-sequence": liftConfidenceSequence(SECOND),
  "proportion-confidence-sequence": proportionConfidenceSequence({ n: 6100, conversions: 305 }),
  "sequential-duration": sequentialDuration({
    baseline: 0.02,
    lift: 0.2,
    monitoring: { method: "normal-mixture" },
    ...TRAFFIC,
  }),
  "sequential-duration simulated": sequentialDuration({
    baseline: 0.02,
    lift: 0.2,
    monitoring: { method: "naive-peeking" },
    computation: "simulation",
    experiments: 2000,
    rng: createRandom(7),
    ...TRAFFIC,
  }),
  "sequential-simulation": simulateSequential({
    baseline: 0.02,
    lift: 0.2,
    n: [10_000, 20_000, 30_000],
    upper: [3.7, 2.5, 2],
    lower: [-3.7, -2.5, -2],
    experiments: 2000,
    rng: createRandom(7),
  }),
  "sequential-speedup": sequentialSpeedup({
    microRate: 0.1,
    macroRate: 0.02,
    microLift: 0.1,
    macroLift: 0.08,
    nested: true,
    monitoring: { method: "group-sequential", design: groupSequentialDesign({ looks: 8 }) },
    totalUnitsPerDay: 4000,
    horizonDays: 112,
    effects: elicitEffectCovariance({ elasticity: 0.8, tauProxy: 0.05, directEffectSd: 0.02 }),
  }),
};

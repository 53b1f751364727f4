import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Alternative } from "../../src/core/alternative.ts";
import { DomainError } from "../../src/core/domain-error.ts";
import { bivariateNormalSf } from "../../src/numerics/bivariate-normal.ts";
import { normalCdf, normalQuantile, normalSf, normalUpperQuantile } from "../../src/numerics/normal.ts";
import {
  groupSequentialDesign,
  type GroupSequentialDesign,
  type GroupSequentialDesignOptions,
} from "../../src/sequential/group-sequential-design.ts";
import { groupSequentialPower } from "../../src/sequential/group-sequential-power.ts";
import extremes from "../reference/sequential/design-extremes.json" with { type: "json" };
import futility from "../reference/sequential/futility.json" with { type: "json" };
import reference from "../reference/sequential/group-sequential-design.json" with { type: "json" };
import { relativeError } from "../support/relative-error.ts";

type Spending = GroupSequentialDesignOptions["spending"];

const FAMILIES: Readonly<Record<string, Spending>> = {
  OF: "obrien-fleming",
  P: "pocock",
  WT: "wang-tsiatis",
  asOF: "lan-demets-obrien-fleming",
  asP: "lan-demets-pocock",
  asKD: "kim-demets",
  asHSD: "hwang-shih-decani",
};

interface ReferenceInput {
  readonly design: string;
  readonly alpha: number;
  readonly sided: number;
  readonly beta: number;
  readonly information: readonly number[];
  readonly gamma?: number;
  readonly deltaWT?: number;
}

function designOf({
  design,
  alpha,
  sided,
  beta,
  information,
  gamma,
  deltaWT,
}: ReferenceInput): GroupSequentialDesign {
  return groupSequentialDesign({
    informationRates: information.with(information.length - 1, 1),
    alpha,
    alternative: sided === 2 ? "two-sided" : "greater",
    power: 1 - beta,
    spending: FAMILIES[design],
    gamma,
    delta: deltaWT,
  });
}

/** Largest relative error of two lists. */
function largestError(actual: readonly number[], expected: readonly number[]): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(...actual.map((value, i) => relativeError(value, expected[i]!)));
}

const efficacyOf = ({ looks }: GroupSequentialDesign): number[] => looks.map(({ efficacy }) => efficacy);

describe("groupSequentialDesign", () => {
  // The references are good to about 1e-12; largest error seen: 2e-14.
  it.each(reference.cases)(
    "has boundaries, power and sizes of $in.design with $in.k looks to 1e-12",
    ({ in: given, out }) => {
      const design = designOf(given);
      expect(largestError(efficacyOf(design), out.boundaries)).toBeLessThan(1e-12);
      const cumulative = (name: "cumulativeAlpha" | "cumulativePower"): number[] =>
        design.looks.map((look) => look[name]);
      cumulative("cumulativeAlpha").forEach((alpha, k) =>
        expect(Math.abs(alpha - out.alpha_spent[k]!)).toBeLessThan(1e-13),
      );
      cumulative("cumulativePower").forEach((power, k) =>
        expect(Math.abs(power - out.power_by_look_upper[k]!)).toBeLessThan(1e-13),
      );
      const { drift, inflation, expectedSize } = design;
      expect(
        largestError(
          [
            drift,
            inflation,
            expectedSize.alternative.ofMaximum,
            expectedSize.alternative.ofFixed,
            expectedSize.halfway.ofFixed,
            expectedSize.null.ofFixed,
          ],
          [
            out.drift_for_power,
            out.inflation_factor,
            out.ASN_H1_fraction_of_max,
            out.ASN_H1_ratio,
            out.ASN_H01_ratio,
            out.ASN_H0_ratio,
          ],
        ),
      ).toBeLessThan(1e-12);
    },
  );

  // Largest error seen: 1e-13.
  it.each(extremes.cases)(
    "holds $in.spending at alpha $in.alpha and rates $in.informationRates to 1e-12",
    ({ in: given, out }) => {
      const design = groupSequentialDesign({
        ...given,
        spending: given.spending as Spending,
        gamma: given.gamma ?? undefined,
        alternative: "greater",
      });
      expect(largestError(efficacyOf(design), out.efficacy)).toBeLessThan(1e-12);
      expect(relativeError(design.drift, out.drift)).toBeLessThan(1e-12);
      expect(relativeError(design.inflation, out.inflation)).toBeLessThan(1e-12);
    },
  );

  // rpact's own roots are good to about 1e-7; largest difference seen: 2e-8.
  it.each(futility.cases)(
    "has futility boundaries of $in.spending, binding $in.binding, as rpact to 1e-7",
    ({ in: given, out }) => {
      const rule = { spending: given.spending as "kim-demets", gamma: given.gamma ?? undefined };
      const { informationRates } = given;
      const design = groupSequentialDesign({
        informationRates: informationRates.with(informationRates.length - 1, 1),
        alpha: 0.025,
        alternative: "greater",
        ...rule,
        futility: { ...rule, binding: given.binding },
      });
      expect(largestError(efficacyOf(design), out.efficacy)).toBeLessThan(1e-7);
      const boundaries = design.looks.slice(0, -1).map((look) => look.futility!);
      boundaries.forEach((boundary, k) => expect(Math.abs(boundary - out.futility[k]!)).toBeLessThan(1e-7));
      expect(design.looks.at(-1)!.futility).toBe(design.looks.at(-1)!.efficacy);
      const { alternative, halfway, null: none } = design.expectedSize;
      expect(
        largestError(
          [design.inflation, alternative.ofFixed, halfway.ofFixed, none.ofFixed],
          [out.inflation, out.ofFixed.alternative, out.ofFixed.halfway, out.ofFixed.null],
        ),
      ).toBeLessThan(1e-7);
    },
  );

  it("prints the tables of Jennison and Turnbull", () => {
    const constant = (spending: Spending, looks: number, alpha: number, delta?: number): string =>
      groupSequentialDesign({ looks, alpha, spending, delta }).looks.at(-1)!.efficacy.toFixed(3);
    // Table 2.1: Pocock.
    const counts = [2, 3, 4, 5, 6, 7, 8, 9, 10];
    expect(counts.map((looks) => constant("pocock", looks, 0.05)).join(" ")).toBe(
      "2.178 2.289 2.361 2.413 2.453 2.485 2.512 2.535 2.555",
    );
    expect(counts.map((looks) => constant("pocock", looks, 0.01)).join(" ")).toBe(
      "2.772 2.873 2.939 2.986 3.023 3.053 3.078 3.099 3.117",
    );
    // Table 2.3: O'Brien and Fleming.
    expect(counts.map((looks) => constant("obrien-fleming", looks, 0.05)).join(" ")).toBe(
      "1.977 2.004 2.024 2.040 2.053 2.063 2.072 2.080 2.087",
    );
    // Table 2.9: Wang and Tsiatis.
    const shapes = [0.1, 0.25, 0.4].map((delta) =>
      [2, 3, 4, 5].map((looks) => constant("wang-tsiatis", looks, 0.05, delta)).join(" "),
    );
    expect(shapes).toEqual(["1.994 2.026 2.050 2.068", "2.038 2.083 2.113 2.136", "2.111 2.186 2.233 2.267"]);
    // Tables 2.2 and 2.4: maximal sizes over the fixed one.
    const inflation = (spending: Spending, power: number): string =>
      [2, 3, 4, 5, 10]
        .map((looks) => groupSequentialDesign({ looks, power, spending }).inflation.toFixed(3))
        .join(" ");
    expect(inflation("pocock", 0.8)).toBe("1.110 1.166 1.202 1.229 1.301");
    expect(inflation("pocock", 0.9)).toBe("1.100 1.151 1.183 1.207 1.271");
    expect(inflation("obrien-fleming", 0.8)).toBe("1.008 1.017 1.024 1.028 1.040");
    expect(inflation("obrien-fleming", 0.9)).toBe("1.007 1.016 1.022 1.026 1.037");
  });

  it.each([...Object.values(FAMILIES), "haybittle-peto" as const])(
    "is the fixed test at one look of %s",
    (spending) => {
      const parameters = {
        gamma: spending === "kim-demets" || spending === "hwang-shih-decani" ? 2 : undefined,
        delta: spending === "wang-tsiatis" ? 0.25 : undefined,
      };
      for (const alternative of ["two-sided", "greater", "less"] as const) {
        const design = groupSequentialDesign({
          looks: 1,
          alternative,
          spending,
          ...parameters,
          futility: {},
        });
        const z = normalUpperQuantile(alternative === "two-sided" ? 0.025 : 0.05);
        expect(design.looks[0]!.efficacy).toBe(z);
        expect(design.drift).toBe(z + normalQuantile(0.8));
        expect(design.inflation).toBe(1);
        expect(design.expectedSize.alternative).toEqual({ ofMaximum: 1, ofFixed: 1 });
        expect(design.looks[0]!.cumulativePower).toBeCloseTo(0.8, 15);
        expect(design.looks[0]!.cumulativeAlpha).toBeCloseTo(0.05, 15);
      }
    },
  );

  it("keeps its promises whatever is asked of it", () => {
    const families = fc.oneof(
      fc.constantFrom(
        { spending: "obrien-fleming" as const },
        { spending: "pocock" as const },
        { spending: "lan-demets-obrien-fleming" as const },
        { spending: "lan-demets-pocock" as const },
      ),
      fc
        .double({ min: 0.3, max: 5, noNaN: true })
        .map((gamma) => ({ spending: "kim-demets" as const, gamma })),
      fc
        .double({ min: -6, max: 4, noNaN: true })
        .map((gamma) => ({ spending: "hwang-shih-decani" as const, gamma })),
      fc
        .double({ min: -0.3, max: 0.5, noNaN: true })
        .map((delta) => ({ spending: "wang-tsiatis" as const, delta })),
    );
    const rates = fc
      .array(fc.integer({ min: 1, max: 19 }), { minLength: 0, maxLength: 4 })
      .map((steps) => [...new Set([...steps.toSorted((a, b) => a - b), 20])].map((step) => step / 20));
    fc.assert(
      fc.property(
        families,
        rates,
        fc.constantFrom<Alternative>("two-sided", "greater", "less"),
        // Larger alphas and smaller powers may leave a binding wedge nothing to spend on.
        fc.double({ min: 1e-4, max: 0.1, noNaN: true }),
        fc.double({ min: 0.5, max: 0.99, noNaN: true }),
        fc.constantFrom(undefined, { binding: false }, { binding: true }),
        (family, informationRates, alternative, alpha, power, giveUp) => {
          const design = groupSequentialDesign({
            ...family,
            informationRates,
            alternative,
            alpha,
            power,
            futility: giveUp,
          });
          const { looks, drift, inflation } = design;
          const last = looks.at(-1)!;
          expect(relativeError(last.cumulativeAlpha, alpha)).toBeLessThan(1e-12);
          expect(relativeError(last.cumulativePower, power)).toBeLessThan(1e-12);
          expect(inflation).toBeGreaterThan(1 - 1e-12);
          expect(looks[0]!.reached).toEqual({ null: 1, alternative: 1 });
          looks.forEach((look, k) => {
            expect(look.stageAlpha).toBeGreaterThanOrEqual(0);
            expect(look.futility ?? -Infinity).toBeLessThanOrEqual(look.efficacy);
            if (k > 0)
              expect(look.reached.alternative).toBeLessThanOrEqual(looks[k - 1]!.reached.alternative);
          });
          // The same figures from the boundaries alone, with the walk under the drift itself.
          const again = groupSequentialPower({ design, drift });
          expect(relativeError(again.power, power)).toBeLessThan(1e-12);
          expect(
            relativeError(again.expectedSize.ofFixed, design.expectedSize.alternative.ofFixed),
          ).toBeLessThan(1e-12);
          const idle = groupSequentialPower({ design, effectRatio: 0 });
          const falseRejections = idle.power + idle.farTail;
          if (giveUp?.binding === false) expect(falseRejections).toBeLessThanOrEqual(alpha * (1 + 1e-12));
          else expect(relativeError(falseRejections, alpha)).toBeLessThan(1e-12);
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each(["lan-demets-obrien-fleming", "lan-demets-pocock", "obrien-fleming", "pocock"] as const)(
    "never needs a smaller maximal size for more looks of %s",
    (spending) => {
      const sizes = [1, 2, 3, 4, 6, 9, 14].map(
        (looks) => groupSequentialDesign({ looks, spending }).inflation,
      );
      expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    },
  );

  it("never needs a smaller maximal size for a look in between", () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Spending>("lan-demets-obrien-fleming", "lan-demets-pocock"),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 10, max: 19 }),
        (spending, early, late) => {
          const inflation = (rates: number[]): number =>
            groupSequentialDesign({ informationRates: [...rates, 1], spending }).inflation;
          const both = inflation([early / 20, late / 20]);
          expect(both).toBeGreaterThan(inflation([early / 20]) - 1e-12);
          expect(both).toBeGreaterThan(inflation([late / 20]) - 1e-12);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("counts towards the alternative, so that all sides have the same figures", () => {
    const greater = groupSequentialDesign({ looks: 3, alternative: "greater", futility: {} });
    const less = groupSequentialDesign({ looks: 3, alternative: "less", futility: {} });
    expect({ ...less, alternative: "greater" }).toEqual(greater);
    const twoSided = groupSequentialDesign({ looks: 3, alpha: 0.1 });
    const oneSided = groupSequentialDesign({ looks: 3, alpha: 0.05, alternative: "greater" });
    twoSided.looks.forEach((look, k) => {
      expect(look.efficacy).toBeCloseTo(oneSided.looks[k]!.efficacy, 5);
      expect(look.criticalPValue).toBeCloseTo(2 * normalSf(look.efficacy), 15);
    });
  });

  it("has an inner wedge that stops as often as the two normal variables of two looks say", () => {
    for (const binding of [false, true]) {
      const design = groupSequentialDesign({
        informationRates: [0.4, 1],
        spending: "lan-demets-pocock",
        futility: { spending: "lan-demets-pocock", binding },
      });
      const [first, last] = design.looks as [(typeof design.looks)[0], (typeof design.looks)[0]];
      const mean = design.drift * Math.sqrt(0.4);
      const wedge = first.futility!;
      const stops = normalCdf(wedge - mean) - normalCdf(-wedge - mean);
      expect(stops).toBeCloseTo(0.2 * Math.log(1 + (Math.E - 1) * 0.4), 12);
      expect(first.futilityProbability.alternative).toBeCloseTo(stops, 13);
      const above = (z: number): number =>
        bivariateNormalSf(z - mean, last.efficacy - design.drift, Math.sqrt(0.4));
      const later = above(-first.efficacy) - above(-wedge) + above(wedge) - above(first.efficacy);
      expect(normalSf(first.efficacy - mean) + later).toBeCloseTo(0.8, 12);
    }
  });

  it("takes futility boundaries as given", () => {
    const options = { looks: 3, alternative: "greater", alpha: 0.025 } as const;
    const without = groupSequentialDesign(options);
    const free = groupSequentialDesign({ ...options, futility: { boundaries: [0, 0.5] } });
    const bound = groupSequentialDesign({ ...options, futility: { boundaries: [0, 0.5], binding: true } });
    expect(free.looks.map((look) => look.futility).slice(0, 2)).toEqual([0, 0.5]);
    expect(efficacyOf(free)).toEqual(efficacyOf(without));
    expect(bound.looks[2]!.efficacy).toBeLessThan(free.looks[2]!.efficacy);
    expect(free.looks[0]!.futilityProbability.null).toBeCloseTo(0.5, 14);
    expect(free.inflation).toBeGreaterThan(without.inflation);
    expect(bound.inflation).toBeLessThan(free.inflation);
    const open = groupSequentialDesign({ ...options, futility: { boundaries: [-Infinity, -Infinity] } });
    expect(open.inflation).toBeCloseTo(without.inflation, 12);
    expect(open.looks[0]!.futility).toBeNull();
  });

  it("spends as its user says, by function or by list", () => {
    const named = groupSequentialDesign({ looks: 4, spending: "kim-demets", gamma: 2 });
    const byFunction = groupSequentialDesign({ looks: 4, spending: (rate) => 0.05 * rate ** 2 });
    const byList = groupSequentialDesign({ looks: 4, spending: [0.003125, 0.0125, 0.028125, 0.05] });
    for (const design of [byFunction, byList]) {
      expect(design.spending).toBe("user-defined");
      expect(largestError(efficacyOf(design), efficacyOf(named))).toBeLessThan(1e-13);
    }
    const late = groupSequentialDesign({ looks: 3, spending: [0, 0, 0.05] });
    expect(efficacyOf(late)).toEqual([Infinity, Infinity, expect.closeTo(1.959963984540054, 13) as number]);
    expect(late.inflation).toBeCloseTo(1, 13);
    const early = groupSequentialDesign({ looks: 3, spending: [0.05 - 1e-9, 0.05 - 1e-9, 0.05] });
    expect(early.inflation).toBeGreaterThan(2.9);
  });

  it("has Haybittle's and Peto's early boundary, and a last one that makes alpha exact", () => {
    const design = groupSequentialDesign({ looks: 5, spending: "haybittle-peto" });
    expect(efficacyOf(design).slice(0, 4)).toEqual([3, 3, 3, 3]);
    expect(design.looks[4]!.efficacy).toBeGreaterThan(1.96);
    expect(design.looks[4]!.cumulativeAlpha).toBeCloseTo(0.05, 15);
  });

  it("goes up to fifty looks", () => {
    const design = groupSequentialDesign({ looks: 50, spending: "lan-demets-pocock" });
    expect(design.looks.length).toBe(50);
    expect(design.looks[49]!.cumulativeAlpha).toBeCloseTo(0.05, 13);
    expect(design.looks[49]!.cumulativePower).toBeCloseTo(0.8, 13);
  });
});

describe("a group-sequential design that cannot be", () => {
  const SPENT_EARLY = { spending: "hwang-shih-decani", gamma: 4 };
  const refused: readonly [field: string, options: object][] = [
    ["looks", {}],
    ["looks", { looks: 0 }],
    ["looks", { looks: 51 }],
    ["looks", { looks: 2.5 }],
    ["looks", { looks: 2, informationRates: [0.5, 1] }],
    ["informationRates", { informationRates: [] }],
    ["informationRates[1]", { informationRates: [0.5, 0.5, 1] }],
    ["informationRates[1]", { informationRates: [0.5, 0.4, 1] }],
    ["informationRates[0]", { informationRates: [0, 1] }],
    ["informationRates[1]", { informationRates: [0.5, 0.9] }],
    ["informationRates[1]", { informationRates: [0.5, 1.1] }],
    ["informationRates[0]", { informationRates: [Number.NaN, 1] }],
    ["alpha", { looks: 2, alpha: 0 }],
    ["alpha", { looks: 2, alpha: 1 }],
    ["alpha", { looks: 2, alpha: 1e-200 }],
    ["spending", { looks: 5, spending: "haybittle-peto", alpha: 0.001 }],
    ["spending", { looks: 3, spending: [0.05, 0.05, 0.05] }],
    ["alpha", { looks: 2, alpha: 0.5, spending: [0.001, 0.5], futility: { boundaries: [1], binding: true } }],
    ["alpha", { looks: 2, alpha: 0.9, spending: [0.001, 0.9], futility: { boundaries: [1], binding: true } }],
    ["power", { looks: 2, power: 0.02 }],
    ["power", { looks: 2, power: 1 }],
    ["power", { informationRates: [1e-5, 1], spending: [0.05 * (1 - 1e-15), 0.05], power: 0.9999 }],
    ["alternative", { looks: 2, alternative: "both" }],
    ["spending", { looks: 2, spending: "linear" }],
    ["spending", { looks: 3, spending: [0.01, 0.05] }],
    ["spending[1]", { looks: 3, spending: [0.02, 0.01, 0.05] }],
    ["spending[2]", { looks: 3, spending: [0.01, 0.02, 0.04] }],
    ["spending(1)", { looks: 2, spending: (rate: number) => 0.04 * rate }],
    ["spending(0.5)", { looks: 2, spending: () => Number.NaN }],
    ["gamma", { looks: 2, spending: "kim-demets" }],
    ["gamma", { looks: 2, spending: "kim-demets", gamma: 0 }],
    ["gamma", { looks: 2, spending: "hwang-shih-decani" }],
    ["gamma", { looks: 2, spending: "pocock", gamma: 1 }],
    ["gamma", { looks: 2, gamma: 1 }],
    ["delta", { looks: 2, spending: "wang-tsiatis" }],
    ["delta", { looks: 2, spending: "wang-tsiatis", delta: 2 }],
    ["delta", { looks: 2, spending: "pocock", delta: 0.5 }],
    ["futility", { looks: 2, futility: 3 }],
    ["futility.boundaries[0]", { looks: 2, alternative: "greater", futility: { boundaries: [4] } }],
    ["futility.boundaries[1]", { looks: 3, futility: { boundaries: [0, 3], binding: true } }],
    ["futility.spending", { looks: 50, spending: "pocock", power: 0.9, futility: SPENT_EARLY }],
    ["futility.binding", { looks: 2, futility: { binding: "yes" } }],
    ["futility.spending", { looks: 2, futility: { spending: "pocock" } }],
    ["futility.gamma", { looks: 2, futility: { spending: "kim-demets", gamma: -1 } }],
    ["futility.boundaries", { looks: 3, futility: { boundaries: [0] } }],
    ["futility.boundaries[0]", { looks: 2, futility: { boundaries: [Number.NaN] } }],
    ["futility.boundaries[0]", { looks: 2, futility: { boundaries: [-1] } }],
  ];

  it.each(refused)("names %s in %o", (field, options) => {
    let error: unknown = null;
    try {
      groupSequentialDesign(options as GroupSequentialDesignOptions);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(DomainError);
    expect((error as DomainError).field).toBe(field);
  });

  it("shows a futility boundary that is too high as it was written", () => {
    expect(() =>
      groupSequentialDesign({
        looks: 3,
        alternative: "greater",
        futility: { boundaries: [0, 3], binding: true },
      }),
    ).toThrow(/^futility\.boundaries\[1\] = 3, must lie below the efficacy boundary 2\.\d+ of that look$/);
  });
});

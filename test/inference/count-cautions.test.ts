import { describe, expect, it } from "vitest";
import { compareCounts } from "../../src/inference/compare-counts.ts";
import { countCautions } from "../../src/inference/count-cautions.ts";

const codes = (warnings: readonly { readonly code: string }[]): string[] => warnings.map(({ code }) => code);

describe("what to mind of two counts", () => {
  it("warns where the smaller arm would be expected to have fewer than 5 events, and not of the exact test", () => {
    const of = (events: number, test?: "exact") =>
      codes(
        compareCounts({ control: { n: 300, events: 1 }, treatment: { n: 100, events: events - 1 }, test })
          .warnings,
      );
    expect(of(19)).toEqual(["SMALL_COUNTS"]);
    expect(of(20)).toEqual([]);
    expect(of(19, "exact")).toEqual([]);
    const turned = compareCounts({ control: { n: 100, events: 4 }, treatment: { n: 300, events: 15 } });
    expect(codes(turned.warnings)).toEqual(["SMALL_COUNTS"]);
  });

  it("asks for unequal dispersions only where there is one to be unequal to", () => {
    const still = { n: 1000, events: 2000, variance: 0 };
    const moving = { n: 1000, events: 2000, variance: 2 };
    const of = (dispersion: number | null) =>
      codes(
        countCautions(
          still,
          moving,
          "quasi-poisson",
          { dispersion, degreesOfFreedom: 1998 } as Parameters<typeof countCautions>[3],
          true,
        ),
      );
    expect(of(0)).toEqual([]);
    expect(of(null)).toEqual(["UNKNOWN_DISPERSION"]);
    expect(codes(countCautions(still, moving, "quasi-poisson", null, true))).toEqual([]);
    // Of arms alike in size the error from one dispersion is that from both variances.
    expect(of(0.5)).toEqual([]);
    expect(of(0.25)).toEqual(["UNEQUAL_DISPERSION"]);
    expect(of(1)).toEqual(["UNEQUAL_DISPERSION"]);
  });
});

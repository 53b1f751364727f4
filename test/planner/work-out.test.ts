import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decisionSpeedup,
  detectionSpeedup,
  DomainError,
  durationDays,
  fromJson,
  minimumDetectableLift,
  planExperiment,
  sampleSizeForProportions,
  unitCovariance,
} from "microlift";
import { describePlanner, summaryOf } from "../../docs/planner/source/describe-planner.ts";
import { INITIAL_INPUT, type PlannerInput } from "../../docs/planner/source/fields.ts";
import { figuresOf } from "../../docs/planner/source/figures-of.ts";
import { faultsOf } from "../../docs/planner/source/plan-document.ts";
import { workOut } from "../../docs/planner/source/work-out.ts";
import { arbitraryInput, plausibleInput } from "./arbitrary-input.ts";

const PAST: PlannerInput = { ...INITIAL_INPUT, effects: "past" };

function refusal(input: PlannerInput): ReadonlyMap<string, string> {
  try {
    workOut(input);
  } catch (error) {
    if (error instanceof DomainError) return faultsOf(error);
  }
  throw new Error("the input was taken");
}

describe("the planner's figures", () => {
  it("are those of the library's functions", () => {
    const input: PlannerInput = {
      ...PAST,
      treatments: 2,
      allocation: 0.5,
      alternative: "greater",
      alpha: 0.1,
      power: 0.9,
      nested: false,
    };
    const { plan, table, proxy, decision, detectable } = workOut(input);
    const test = { alpha: 0.1, power: 0.9, alternative: "greater", allocation: 0.5, treatments: 2 } as const;
    const size = sampleSizeForProportions({ baseline: 0.02, lift: 0.1, ...test });
    expect(plan.n.control).toBe(size.control);
    expect(plan.n.total).toBe(size.total);
    const micro = sampleSizeForProportions({ baseline: 0.1, lift: 0.1, ...test });
    expect(table.rows.map(({ control, total }) => [control, total])).toEqual([
      [size.control, size.total],
      [micro.control, micro.total],
    ]);
    expect(Math.ceil(proxy.detection.nMicro)).toBe(micro.control);
    const traffic = { totalUnitsPerDay: 4000, allocation: 0.5, treatments: 2 };
    expect(plan.duration!.days).toBe(durationDays({ n: size.control, attributionDays: 7, ...traffic }).days);

    const effects = { tauProxy: 0.04, tauMacro: 0.04, rho: 0.8 };
    const rates = { microRate: 0.1, macroRate: 0.02, nested: false };
    const detection = detectionSpeedup({
      ...rates,
      microLift: 0.1,
      macroLift: 0.1,
      alpha: 0.05,
      power: 0.9,
      alternative: "greater",
      allocation: 0.5,
      effects,
    });
    expect(proxy.detection).toEqual(detection);
    const n = detection.decision.n!;
    expect(decision).toEqual(decisionSpeedup({ effects, sampling: unitCovariance(rates), n }));
    expect(decision!.speedupProxy).toBe(detection.decision.speedup);

    const unitsPerDay = 4000 / 2;
    expect(detectable.map(({ weeks }) => weeks)).toEqual([2, 4, 8]);
    expect(detectable[1]!.macro).toEqual(
      minimumDetectableLift({ baseline: 0.02, n: unitsPerDay * 21, ...test }),
    );
    expect(detectable[1]!.micro).toEqual(
      minimumDetectableLift({ baseline: 0.1, n: unitsPerDay * 28, ...test }),
    );
  });

  it("are those of the document that can be downloaded", () => {
    const { document, plan } = workOut({ ...INITIAL_INPUT, effects: "believed", treatments: 3 });
    expect(planExperiment(JSON.parse(JSON.stringify(document)))).toEqual(plan);
  });

  it("have no decision where nobody says how true effects go together, and one where somebody does", () => {
    expect(workOut(INITIAL_INPUT).decision).toBeNull();
    expect(workOut(INITIAL_INPUT).proxy.detection.decision.byRho.length).toBeGreaterThan(0);
    expect(workOut(PAST).decision!.speedupProxy).toBeCloseTo(2.367, 3);
  });

  it("never tell first how much sooner a proxy detects", () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (rho) => {
        const lead = describePlanner(workOut({ ...PAST, rho })).filter((block) => block.type === "lead")[1]!;
        expect(lead.text).not.toMatch(/^"add to cart" shows a change/);
      }),
      { numRuns: 12 },
    );
  });

  it("are figures and words for every plausible plan", () => {
    fc.assert(
      fc.property(plausibleInput(), (input) => {
        const worked = workOut(input);
        expect(JSON.stringify(describePlanner(worked))).not.toMatch(/NaN|undefined\b/);
        expect(summaryOf(worked)).toMatch(/visitors/);
        expect(fromJson(figuresOf(worked))).toHaveProperty("metrics");
      }),
      { numRuns: 12 },
    );
  });

  it("tell every fault at its own field", () => {
    expect(refusal({ ...INITIAL_INPUT, lift: 60, power: 0.01 })).toEqual(
      new Map([
        ["lift", "must leave the rate between 0 and 1; 0.02 would become 1.22 (as shares: 0.02 is 2 %)"],
        ["power", "must be above alpha = 0.05 (as shares: 0.02 is 2 %)"],
      ]),
    );
    expect([...refusal({ ...INITIAL_INPUT, microRate: 0.01 }).keys()]).toEqual(["microRate"]);
    expect([...refusal({ ...INITIAL_INPUT, micro: "sales" }).keys()]).toContain("micro");
  });

  it("exist for every plan that fits together; others are refused at one of the page's fields", () => {
    fc.assert(
      fc.property(arbitraryInput(), (input) => {
        try {
          expect(describePlanner(workOut(input)).length).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          expect([error.message, faultsOf(error).size]).not.toContain(0);
        }
      }),
      { numRuns: 40 },
    );
  });
});

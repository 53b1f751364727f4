import { describe, expect, it } from "vitest";
import { elicitEffectCovariance } from "../../src/proxy/elicit-effect-covariance.ts";
import { sequentialSpeedup, type SequentialSpeedupInput } from "../../src/proxy/sequential-speedup.ts";
import { sequentialDuration } from "../../src/sequential/sequential-duration.ts";

const funnel: SequentialSpeedupInput = {
  microRate: 0.1,
  macroRate: 0.02,
  microLift: 0.1,
  macroLift: 0.1,
  nested: true,
  unitsPerDay: 1000,
  horizonDays: 140,
  looksEveryDays: 7,
  macroDelay: { attributionDays: 7 },
  monitoring: { method: "normal-mixture" },
};
const codes = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }): string[] =>
  warnings.map(({ code }) => code);

describe("sequentialSpeedup", () => {
  it("is the ratio of the median days of both durations", () => {
    const result = sequentialSpeedup(funnel);
    const days = (baseline: number, attributionDays: number): number =>
      sequentialDuration({
        baseline,
        lift: 0.1,
        attributionDays,
        unitsPerDay: 1000,
        horizonDays: 140,
        looksEveryDays: 7,
        monitoring: { method: "normal-mixture" },
      }).medianDays;
    expect(result.speedup).toBe(days(0.02, 7) / days(0.1, 0));
    expect(result.speedupAtLeast).toBe(result.speedup);
    expect(result.speedupOfMeans).toBe(result.macro.meanDays / result.micro.meanDays);
    expect(result.status).toBe("ok");
    expect(structuredClone(result)).toEqual(result);
  });

  it("never stands without the decision: unknown without effects, with what one would have to believe", () => {
    const { decision, ...result } = sequentialSpeedup(funnel);
    expect(decision.status).toBe("undetermined");
    expect(decision.byRho.length).toBeGreaterThan(0);
    expect(codes(result)).toContain("DECISION_UNKNOWN");
  });

  it("says so where the proxy shows a change sooner and decides later", () => {
    // A correlation of the true effects of about 0.2.
    const effects = elicitEffectCovariance({ elasticity: 0.2, tauProxy: 0.05, directEffectSd: 0.05 });
    const result = sequentialSpeedup({ ...funnel, effects });
    expect(result.decision.speedup).toBeLessThan(1);
    expect(codes(result)).toContain("DETECTS_ONLY");
  });

  it("makes no proxy look good that merely moves easily", () => {
    const vanity = sequentialSpeedup({ ...funnel, macroLift: 0 });
    expect(vanity).toMatchObject({ status: "undetermined", speedup: null, elasticity: 0 });
    expect(codes(vanity)).toContain("VANITY_PROXY");
    const wrong = sequentialSpeedup({ ...funnel, macroLift: -0.05 });
    expect(wrong).toMatchObject({ status: "undetermined", speedup: null, speedupAtLeast: 0 });
    expect(codes(wrong)).toContain("WRONG_SIGN");
  });

  it("knows only a lower limit where sales are not seen by the horizon", () => {
    const short = sequentialSpeedup({ ...funnel, horizonDays: 42 });
    expect(short).toMatchObject({ status: "undetermined", speedup: null });
    expect(short.speedupAtLeast).toBe(42 / short.micro.medianDays);
    expect(short.warnings.map(({ message }) => message).join()).toContain("On the macro conversion: Fewer");
    const neither = sequentialSpeedup({ ...funnel, horizonDays: 14 });
    expect(neither.speedupAtLeast).toBe(0);
  });

  it("names what is wrong as the caller wrote it", () => {
    expect(() => sequentialSpeedup({ ...funnel, microLift: 20 })).toThrow("microLift = 20");
    expect(() => sequentialSpeedup({ ...funnel, horizonDays: 7 })).toThrow("macroDelay.attributionDays = 7");
    expect(() => sequentialSpeedup({ ...funnel, unitsPerDay: undefined })).toThrow("unitsPerDay");
  });
});

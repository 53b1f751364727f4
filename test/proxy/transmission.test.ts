import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { checkEffectCovariance } from "../../src/proxy/effect-covariance.ts";
import { elicitEffectCovariance } from "../../src/proxy/elicit-effect-covariance.ts";
import { transmitLift } from "../../src/proxy/transmit-lift.ts";

const lift = fc.double({ min: 1e-6, max: 2, noNaN: true });
const elasticity = fc.double({ min: 0.01, max: 1, noNaN: true });
const maxLift = fc.double({ min: 0.01, max: 1, noNaN: true });

describe("transmission of a lift", () => {
  it("passes no ceiling, and less than in full", () => {
    fc.assert(
      fc.property(lift, elasticity, maxLift, (microLift, eps, ceiling) => {
        const full = transmitLift({ microLift, elasticity: eps }).macroLift;
        for (const model of ["saturating-exponential", "saturating-hyperbolic"] as const) {
          const { macroLift } = transmitLift({ model, microLift, elasticity: eps, maxLift: ceiling });
          expect(macroLift).toBeLessThanOrEqual(ceiling);
          expect(macroLift).toBeLessThanOrEqual(full);
          expect(macroLift).toBeGreaterThan(0);
        }
      }),
    );
  });

  it("is full when dilution is 1 and nothing is direct", () => {
    fc.assert(
      fc.property(lift, elasticity, (microLift, eps) => {
        const diluted = transmitLift({ model: "diluted", microLift, elasticity: eps, dilution: 1 });
        expect(diluted.macroLift).toBe(transmitLift({ model: "full", microLift, elasticity: eps }).macroLift);
      }),
    );
  });

  it("adds a direct lift, and lets a diluted lift turn into a loss", () => {
    const base = { model: "diluted", microLift: 0.1, elasticity: 1 } as const;
    expect(transmitLift({ ...base, dilution: -0.5 }).macroLift).toBeCloseTo(-0.05, 15);
    expect(transmitLift({ ...base, dilution: 0, directLift: 0.02 }).macroLift).toBe(0.02);
  });

  it("names its model and its assumption", () => {
    const result = transmitLift({ model: "power", microLift: -0.5, exponent: 2 });
    expect(result).toMatchObject({
      kind: "lift-transmission",
      method: "power",
      macroLift: -0.75,
      warnings: [],
    });
    expect(result.assumptions[0]).toContain("not an estimated law");
    expect(structuredClone(result)).toEqual(result);
  });

  it("refuses what no rate can do", () => {
    expect(() => transmitLift({ microLift: -1, elasticity: 1 })).toThrow(DomainError);
    expect(() => transmitLift({ microLift: NaN, elasticity: 1 })).toThrow("microLift");
    expect(() => transmitLift({ microLift: -0.5, elasticity: 3 })).toThrow(DomainError);
    expect(() => transmitLift({ microLift: 0.5, elasticity: Infinity })).toThrow("elasticity");
    const saturating = { model: "saturating-exponential", elasticity: 1 } as const;
    expect(() => transmitLift({ ...saturating, microLift: 0.1, maxLift: 0 })).toThrow("maxLift");
    expect(() => transmitLift({ ...saturating, microLift: -0.1, maxLift: 0.1 })).toThrow("losses");
    expect(() => transmitLift({ ...saturating, microLift: 0.1 } as never)).toThrow("maxLift");
    expect(() => transmitLift({ model: "linear", microLift: 0.1 } as never)).toThrow("model");
    expect(() => transmitLift({ model: "diluted", microLift: 0.1, elasticity: 1 } as never)).toThrow(
      "dilution",
    );
  });
});

describe("an elicited covariance", () => {
  it("is an effect covariance that others accept, with |rho| at most 1", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -10, max: 10, noNaN: true }),
        fc.double({ min: 1e-6, max: 1, noNaN: true }),
        fc.double({ min: 1e-9, max: 1, noNaN: true }),
        (eps, tauProxy, directEffectSd) => {
          const effects = elicitEffectCovariance({ elasticity: eps, tauProxy, directEffectSd });
          expect(() => checkEffectCovariance("effects", effects)).not.toThrow();
          expect(effects.source).toBe("assumed");
          // rho tauMacro / tauProxy is the slope that was put in.
          expect((effects.rho * effects.tauMacro) / tauProxy).toBeCloseTo(eps, 10);
        },
      ),
    );
  });

  it("is rho = ±1 exactly without direct effects, and says that no change works that way", () => {
    for (const eps of [0.3, 0.7, -1.1, 1e-7, 123.456]) {
      const effects = elicitEffectCovariance({ elasticity: eps, tauProxy: 0.0437, directEffectSd: 0 });
      expect(effects.rho).toBe(Math.sign(eps));
      expect(effects.warnings.map((w) => w.code)).toContain("CERTAIN_TRANSMISSION");
    }
  });

  it("carries the mean along, and warns of a proxy that says nothing or the opposite", () => {
    const none = elicitEffectCovariance({
      elasticity: 0,
      tauProxy: 0.04,
      directEffectSd: 0.01,
      meanProxy: 0.01,
    });
    expect(none).toMatchObject({ rho: 0, meanMacro: 0, meanProxy: 0.01 });
    expect(none.warnings.map((w) => w.code)).toEqual(["NO_TRANSMISSION"]);
    const opposite = elicitEffectCovariance({ elasticity: -1, tauProxy: 0.04, directEffectSd: 0.01 });
    expect(opposite.warnings.map((w) => w.code)).toEqual(["WRONG_SIGN"]);
  });

  it("refuses a macro metric that never moves, and broken numbers", () => {
    expect(() => elicitEffectCovariance({ elasticity: 0, tauProxy: 0.04, directEffectSd: 0 })).toThrow(
      DomainError,
    );
    expect(() => elicitEffectCovariance({ elasticity: 1, tauProxy: 0, directEffectSd: 0 })).toThrow(
      "tauProxy",
    );
    expect(() => elicitEffectCovariance({ elasticity: 1, tauProxy: 1, directEffectSd: -1 })).toThrow(
      "directEffectSd",
    );
    expect(() => elicitEffectCovariance({ elasticity: NaN, tauProxy: 1, directEffectSd: 1 })).toThrow(
      "elasticity",
    );
  });
});

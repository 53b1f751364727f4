import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/numerics/random.ts";
import { surrogateIndex } from "../../src/proxy/surrogate-index.ts";
import { relativeError } from "../support/relative-error.ts";

const HISTORY = [
  { n: 90_000, conversions: 450 },
  { n: 8_000, conversions: 480 },
  { n: 2_000, conversions: 500 },
];

describe("the surrogate index", () => {
  it("gives the closed form of a case worked by hand (effect, and variance in two parts)", () => {
    // Origin: the project's reference tables (proxy.json, surrogate-index), closed form.
    const { effect, variance } = surrogateIndex({
      history: HISTORY,
      control: [18_000, 1_600, 400],
      treatment: [17_700, 1_800, 500],
    });
    expect(relativeError(effect.estimate!, 0.001775)).toBeLessThan(1e-13);
    expect(relativeError(variance.within, 1.5031146875e-7)).toBeLessThan(1e-13);
    expect(relativeError(variance.bridge, 3.0611875e-9)).toBeLessThan(1e-12);
    expect(relativeError(effect.standardError!, 0.0003916282117646787)).toBeLessThan(1e-13);
  });

  it("takes values as well as conversions: a mean of zeros and ones with its variance is the same", () => {
    const arms = { control: [18_000, 1_600, 400], treatment: [17_700, 1_800, 500] };
    const values = HISTORY.map(({ n, conversions }) => {
      const mean = conversions / n;
      return { n, mean, variance: mean * (1 - mean) };
    });
    const [byRate, byValue] = [HISTORY, values].map((history) => surrogateIndex({ ...arms, history }));
    expect(relativeError(byValue!.effect.standardError!, byRate!.effect.standardError!)).toBeLessThan(1e-14);
    expect(byValue!.pValue).toBeCloseTo(byRate!.pValue!, 14);
  });

  it("does not change when a cell is divided into two that come to the same", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 3 }),
        fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 3, maxLength: 3 }),
        (control, treatment) => {
          const once = surrogateIndex({ history: HISTORY, control, treatment });
          const split = surrogateIndex({
            history: [...HISTORY, HISTORY[0]!],
            control: [...control, 7],
            treatment: [...treatment, 7],
          });
          const joined = surrogateIndex({
            history: HISTORY,
            control: [control[0]! + 7, ...control.slice(1)],
            treatment: [treatment[0]! + 7, ...treatment.slice(1)],
          });
          expect(split.effect.estimate).toBeCloseTo(joined.effect.estimate!, 14);
          expect(split.variance.within).toBeCloseTo(joined.variance.within, 16);
          expect(once.index).toHaveLength(3);
        },
      ),
    );
  });

  it("has the normal interval and p-value of its standard error, and names what it stands on", () => {
    const { effect, pValue, logPValue, assumptions } = surrogateIndex({
      history: HISTORY,
      control: [18_000, 1_600, 400],
      treatment: [17_700, 1_800, 500],
      confidenceLevel: 0.9,
    });
    const reach = 1.6448536269514722 * effect.standardError!;
    expect(relativeError(effect.interval.upper, effect.estimate! + reach)).toBeLessThan(1e-13);
    expect(relativeError(effect.interval.lower, effect.estimate! - reach)).toBeLessThan(1e-12);
    expect(effect.interval.dualToTest).toBe(true);
    // SciPy: 2 * norm.sf(0.001775 / 0.0003916282117646787).
    expect(relativeError(pValue!, 5.832836277321568e-6)).toBeLessThan(1e-11);
    expect(relativeError(logPValue!, Math.log(5.832836277321568e-6))).toBeLessThan(1e-12);
    expect(assumptions.join(" ")).toMatch(/Surrogacy: .*Comparability: /);
  });

  it("turns round with the arms", () => {
    const one = surrogateIndex({ history: HISTORY, control: [90, 8, 2], treatment: [80, 15, 5] });
    const other = surrogateIndex({ history: HISTORY, control: [80, 15, 5], treatment: [90, 8, 2] });
    expect(other.effect.estimate).toBe(-one.effect.estimate!);
    expect(other.pValue).toBe(one.pValue);
    expect(other.resilience.worstShift).toBe(one.resilience.worstShift);
  });

  it("the worst shift of the past is the one that cancels the effect", () => {
    const arms = { control: [900, 80, 20], treatment: [860, 100, 40] };
    const { effect, index, resilience } = surrogateIndex({ history: HISTORY, ...arms });
    const pull = arms.treatment.map((count, j) => (count - arms.control[j]!) / 1000);
    const cancelled = index.reduce(
      (sum, h, j) => sum + (h - Math.sign(pull[j]!) * resilience.worstShift) * pull[j]!,
      0,
    );
    expect(effect.estimate).toBeGreaterThan(0);
    expect(cancelled).toBeCloseTo(0, 15);
    const relative = index.reduce(
      (sum, h, j) => sum + h * (1 - Math.sign(pull[j]!) * resilience.worstRelativeShift) * pull[j]!,
      0,
    );
    expect(relative).toBeCloseTo(0, 15);
  });

  it("random shifts of the size it names turn the sign as often as it says (20,000 draws)", () => {
    const random = createRandom(11);
    const arms = { control: [900, 80, 20], treatment: [860, 100, 40] };
    const { index, resilience } = surrogateIndex({ history: HISTORY, ...arms, confidenceLevel: 0.9 });
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
    let wrong = 0;
    for (let i = 0; i < 20_000; i++) {
      const shifted = (shares: readonly number[]): number =>
        shares.reduce(
          (sum, share, j) => sum + (share / 1000) * (index[j]! + resilience.randomShift * normal()),
          0,
        );
      if (shifted(arms.treatment) < shifted(arms.control)) wrong++;
    }
    // Four standard errors around 5 %.
    expect(Math.abs(wrong / 20_000 - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / 20_000));
  });

  it("holds the index against outcomes: a direct effect in every cell is rejected, a different past too", () => {
    const of = (rates: readonly number[]): { n: number; conversions: number }[] =>
      [9_000, 800, 200].map((n, j) => ({ n, conversions: Math.round(n * rates[j]!) }));
    const arms = { control: [18_000, 1_600, 400], treatment: [17_700, 1_800, 500] };
    const alike = surrogateIndex({
      history: HISTORY,
      ...arms,
      outcomes: { control: of([0.005, 0.06, 0.25]), treatment: of([0.005, 0.06, 0.25]) },
    });
    expect(alike.checks!.surrogacy.statistic).toBeCloseTo(0, 10);
    expect(alike.checks!.comparability!.pValue).toBeGreaterThan(0.99);
    expect(alike.checks!.overstatement).toBeCloseTo(0.001775, 12);
    const broken = surrogateIndex({
      history: HISTORY,
      ...arms,
      outcomes: { control: of([0.01, 0.09, 0.3]), treatment: of([0.005, 0.06, 0.25]) },
    });
    expect(broken.checks!.surrogacy.pValue).toBeLessThan(1e-4);
    expect(broken.checks!.comparability!.pValue).toBeLessThan(1e-4);
  });

  it("a cell that never converted in the past is named, and one without a past refused", () => {
    const history = [
      { n: 90_000, conversions: 450 },
      { n: 80, conversions: 0 },
    ];
    const { warnings } = surrogateIndex({ history, control: [900, 100], treatment: [880, 120] });
    expect(warnings[0]).toMatchObject({ code: "FEW_PAST_CONVERSIONS" });
    expect(warnings[0]!.message).toContain("cell 2");
    expect(() =>
      surrogateIndex({
        history: [history[0]!, { n: 0, conversions: 0 }],
        control: [9, 1],
        treatment: [8, 2],
      }),
    ).toThrow("history[1].n");
    expect(() => surrogateIndex({ history, control: [9, 1, 0], treatment: [8, 2] })).toThrow("control");
  });

  it("arms that are alike move nothing, and no shift of the past would", () => {
    const { effect, resilience } = surrogateIndex({
      history: HISTORY,
      control: [900, 80, 20],
      treatment: [900, 80, 20],
    });
    expect(effect.estimate).toBe(0);
    expect(resilience.worstShift).toBe(Infinity);
  });
});

import { describe, expect, it } from "vitest";
import { besideLine } from "../../src/numerics/beside-line.ts";
import { betaDensity } from "../../src/numerics/beta-density.ts";
import {
  differenceLine,
  invertedLine,
  type Line,
  mirroredLine,
  oddsRatioLine,
  ratioLine,
} from "../../src/numerics/line.ts";
import reference from "../reference/numerics/beside_line.json" with { type: "json" };
import { scaledError } from "../support/relative-error.ts";

const uniform = betaDensity(1, 1);
const PRECISION = 36;

function above(line: Line): number {
  return Math.exp(besideLine(uniform, uniform, line, "upper", PRECISION).logProbability);
}

describe("two rates beside a line", () => {
  // Areas of the unit square.
  it.each([-0.6, -0.1, 0, 0.25, 0.9])("are uniform beyond a difference of %s in an area", (difference) => {
    const beyond = (1 - Math.abs(difference)) ** 2 / 2;
    const area = difference > 0 ? beyond : 1 - beyond;
    expect(above(differenceLine(difference))).toBeCloseTo(area, 13);
  });

  it.each([0.1, 0.8, 1, 1.5, 7])("are uniform beyond a ratio of %s in an area", (ratio) => {
    expect(above(ratioLine(Math.log(ratio)))).toBeCloseTo(ratio < 1 ? 1 - ratio / 2 : 0.5 / ratio, 13);
  });

  it.each([0.1, 0.8, 1.5, 7])("are uniform beyond an odds ratio of %s in an area", (ratio) => {
    // ∫ (1 − x) / (1 + (r − 1) x) dx.
    const rest = ratio - 1;
    const area = (ratio * Math.log(ratio)) / (rest * rest) - 1 / rest;
    expect(above(oddsRatioLine(Math.log(ratio)))).toBeCloseTo(area, 13);
  });
});

describe("two Beta variables beside a line", () => {
  const LINES = { difference: differenceLine, ratio: ratioLine, odds: oddsRatioLine };

  // Probability, rate and excess in their logs, integrated over either variable: 1e-11.
  it.each(reference.cases)("lie as mpmath says: $x, $t, $line $value", ({ x, t, line, value, ...logs }) => {
    const [densityOfX, densityOfT] = [betaDensity(x[0]!, x[1]!), betaDensity(t[0]!, t[1]!)];
    const at = LINES[line as keyof typeof LINES](value);
    // Over the wider one only where it is no peak to be missed between nodes.
    const ratio = (densityOfX.deviation * at.slope) / densityOfT.deviation;
    for (const isXNarrower of ratio > 0.1 && ratio < 10 ? [true, false] : [ratio < 1]) {
      const beside = besideLine(densityOfX, densityOfT, at, "upper", PRECISION, isXNarrower);
      expect(scaledError(beside.logProbability, logs.logProbability)).toBeLessThan(1e-11);
      expect(scaledError(beside.logCrossing, logs.logCrossing)).toBeLessThan(1e-11);
      // The mean of what is missing is in units of T, over all X.
      if (isXNarrower && logs.logExcess !== undefined) {
        expect(scaledError(beside.logExcess, logs.logExcess)).toBeLessThan(1e-11);
      }
      const below = besideLine(densityOfX, densityOfT, at, "lower", PRECISION, isXNarrower);
      const both = Math.exp(below.logProbability) + Math.exp(beside.logProbability);
      expect(Math.abs(both - 1)).toBeLessThan(1e-11);
      expect(scaledError(below.logCrossing, logs.logCrossing)).toBeLessThan(1e-11);
      // What T exceeds t(X) by, less what it falls short by, is the difference of their means; t is straight for a ratio.
      if (isXNarrower && line === "ratio" && value <= 0) {
        const difference = t[0]! / (t[0]! + t[1]!) - (Math.exp(value) * x[0]!) / (x[0]! + x[1]!);
        const balance = Math.exp(beside.logExcess) - Math.exp(below.logExcess);
        expect(Math.abs(balance - difference)).toBeLessThan(1e-11);
      }
    }
  });
});

describe("a line", () => {
  const lines = [differenceLine(0.25), differenceLine(-0.5), ratioLine(1), ratioLine(-2), oddsRatioLine(0.7)];

  it("mirrored twice or exchanged twice is itself", () => {
    for (const line of lines) {
      for (const turned of [mirroredLine(mirroredLine(line)), invertedLine(invertedLine(line))]) {
        for (const [name, value] of Object.entries(line)) {
          const other = turned[name as keyof Line];
          if (typeof value === "number") expect(other).toBeCloseTo(value, 14);
          else expect(other).toBe(value);
        }
      }
    }
  });

  it("runs from end to end within both rates", () => {
    for (const each of lines) {
      for (const line of [each, mirroredLine(each), invertedLine(each)]) {
        expect(line.xLow + line.width + line.xHigh).toBeCloseTo(1, 14);
        expect(line.tLow + line.slope * line.width + line.tHigh).toBeCloseTo(1, 14);
        expect(Math.min(line.xLow, line.tLow)).toBe(0);
        expect(Math.min(line.xHigh, line.tHigh)).toBe(0);
      }
    }
  });

  it("turns its odds over when it is mirrored or exchanged, and says how it moves", () => {
    const line = oddsRatioLine(0.7);
    expect(mirroredLine(line).oddsRatio).toBeCloseTo(Math.exp(-0.7), 14);
    expect(invertedLine(line).oddsRatio).toBeCloseTo(Math.exp(-0.7), 14);
    expect(invertedLine(ratioLine(1)).slope).toBeCloseTo(Math.exp(-1), 14);
    expect(mirroredLine(ratioLine(1)).motion).toBe("about-one");
    expect(mirroredLine(differenceLine(0.1)).motion).toBe("shift");
  });
});

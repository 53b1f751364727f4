import { checkOneOf } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import type { ComparisonScale } from "../models/restricted-rates.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import {
  type EffectOptions,
  effectUnderTest,
  type EffectUnderTest,
  type MetricArms,
} from "./effect-under-test.ts";
import { isShown, marginWarnings, type OneSidedTest, oneSidedTest } from "./one-sided-test.ts";

export interface MarginOptions extends EffectOptions {
  /** How much worse, or better, on the scale of the effect; above 0. On the odds-ratio scale the odds ratio − 1. */
  readonly margin: number;
  /** Which way the metric gets better; `increase` unless said. */
  readonly improvesWhen?: "increase" | "decrease" | undefined;
}

/** A one-sided test of an effect against a margin. */
export interface MarginTest<Kind extends string> extends Result<Kind>, OneSidedTest {
  readonly scale: ComparisonScale;
  readonly improvesWhen: "increase" | "decrease";
  readonly margin: number;
  /** One-sided type I error. */
  readonly alpha: number;
  readonly control: Proportion | Mean;
  readonly treatment: Proportion | Mean;
  /** Of Student's t; Infinity for a statistic that is standard normal. */
  readonly degreesOfFreedom: number;
  /** The effect on `scale`, with the interval at 1 − 2 alpha that inverts the test. */
  readonly effect: Estimate;
  /** `undetermined` where the test has no answer. */
  readonly status: Status;
}

const DIRECTIONS = ["increase", "decrease"] as const;

/**
 * Tests whether the effect lies on the better side of a margin.
 *
 * @param side - `worse` for a margin below no effect (non-inferiority), `better` for one above (superiority)
 */
export function marginTest<Kind extends string>(
  kind: Kind,
  options: MetricArms & MarginOptions,
  side: "worse" | "better",
): { readonly figures: MarginTest<Kind>; readonly shown: boolean } {
  const underTest = effectUnderTest(options);
  const { margin, improvesWhen = "increase" } = options;
  checkOneOf("improvesWhen", improvesWhen, DIRECTIONS);
  const sign = (side === "better") === (improvesWhen === "increase") ? 1 : -1;
  checkMargin("margin", margin, sign, underTest);
  const test = oneSidedTest(
    underTest,
    shifted(underTest.scale, sign * margin),
    improvesWhen === "increase" ? "greater" : "less",
  );
  const { arms, scale, alpha, effect, method, degreesOfFreedom, assumptions } = underTest;
  const figures: MarginTest<Kind> = {
    kind,
    method,
    scale,
    improvesWhen,
    margin,
    alpha,
    ...arms,
    ...test,
    degreesOfFreedom,
    effect,
    status: test.pValue === null ? "undetermined" : "ok",
    warnings: marginWarnings(underTest, test.pValue),
    assumptions: [...assumptions],
  };
  return { figures, shown: isShown(underTest, test.pValue) };
}

/** The value of an effect that is `shift` away from none. */
export function shifted(scale: ComparisonScale, shift: number): number {
  return scale === "odds-ratio" ? 1 + shift : shift;
}

/** No lift or odds ratio is tested beyond this, so that squares stay within the range of doubles. */
export const LARGEST_RATIO = 1e100;

/** A margin above 0 that leaves the null value inside the range of the effect. */
export function checkMargin(
  field: string,
  margin: number,
  sign: 1 | -1,
  { arms, scale }: EffectUnderTest,
): void {
  const isDifferenceOfRates = scale === "difference" && "conversions" in arms.control;
  const isBounded = isDifferenceOfRates || (scale !== "difference" && sign < 0);
  const top = isBounded ? 1 : scale === "difference" ? Infinity : LARGEST_RATIO;
  if (!(Number.isFinite(margin) && margin > 0 && margin < top)) {
    const range = top < Infinity ? `strictly between 0 and ${top}` : "above 0";
    throw new DomainError(field, margin, `must be a number ${range}: a margin is a distance from no effect`);
  }
}

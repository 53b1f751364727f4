import type { BetterDirection } from "../core/better-direction.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Result } from "../core/result.ts";
import type { Status } from "../core/status.ts";
import { type Margin, marginNull } from "../models/margin.ts";
import type { ComparisonScale } from "../models/restricted-rates.ts";
import { type EffectOptions, effectUnderTest, type MetricArms } from "./effect-under-test.ts";
import { isShown, marginWarnings, type OneSidedTest, oneSidedTest } from "./one-sided-test.ts";
import type { TestedArm } from "./tested-effect.ts";

export interface MarginOptions extends EffectOptions, Margin {}

/** A one-sided test of an effect against a margin. */
export interface MarginTest<Kind extends string> extends Result<Kind>, OneSidedTest {
  readonly scale: ComparisonScale;
  readonly improvesWhen: BetterDirection;
  readonly margin: number;
  /** One-sided type I error. */
  readonly alpha: number;
  readonly control: TestedArm;
  readonly treatment: TestedArm;
  /** Of Student's t; Infinity for a statistic that is standard normal. */
  readonly degreesOfFreedom: number;
  /** The effect on `scale`, with the interval at 1 − 2 alpha that inverts the test. */
  readonly effect: Estimate;
  /** `undetermined` where the test has no answer. */
  readonly status: Status;
}

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
  const { metric, control, treatment, scale } = underTest;
  const { improvesWhen, nullValue, alternative } = marginNull(options, side, scale, metric);
  const test = oneSidedTest(underTest, nullValue, alternative);
  const { alpha, effect, method, degreesOfFreedom, assumptions } = underTest;
  const figures: MarginTest<Kind> = {
    kind,
    method,
    scale,
    improvesWhen,
    margin: options.margin,
    alpha,
    control,
    treatment,
    ...test,
    degreesOfFreedom,
    effect,
    status: test.pValue === null ? "undetermined" : "ok",
    warnings: marginWarnings(underTest, test.pValue),
    assumptions: [...assumptions],
  };
  return { figures, shown: isShown(underTest, test.pValue) };
}

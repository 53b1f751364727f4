import { checkObject } from "../core/checks.ts";
import { DEFAULT_ALPHA } from "../core/defaults.ts";
import { DomainError } from "../core/domain-error.ts";
import { checkMarginAlpha } from "../models/margin.ts";
import type { ComparisonScale } from "../models/restricted-rates.ts";
import type { Count } from "../summaries/count.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { Ratio } from "../summaries/ratio.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import { countsUnderTest } from "./counts-under-test.ts";
import { meansUnderTest, ratiosUnderTest } from "./levels-under-test.ts";
import { ratesUnderTest } from "./rates-under-test.ts";
import type { EffectUnderTest, MarginTestName } from "./tested-effect.ts";

/** Two arms of a proportion, with `conversions`, of a mean, of a ratio, with `numerator`, or of a count, with `events`. */
export type MetricArms = TwoArms<Proportion> | TwoArms<Mean> | TwoArms<Ratio> | TwoArms<Count>;

/** What non-inferiority, superiority and equivalence tests have in common. */
export interface EffectOptions {
  /** `difference` unless said; `odds-ratio` is for proportions. */
  readonly scale?: ComparisonScale | undefined;
  /** One-sided type I error, in (0, 0.5); 0.05 unless said. */
  readonly alpha?: number | undefined;
  /** `score` for proportions, `welch` for means and `delta` for ratios unless said; for counts as in `compareCounts`. */
  readonly test?: MarginTestName | undefined;
}

/** Reads and checks what is the same in all tests against a margin. */
export function effectUnderTest(options: MetricArms & EffectOptions): EffectUnderTest {
  checkObject("options", options);
  const { control, scale = "difference", alpha = DEFAULT_ALPHA, test } = options;
  checkObject("control", control);
  checkMarginAlpha(alpha);
  const request = { scale, alpha, test };
  if ("conversions" in control) return ratesUnderTest(options as TwoArms<Proportion>, request);
  if ("mean" in control) return meansUnderTest(options as TwoArms<Mean>, request);
  if ("numerator" in control) return ratiosUnderTest(options as TwoArms<Ratio>, request);
  if ("events" in control) return countsUnderTest(options as TwoArms<Count>, request);
  const expected = "must hold conversions, for a proportion, or the fields of a mean, a ratio or a count";
  throw new DomainError("control", control, expected);
}

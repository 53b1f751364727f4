import { NO_VARIANCE } from "./no-variance.ts";
import type { EffectUnderTest } from "./tested-effect.ts";
import { tLogPValue, tPValue } from "./t-p-value.ts";

/** A one-sided test of an effect at a null value. */
export interface OneSidedTest {
  /** Where H0 ends: a difference, a lift, or an odds ratio. */
  readonly nullValue: number;
  /** `greater` if H1 says that the effect lies above the null value, `less` if below. */
  readonly alternative: "greater" | "less";
  /** Positive where the effect lies above the null value; null only where there is no variance to judge by. */
  readonly statistic: number | null;
  readonly pValue: number | null;
  /** Natural log of the p-value, finite far below 1e-308. */
  readonly logPValue: number | null;
}

export function oneSidedTest(
  { statisticAt, degreesOfFreedom }: EffectUnderTest,
  nullValue: number,
  alternative: "greater" | "less",
): OneSidedTest {
  const statistic = statisticAt(nullValue);
  return {
    nullValue,
    alternative,
    statistic,
    pValue: statistic === null ? null : tPValue(statistic, degreesOfFreedom, alternative),
    logPValue: statistic === null ? null : tLogPValue(statistic, degreesOfFreedom, alternative),
  };
}

/** Whether a test rejects, where the effects it leaves open make up an interval: a set with a gap settles nothing. */
export function isShown({ effect, alpha }: EffectUnderTest, pValue: number | null): boolean {
  return pValue !== null && pValue < alpha && effect.interval.excluded === null;
}

/** The cautions of a test against a margin. */
export function marginWarnings(
  { warnings, effect }: EffectUnderTest,
  pValue: number | null,
): typeof warnings {
  const isSilent = pValue === null && effect.estimate !== null;
  return isSilent && !warnings.some(({ code }) => code === NO_VARIANCE.code)
    ? [...warnings, NO_VARIANCE]
    : [...warnings];
}

import type { NormalComponent } from "../numerics/normal-mixture.ts";
import { studentTMixture } from "../numerics/student-t-mixture.ts";
import type { EffectPrior, StudentTEffects } from "./effect-prior.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";
import { log1p } from "../numerics/elementary/log1p.ts";

/** From here on Student's t is the normal distribution to seven digits of its density and more. */
const NORMAL_FROM = 1e9;

/**
 * A distribution of effects as a mixture of normal distributions, which all families are: Student's t to 1e-12 of its
 * density wherever an effect is no farther than `reach` from the mean.
 */
export function effectComponents(effects: EffectPrior, reach: number): NormalComponent[] {
  const { mean } = effects;
  switch (effects.family) {
    case "normal":
      return [{ logWeight: 0, mean, standardDeviation: effects.standardDeviation }];
    case "student-t":
      return studentTComponents(effects, reach);
    case "spike-and-normal": {
      const { probabilityOfNoEffect: none, standardDeviation } = effects;
      return possible([
        { logWeight: ln(none), mean: 0, standardDeviation: 0 },
        { logWeight: log1p(-none), mean, standardDeviation },
      ]);
    }
    case "two-normals": {
      const { narrowStandardDeviation, wideStandardDeviation, wideProbability } = effects;
      return possible([
        { logWeight: log1p(-wideProbability), mean, standardDeviation: narrowStandardDeviation },
        { logWeight: ln(wideProbability), mean, standardDeviation: wideStandardDeviation },
      ]);
    }
  }
}

function possible(components: readonly NormalComponent[]): NormalComponent[] {
  return components.filter(({ logWeight }) => logWeight > -Infinity);
}

function studentTComponents(
  { mean, scale, degreesOfFreedom }: StudentTEffects,
  reach: number,
): NormalComponent[] {
  if (scale === 0 || degreesOfFreedom >= NORMAL_FROM) {
    return [{ logWeight: 0, mean, standardDeviation: scale }];
  }
  const { logPrecisions, logWeights } = studentTMixture(degreesOfFreedom, reach / scale);
  return logPrecisions.map((logPrecision, k) => ({
    logWeight: logWeights[k]!,
    mean,
    standardDeviation: scale * exp(-0.5 * logPrecision),
  }));
}

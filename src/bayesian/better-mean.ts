import { log1mexp } from "../numerics/log1mexp.ts";
import { AGREEMENT_OF_ANY, doAgree, MOST_LEVELS, nestedNodes } from "../numerics/nested-nodes.ts";
import { studentTLogDensity, studentTSf } from "../numerics/student-t.ts";
import type { BetterArm } from "./better-arm.ts";
import type { NormalInverseGammaPrior } from "./normal-inverse-gamma-prior.ts";
import { meanMarginal } from "./normal-posterior.ts";
import { betterMarginal } from "./two-marginals.ts";
import { exp } from "../numerics/elementary/exp.ts";
import { ln } from "../numerics/elementary/ln.ts";

/** Where the integrals are smaller, what is left of the expectation below has too few digits. */
const SMALLEST = 1e-20;
/** What a node at an end may add to an integral that is complete. */
const NEGLIGIBLE = 1e-15;

/**
 * Which arm has the larger mean, and what a wrong choice costs. Both are sums over the same few nodes of the narrower
 * arm, since what the other arm's t distribution is expected to exceed a value by is a closed form of its tail and its
 * density there; `betterMarginal` is for what these nodes miss.
 */
export function betterMean(control: NormalInverseGammaPrior, treatment: NormalInverseGammaPrior): BetterArm {
  const lead = treatment.mu - control.mu;
  const behind = behindAfterAll(control, treatment, Math.abs(lead));
  if (behind === null) return betterMarginal(meanMarginal(control), meanMarginal(treatment));
  const unlikely = ln(behind.probability);
  const likely = log1mexp(unlikely);
  const [loss, otherLoss] = [behind.excess, behind.excess + Math.abs(lead)];
  return lead >= 0
    ? {
        logProbabilityToBeat: likely,
        logProbabilityToLose: unlikely,
        expectedLoss: { control: otherLoss, treatment: loss },
      }
    : {
        logProbabilityToBeat: unlikely,
        logProbabilityToLose: likely,
        expectedLoss: { control: loss, treatment: otherLoss },
      };
}

interface Behind {
  probability: number;
  excess: number;
}

/**
 * P(X > Y + gap) and E max(X − Y − gap, 0) of two means about their centres, whose distributions are symmetric, so that
 * it does not matter which arm is ahead; null where the nodes miss a part of it.
 */
function behindAfterAll(
  control: NormalInverseGammaPrior,
  treatment: NormalInverseGammaPrior,
  gap: number,
): Behind | null {
  const arms = [control, treatment].map((arm) => ({ marginal: meanMarginal(arm), df: 2 * arm.alpha }));
  arms.sort((a, b) => a.marginal.width - b.marginal.width);
  const { marginal: near } = arms[0]!;
  const { marginal: far, df } = arms[1]!;
  if (!(Number.isFinite(near.mean) && Number.isFinite(far.mean))) return null;
  const scale = far.width;
  const logDensity = studentTLogDensity(df);
  const nodes = nestedNodes(near, near.logDensity);
  const sumsOver = (level: number): Behind & { ends: Behind } => {
    const { places, logWeights } = nodes.level(level);
    const sums = { probability: 0, excess: 0, ends: { probability: 0, excess: 0 } };
    for (let i = 0; i < places.length; i++) {
      const z = (places[i]! + gap) / scale;
      const weight = exp(logWeights[i]!);
      const tail = studentTSf(z, df);
      const probability = weight * tail;
      const excess = weight * scale * (((df + z * z) / (df - 1)) * exp(logDensity(z)) - z * tail);
      sums.probability += probability;
      sums.excess += excess;
      if (i === 0 || i === places.length - 1) {
        sums.ends.probability = Math.max(sums.ends.probability, probability);
        sums.ends.excess = Math.max(sums.ends.excess, excess);
      }
    }
    return sums;
  };
  const first = sumsOver(0);
  const isComplete =
    first.probability > SMALLEST &&
    first.ends.probability <= NEGLIGIBLE * first.probability &&
    first.ends.excess <= NEGLIGIBLE * first.excess;
  if (!isComplete) return null;
  let { probability, excess } = first;
  for (let level = 1; level < MOST_LEVELS; level++) {
    const between = sumsOver(level);
    // Beside few degrees of freedom, some of the whole may lie where the nodes are far apart.
    const agree =
      doAgree(between.probability, probability, AGREEMENT_OF_ANY) &&
      doAgree(between.excess, excess, AGREEMENT_OF_ANY);
    probability += between.probability;
    excess += between.excess;
    const step = 0.5 ** level;
    if (agree) return { probability: probability * step, excess: excess * step };
  }
  return null;
}

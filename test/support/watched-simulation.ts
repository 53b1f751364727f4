import { analyzeExperiment } from "../../src/experiment/analyze-experiment.ts";
import type { ArmData } from "../../src/experiment/experiment-data.ts";
import type { ExperimentPlan } from "../../src/experiment/experiment-plan.ts";
import { drawBinomial } from "../../src/numerics/draw-binomial.ts";
import { createRandom } from "../../src/numerics/random.ts";

export interface WatchedSimulation {
  /** A plan of one treatment and one rate. */
  readonly plan: ExperimentPlan;
  /** Units of either arm at the end, reached in looks at equal steps. */
  readonly n: number;
  readonly looks: number;
  readonly lift: number;
  readonly experiments: number;
  readonly seed: number;
}

/** Shares of simulated experiments whose documents end in a rejection, read with all of their looks. */
export function watchedRejections({ plan, n, looks, lift, experiments, seed }: WatchedSimulation): {
  readonly rejected: number;
  readonly rejectedUpwards: number;
} {
  const random = createRandom(seed);
  const { name, baseline } = plan.metrics[0]!;
  let rejected = 0;
  let rejectedUpwards = 0;
  for (let i = 0; i < experiments; i++) {
    const conversions = [0, 0];
    let entered = 0;
    const seen = Array.from({ length: looks }, (_, k): { arms: ArmData[] } => {
      const before = entered;
      entered = Math.ceil((n * (k + 1)) / looks);
      const arms = [plan.control, plan.treatments[0]!].map((arm, j): ArmData => {
        conversions[j]! += drawBinomial(
          entered - before,
          baseline * (j === 0 ? 1 : 1 + lift),
          random.uniform,
        );
        return { name: arm, n: entered, results: [{ metric: name, conversions: conversions[j]! }] };
      });
      return { arms };
    });
    const document = { name: plan.name, plan, earlierLooks: seen.slice(0, -1), arms: seen.at(-1)!.arms };
    const { decision } = analyzeExperiment(document).treatments[0]!;
    const codes = new Set(decision.reasons.map(({ code }) => code));
    if (codes.has("MACRO_IMPROVED") || codes.has("MACRO_WORSENED")) rejected += 1;
    if (codes.has("MACRO_IMPROVED")) rejectedUpwards++;
  }
  return { rejected: rejected / experiments, rejectedUpwards: rejectedUpwards / experiments };
}

import { DEFAULT_SHIP_THRESHOLD } from "../proxy/assisted-decision-rule.ts";
import type { ExperimentPlan } from "./experiment-plan.ts";

/**
 * What ships a treatment: the macro metric's own test, its posterior under the prior of the plan, or the posterior of
 * macro and proxy together.
 */
export type ShippingPolicy =
  | { readonly kind: "macro" }
  | {
      readonly kind: "macro-posterior";
      /** Ship where the posterior probability of a gain in the macro metric exceeds this; 0.95 unless said. */
      readonly threshold?: number;
      /** And where what shipping is expected to lose, in units of the metric, is at most this; Infinity unless said. */
      readonly thresholdOfCaring?: number;
    }
  | {
      readonly kind: "proxy-assisted";
      /** Name of the proxy metric; its effects must have been learned, not assumed. */
      readonly proxy: string;
      /** Ship where the posterior probability of a gain in the macro metric exceeds this; 0.9 unless said. */
      readonly threshold?: number;
    };

/** Of the posterior of the macro metric alone, where a plan does not say. */
const DEFAULT_POSTERIOR_THRESHOLD = 0.95;

/** What ships a treatment under a plan, with nothing left out; the macro metric's own test where there is none. */
export function shippingPolicy(plan: ExperimentPlan | undefined): Required<ShippingPolicy> {
  const rule = plan?.decisionRule ?? { kind: "macro" };
  switch (rule.kind) {
    case "macro":
      return rule;
    case "macro-posterior": {
      const { threshold = DEFAULT_POSTERIOR_THRESHOLD, thresholdOfCaring = Infinity } = rule;
      return { ...rule, threshold, thresholdOfCaring };
    }
    case "proxy-assisted":
      return { ...rule, threshold: rule.threshold ?? DEFAULT_SHIP_THRESHOLD };
  }
}

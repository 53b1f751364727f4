import type { MetricKind } from "../core/metric-kind.ts";
import { type BetaPriorChoice, checkedPrior } from "../bayesian/beta-prior.ts";
import { checkedBaselinePrior } from "../bayesian/compare-with-effect-prior.ts";
import { checkedGammaPrior, type GammaPriorChoice } from "../bayesian/gamma-prior.ts";
import {
  checkedNormalInverseGammaPrior,
  type NormalInverseGammaPriorChoice,
} from "../bayesian/normal-inverse-gamma-prior.ts";
import { effectTable } from "../proxy/effect-table.ts";
import type { Fault } from "./fault.ts";
import { metricEffectPrior } from "./metric-effect-prior.ts";
import type { MetricDefinition } from "./metric-definition.ts";
import { faultsOf } from "./passing.ts";

/** Faults of what is held of a metric before the test, of its level and of effects on it. */
export function priorFaults(metric: MetricDefinition): Fault[] {
  return [
    ...levelPriorFaults(metric),
    ...faultsOf(() => metricEffectPrior(metric)),
    ...pastExperimentFaults(metric),
  ];
}

/** The parameters of a prior on the level of each kind of metric. */
const PARAMETERS: Readonly<Record<Exclude<MetricKind, "ratio">, readonly string[]>> = {
  proportion: ["alpha", "beta"],
  mean: ["mu", "kappa", "alpha", "beta"],
  count: ["shape", "rate"],
};

function levelPriorFaults(metric: MetricDefinition): Fault[] {
  const { kind, prior, effectPrior } = metric;
  if (prior === undefined) return [];
  const path = ["prior"];
  if (kind === "ratio") return [{ path, message: "does not belong to a ratio" }];
  if (effectPrior !== undefined && kind !== "proportion") {
    return [{ path, message: `must be left out where a ${kind} has an effectPrior` }];
  }
  const strange = typeof prior === "object" ? strangeParameters(kind, prior) : [];
  if (strange.length > 0) return strange;
  return faultsOf(() => {
    switch (kind) {
      case "proportion":
        return effectPrior === undefined
          ? checkedPrior("prior", prior as BetaPriorChoice)
          : checkedBaselinePrior("prior", prior as BetaPriorChoice);
      case "mean":
        return checkedNormalInverseGammaPrior("prior", prior as NormalInverseGammaPriorChoice);
      case "count":
        return checkedGammaPrior("prior", prior as GammaPriorChoice);
    }
  });
}

function strangeParameters(kind: Exclude<MetricKind, "ratio">, prior: object): Fault[] {
  const own = PARAMETERS[kind];
  return Object.keys(prior)
    .filter((name) => !own.includes(name))
    .map((name) => ({
      path: ["prior", name],
      message: `does not belong to the prior of a ${kind}, which has ${own.join(", ")}`,
    }));
}

/** What nobody can learn from; on the scale of differences only counts tell what a typical effect is. */
function pastExperimentFaults({ effects }: MetricDefinition): Fault[] {
  if (effects === undefined || !("pastExperiments" in effects)) return [];
  const { pastExperiments, scale = "log-lift" } = effects;
  const faults = faultsOf(() => effectTable("effects.pastExperiments", pastExperiments, scale));
  if (faults.length > 0 || scale === "log-lift" || pastExperiments.every((past) => "control" in past)) {
    return faults;
  }
  return [
    { path: ["effects", "scale"], message: "must be log-lift unless all past experiments are joint counts" },
  ];
}

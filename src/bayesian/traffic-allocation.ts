import { checkBetween, checkObject } from "../core/checks.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { bestArm } from "./best-arm.ts";
import { type ArmModel, armPosteriors, type ArmPrior, type SeveralArms } from "./several-arms.ts";
import { sharesWithFloor } from "./shares-with-floor.ts";
import { exp } from "../numerics/elementary/exp.ts";

/** The arms so far, and the least that each is to get. */
export type AllocationOptions = SeveralArms & {
  /** The smallest share of traffic that any arm is to get, from 0 to 1 / number of arms; 0 unless said. */
  readonly floor?: number | undefined;
};

/** One arm's part of the traffic. */
export interface ArmShare {
  readonly name: string;
  /** Of the next units; the shares add up to 1. */
  readonly share: number;
  /** P(its parameter is the highest of all). */
  readonly probabilityBest: number;
  readonly logProbabilityBest: number;
}

/** What the functions that allocate traffic find. */
export interface TrafficAllocation<Kind extends string> extends Result<Kind> {
  readonly model: ArmModel;
  readonly prior: ArmPrior;
  readonly floor: number;
  /** In the order given. */
  readonly arms: readonly ArmShare[];
}

const CAVEAT: Warning = {
  code: "ADAPTIVE_ALLOCATION",
  message:
    "Where shares follow the data, an arm that starts badly is seen less and stays underestimated: sample means are biased, and the fixed-horizon p-values and intervals of this library do not hold for such data.",
};

/** Shares of traffic by a rule that turns the logs of the probabilities to be best into shares. */
export function allocateTraffic<Kind extends string>(
  kind: Kind,
  method: string,
  options: AllocationOptions,
  rule: (logProbabilitiesBest: readonly number[]) => number[],
): TrafficAllocation<Kind> {
  checkObject("options", options);
  const { floor = 0 } = options;
  const { model, prior, names, marginals, warnings, assumptions } = armPosteriors(options);
  checkBetween("floor", floor, 0, 1 / names.length);
  const logs = bestArm(marginals).map(({ logProbabilityBest }) => logProbabilityBest);
  const shares = sharesWithFloor(rule(logs), floor);
  return {
    kind,
    method,
    model,
    prior,
    floor,
    arms: names.map((name, i) => ({
      name,
      share: shares[i]!,
      probabilityBest: exp(logs[i]!),
      logProbabilityBest: logs[i]!,
    })),
    warnings: [CAVEAT, ...warnings],
    assumptions,
  };
}

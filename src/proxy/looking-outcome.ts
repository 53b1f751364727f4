import { sumOf } from "../numerics/sum.ts";
import type { AssistedLook } from "./assisted-look.ts";
import type { CompleteEffectNode } from "./effect-covariance.ts";
import { falseShipRate } from "./false-ships.ts";
import type { LookingErrors } from "./looking-errors.ts";
import { shippingOutcome } from "./shipping-rule.ts";

/** What a rule does to changes of the population. */
export interface RuleOutcome {
  /** Share of the changes without macro effect that ship. */
  readonly falseShipRate: number;
  /** Share of all changes that ship. */
  readonly shipShare: number;
  /** Share of those that ship which lose macro conversions; 0 where nothing ships. */
  readonly wrongShipShare: number;
  /** Expected true macro effect per change tested, on the scale of the effects; 0 for one that does not ship. */
  readonly expectedGain: number;
}

/** What comes of looking several times, against looking once at the end. */
export interface LookingOutcome {
  /** Shipping at the first look at which the rule allows it. */
  readonly everyLook: RuleOutcome & {
    /** Mean day of shipping, of the changes that ship; null where none does. */
    readonly meanShipDay: number | null;
  };
  /** The same rule, looked at on the last day alone. */
  readonly lastLook: RuleOutcome;
  /** Behind `everyLook` where it is simulated; null where it is computed: for one known normal distribution of effects. */
  readonly simulation: {
    readonly draws: number;
    readonly falseShipRateStandardError: number;
    readonly expectedGainStandardError: number;
  } | null;
}

export function lookingOutcome(
  nodes: readonly CompleteEffectNode[],
  looks: readonly AssistedLook[],
  { criticalValue, crossings, simulated }: LookingErrors,
): LookingOutcome {
  const everyRate = sumOf(crossings.falseShips);
  const shipShare = sumOf(crossings.ships);
  const { rule, error } = looks.at(-1)!;
  const last = { ...rule, threshold: rule.threshold + criticalValue * error };
  const { gain, shipShare: lastShare, wrongShipShare } = shippingOutcome(nodes, last);
  return {
    everyLook: {
      falseShipRate: everyRate,
      shipShare,
      wrongShipShare: shipShare > 0 ? Math.min(1, crossings.wrongShips / shipShare) : 0,
      expectedGain: crossings.gain,
      meanShipDay:
        shipShare > 0
          ? crossings.ships.reduce((sum, share, i) => sum + share * looks[i]!.day, 0) / shipShare
          : null,
    },
    lastLook: {
      falseShipRate: falseShipRate(nodes, last),
      shipShare: lastShare,
      wrongShipShare,
      expectedGain: gain,
    },
    simulation:
      simulated === null
        ? null
        : {
            draws: simulated.draws,
            falseShipRateStandardError: Math.sqrt((everyRate * Math.max(0, 1 - everyRate)) / simulated.draws),
            expectedGainStandardError: simulated.gainStandardError,
          },
  };
}

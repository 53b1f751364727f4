import { checkNonNegative } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { dividedTraffic } from "./divided-traffic.ts";
import { checkTraffic, type Traffic } from "./traffic.ts";

/** How units enter: exactly one of the four. */
export interface TrafficOptions {
  /** New units per day that enter the control arm, at or above 0. */
  readonly unitsPerDay?: number | undefined;
  /** New units per day that enter all arms together, at or above 0. */
  readonly totalUnitsPerDay?: number | undefined;
  /** How units enter the control arm, where not as many every day. */
  readonly traffic?: Traffic | undefined;
  /** The same for all arms together. */
  readonly totalTraffic?: Traffic | undefined;
}

const WAYS = ["unitsPerDay", "totalUnitsPerDay", "traffic", "totalTraffic"] as const;

/**
 * The traffic of the control arm.
 *
 * @param arms - units of all arms over those of control
 */
export function controlTraffic(options: TrafficOptions, arms: number): Traffic {
  const [way, other] = WAYS.filter((name) => options[name] !== undefined);
  if (way === undefined) {
    throw new DomainError(
      "unitsPerDay",
      undefined,
      `must be given, or instead of it one of ${WAYS.slice(1).join(", ")}`,
    );
  }
  if (other !== undefined) {
    throw new DomainError(other, options[other], `must be left out where ${way} is given`);
  }
  const given = options[way]!;
  if (typeof given === "object") checkTraffic(way, given);
  else checkNonNegative(way, given);
  const traffic = typeof given === "object" ? given : { unitsPerDay: given };
  return way.startsWith("total") ? dividedTraffic(traffic, arms) : traffic;
}

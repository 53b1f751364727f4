import type { Warning } from "../core/warning.ts";
import type { Traffic } from "./traffic.ts";

/** Says why a traffic never brings as many units as are needed. */
export function outOfReach(traffic: Traffic, unitsNeeded: number): Warning {
  if ("unitsPerDay" in traffic && traffic.unitsPerDay === 0) {
    return { code: "NO_TRAFFIC", message: "No units enter the experiment, so it never reaches its size." };
  }
  if ("cumulativeUnits" in traffic && unitsNeeded < Infinity) {
    return {
      code: "TRAFFIC_ENDS",
      message: `Too few units enter within the ${traffic.cumulativeUnits.length} days of the traffic's curve, and what comes after them is not known.`,
    };
  }
  return { code: "UNREACHABLE", message: "The size asked for is out of reach of any traffic." };
}

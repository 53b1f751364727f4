import type { Traffic } from "./traffic.ts";

/** One of so many equal parts of a traffic, fractions included. */
export function dividedTraffic(traffic: Traffic, parts: number): Traffic {
  if ("unitsPerDay" in traffic) return { ...traffic, unitsPerDay: traffic.unitsPerDay / parts };
  if ("unitsPerWeekday" in traffic) {
    return { ...traffic, unitsPerWeekday: traffic.unitsPerWeekday.map((units) => units / parts) };
  }
  if ("firstDayUnits" in traffic) return { ...traffic, firstDayUnits: traffic.firstDayUnits / parts };
  return { ...traffic, cumulativeUnits: traffic.cumulativeUnits.map((units) => units / parts) };
}

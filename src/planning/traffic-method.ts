import type { Traffic } from "../models/traffic.ts";

/** How units enter: as many every day, by weekday, as visitors that return, or along a curve. */
export type TrafficMethod = "constant-traffic" | "weekday-traffic" | "returning-units" | "traffic-curve";

export function trafficMethod(traffic: Traffic): TrafficMethod {
  if ("unitsPerDay" in traffic) return "constant-traffic";
  if ("unitsPerWeekday" in traffic) return "weekday-traffic";
  return "firstDayUnits" in traffic ? "returning-units" : "traffic-curve";
}

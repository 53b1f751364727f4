import type { Traffic } from "./traffic.ts";
import { pow } from "../numerics/elementary/pow.ts";

/** What a duration rests on, as far as the traffic goes. */
export function trafficAssumptions(traffic: Traffic): readonly string[] {
  return [
    shapeAssumption(traffic),
    ...(traffic.rampUp === undefined
      ? []
      : [
          "While the experiment ramps up, the share of the traffic that is let in is split over the arms as later on.",
        ]),
  ];
}

function shapeAssumption(traffic: Traffic): string {
  if ("unitsPerDay" in traffic) {
    return "Traffic is the same every day, and each unit counts once, on the day it first enters.";
  }
  if ("unitsPerWeekday" in traffic) {
    return "Traffic is the same every week, and each unit counts once, on the day it first enters.";
  }
  if ("firstDayUnits" in traffic) {
    return `Visitors return and count once: twice the days bring ${figure(pow(2, traffic.growthExponent))} times the units.`;
  }
  return `Units enter as they did in the ${traffic.cumulativeUnits.length} days that were counted, and none are known of afterwards.`;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}

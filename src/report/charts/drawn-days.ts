import type { Estimate } from "../../core/estimate.ts";
import type { DayAnalysis } from "../../experiment/day-analysis.ts";
import { warnsOf } from "../closing.ts";
import { type EffectAxis, effectAxis } from "./effect-axis.ts";
import type { ForestEffect } from "./forest.ts";
import type { Point } from "./plot.ts";
import { expm1 } from "../../numerics/elementary/expm1.ts";
import { log2 } from "../../numerics/elementary/log2.ts";
import { pow } from "../../numerics/elementary/pow.ts";

/** An effect over the days as it is drawn: as lifts, or as differences. */
export interface DrawnDays {
  readonly axis: EffectAxis;
  /** The days that have a finite effect. */
  readonly days: readonly DrawnDay[];
  /** All days up to each one together, where that has an interval. */
  readonly soFar: readonly (DrawnEffect & { readonly day: number })[];
  /** How the effect goes with the days; empty where no change is seen. */
  readonly course: readonly Point[];
  readonly overall: DrawnEffect | null;
  /** What to expect of later days. */
  readonly later: DrawnEffect | null;
}

export interface DrawnEffect extends ForestEffect {
  readonly estimate: number;
}

export interface DrawnDay extends DrawnEffect {
  readonly day: number;
  readonly standsOut: boolean;
}

export function drawnDays(result: DayAnalysis): DrawnDays {
  const scale = result.scale === "log-lift" ? "lift" : "difference";
  const value = scale === "lift" ? expm1 : (effect: number): number => effect;
  const effect = ({ estimate, interval: { lower, upper } }: Estimate): DrawnEffect | null =>
    estimate === null
      ? null
      : {
          estimate: value(estimate),
          interval: { lower: value(lower), upper: value(upper), excluded: null },
        };
  const outlier = warnsOf(result, "DAY_STANDS_OUT") ? result.outlier!.day : null;
  return {
    axis: effectAxis(scale, result.metric === "proportion"),
    days: result.days.flatMap((day) => {
      const { estimate, interval } = day[scale];
      const isDrawn = estimate !== null && Number.isFinite(estimate);
      return isDrawn ? [{ day: day.day, estimate, interval, standsOut: day.day === outlier }] : [];
    }),
    soFar: result.days.flatMap(({ day, cumulative }) => {
      const drawn = effect(cumulative);
      return drawn === null ? [] : [{ day, ...drawn }];
    }),
    course: courseOf(result).map(({ x, y }) => ({ x, y: value(y) })),
    overall: effect(result.overall),
    later: effect(result.longRun),
  };
}

const CURVE_POINTS = 60;

/** The decay, where the days tell it, or else the line; on the scale of the analysis. */
function courseOf({ pattern, trend, decay, by, days }: DayAnalysis): Point[] {
  if (trend === null || pattern === "none-seen" || pattern === "undetermined") return [];
  const used = days.filter(({ effect }) => effect !== null);
  const [first, last] = [used[0]!.day, used.at(-1)!.day];
  const halfLife = decay?.halfLife.estimate ?? null;
  const level = decay?.longRun.estimate ?? null;
  const excess = decay?.excess ?? null;
  const slope = trend.slope.estimate!;
  const at = (day: number): number => {
    if (halfLife !== null && level !== null && excess !== null) {
      return level + excess * pow(2, -(day - first) / halfLife);
    }
    return trend.first + slope * (by === "day-of-exposure" ? log2(day / first) : day - first);
  };
  return Array.from({ length: CURVE_POINTS + 1 }, (_, k) => {
    const day = first + ((last - first) * k) / CURVE_POINTS;
    return { x: day, y: at(day) };
  });
}

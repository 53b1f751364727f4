import type { Interval } from "../../core/interval.ts";
import { effectFigure } from "../figures.ts";
import { type EffectAxis, effectAxis } from "./effect-axis.ts";
import { expm1 } from "../../numerics/elementary/expm1.ts";

/** How effects of a proxy and of sales are drawn: log-lifts as the lifts that people read. */
export interface ReadScale {
  readonly at: (effect: number) => number;
  /** Of an effect on its own scale. */
  readonly format: (effect: number) => string;
  readonly axis: EffectAxis;
}

export function readScale(scale: "difference" | "log-lift"): ReadScale {
  const isLift = scale === "log-lift";
  return {
    at: isLift ? expm1 : (effect) => effect,
    format: effectFigure(scale),
    axis: effectAxis(isLift ? "lift" : "difference", true),
  };
}

/** An interval of effects where it is drawn. */
export function readInterval({ at }: ReadScale, interval: Interval): Interval {
  return { ...interval, lower: at(interval.lower), upper: at(interval.upper) };
}

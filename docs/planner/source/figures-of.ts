import { toJson } from "../../../src/core/json.ts";
import type { WorkedOut } from "./work-out.ts";

/** The figures of the page unrounded, as JSON that keeps infinities: for tests, and for who reads pages by machine. */
export function figuresOf({ plan, proxy, decision, detectable }: WorkedOut): string {
  const { speedup, decision: beside } = proxy.detection;
  return toJson({
    metrics: plan.metrics.map(({ name, sampleSize: { control, treatment, total }, duration }) => ({
      name,
      control,
      treatment,
      total,
      days: duration!.days,
    })),
    detectable: detectable.map(({ weeks, macro, micro }) => ({
      weeks,
      macro: macro?.lift ?? null,
      micro: micro?.lift ?? null,
    })),
    detectionSpeedup: speedup,
    decisionSpeedup: beside.speedup,
    assistedSpeedup: decision?.speedupAssisted ?? null,
    ceiling: beside.ceiling,
    crossoverN: beside.crossoverN,
  });
}

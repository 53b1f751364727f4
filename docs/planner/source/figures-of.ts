import { toJson } from "../../../src/core/json.ts";
import type { WorkedOut } from "./work-out.ts";

/** The figures of the page unrounded, as JSON that keeps infinities: for tests, and for who reads pages by machine. */
export function figuresOf({ table, proxy, decision, detectable }: WorkedOut): string {
  const { speedup, decision: beside } = proxy.detection;
  return toJson({
    metrics: table.rows.map(({ name, control, treatment, total, days }) => ({
      name,
      control,
      treatment,
      total,
      days,
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

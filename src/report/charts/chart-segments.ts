import type { SegmentAnalysis, SegmentEffect } from "../../experiment/segment-analysis.ts";
import { segmentFinding } from "../describe-segments.ts";
import { percent } from "../figures.ts";
import { capital, quoted } from "../labels.ts";
import { effectAxis } from "./effect-axis.ts";
import { firstRows, forest, type ForestRow } from "./forest.ts";
import type { VegaLiteSpec } from "./vega-lite-spec.ts";

/** Each segment by itself, and below it what remains of it beside the others; at the end all segments together. */
export function chartSegments(result: SegmentAnalysis): VegaLiteSpec {
  const scale = result.scale === "log-lift" ? "lift" : "difference";
  const axis = effectAxis(scale, result.crude?.kind === "proportion-comparison");
  const { pooled } = result;
  const [rows, leftOut] = firstRows(result.segments.flatMap((segment) => rowsOf(segment, scale)));
  const all: ForestRow[] =
    pooled === null ? [] : [{ name: "All segments together", effect: pooled[scale], shape: "whole" }];
  const weighed = rows.some(({ shape }) => shape === "weighed")
    ? " Circles: the same weighed against the other segments, which is what to expect of it."
    : "";
  return forest(
    {
      finding: segmentFinding(result),
      detail: `${capital(scale)} by ${quoted(result.segmentation)}, with ${percent(result.confidenceLevel)} intervals. Squares: each segment by itself.${weighed}${leftOut}`,
    },
    [...rows, ...all],
    axis,
  );
}

function rowsOf({ name, comparison, shrunken }: SegmentEffect, scale: "lift" | "difference"): ForestRow[] {
  const weighed = scale === "lift" ? shrunken?.lift : shrunken;
  return [
    { name, effect: comparison?.[scale] ?? null },
    ...(weighed === null || weighed === undefined
      ? []
      : [{ name: "weighed", effect: weighed, shape: "weighed" } as const]),
  ];
}

import type { ExperimentData, SegmentationData } from "./experiment-data.ts";
import { duplicateFaults, type Fault, type Path } from "./fault.ts";
import type { MetricIndex } from "./metric-index.ts";
import { overlapFaults, type Part, partFaults } from "./part-faults.ts";

/** Faults of the ways in which a document splits its units up. */
export function segmentationFaults(
  { arms, segmentations = [] }: ExperimentData,
  index: MetricIndex,
): Fault[] {
  return [
    ...duplicateFaults(
      segmentations.map(({ name }) => name),
      (i) => ["segmentations", i, "name"],
    ),
    ...segmentations.flatMap((segmentation, i) => {
      const at: Path = ["segmentations", i];
      const parts = segmentation.segments.map((segment, k): Part => {
        return { arms: segment.arms, at: [...at, "segments", k] };
      });
      return [
        ...duplicateFaults(
          segmentation.segments.map(({ name }) => name),
          (k) => [...at, "segments", k, "name"],
        ),
        ...measuredFaults(segmentation, at),
        ...partFaults(parts, arms, index),
        ...overlapFaults(parts, arms, "segments"),
      ];
    }),
  ];
}

function measuredFaults({ measured, basedOn }: SegmentationData, at: Path): Fault[] {
  if (measured === "before-exposure") return [];
  const cause = basedOn === undefined ? "the treatment" : `the treatment, which may move "${basedOn}",`;
  const message = `must be before-exposure: ${cause} decides who is in which segment, so that an effect within one compares different people`;
  return [{ path: [...at, "measured"], message }];
}

import type { Proportion } from "../summaries/proportion.ts";
import type { IntervalEnds } from "./interval-ends.ts";
import type { TestBasis } from "./proportion-test.ts";
import type { NormalConfidence } from "./two-proportions.ts";

type WriteEnds = (
  control: Proportion,
  treatment: Proportion,
  confidence: NormalConfidence,
  ends: IntervalEnds,
) => void;

/** The numbers of a test of two proportions, without an object for each: what single calls and batches share. */
export interface RowTest {
  readonly basis: TestBasis;
  /** z; null where there is no variance to judge by. */
  readonly statistic: (control: Proportion, treatment: Proportion) => number | null;
  readonly differenceEnds: WriteEnds;
  readonly liftEnds: WriteEnds;
}

import type { JointCounts } from "../summaries/joint-counts.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { ArmTables } from "./scored-estimate.ts";

/** Both arms in one table. */
export function pooledTable({ control, treatment }: ArmTables): JointCounts {
  return {
    neither: control.neither + treatment.neither,
    macroOnly: control.macroOnly + treatment.macroOnly,
    microOnly: control.microOnly + treatment.microOnly,
    both: control.both + treatment.both,
  };
}

/** Macro conversions among the micro converters. */
export function amongConverters({ microOnly, both }: JointCounts): Proportion {
  return { n: microOnly + both, conversions: both };
}

/** Macro conversions among all others. */
export function amongOthers({ neither, macroOnly }: JointCounts): Proportion {
  return { n: neither + macroOnly, conversions: macroOnly };
}

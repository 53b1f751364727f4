import type { AnalysisTerms } from "./analysis-terms.ts";
import type { ArmData } from "./experiment-data.ts";
import { type MacroLook, macroLooks } from "./macro-looks.ts";
import { readAlwaysValid } from "./read-always-valid.ts";
import { readGroupSequential } from "./read-group-sequential.ts";
import type { SequentialReadout } from "./sequential-readout.ts";

/** Reads the macro metric of a watched test; null for one that is read once, and where nothing can be read yet. */
export function readSequential(terms: AnalysisTerms, treatment: ArmData): SequentialReadout | null {
  if (terms.watch === null) return null;
  const planned = {
    control: terms.plannedN(terms.control) ?? Infinity,
    treatment: terms.plannedN(treatment) ?? Infinity,
  };
  const looks = macroLooks(terms, treatment);
  const isPlanned = Number.isSafeInteger(planned.control) && Number.isSafeInteger(planned.treatment);
  if (!isPlanned || looks.length === 0) return null;
  const read = terms.watch.design === null ? readAlwaysValid : readGroupSequential;
  const readout = read(terms, looks, planned);
  return { ...readout, assumptions: [...readout.assumptions, ...levelAssumptions(terms, looks)] };
}

/** What it takes to watch events as a mean. */
function levelAssumptions({ macro }: AnalysisTerms, looks: readonly MacroLook[]): string[] {
  if (macro.kind !== "count") return [];
  return looks.some(({ isPoisson }) => isPoisson)
    ? [
        "Events per unit are watched as a mean. No variance of them is given, and that of Poisson counts is taken, their mean: where the events of one unit come in bunches, false alarms are more frequent.",
      ]
    : ["Events per unit are watched as a mean, by the variance between units."];
}

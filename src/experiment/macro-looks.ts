import type { Mean } from "../summaries/mean.ts";
import type { Proportion } from "../summaries/proportion.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { maturedN, meanOf, proportionOf } from "./arm-results.ts";
import type { ArmData } from "./experiment-data.ts";

/** Both arms at one look. */
export interface MacroLook {
  readonly arms: TwoArms<Proportion> | TwoArms<Mean>;
  readonly entered: TwoArms<number>;
  readonly matured: TwoArms<number>;
}

/** What the macro metric of control and one treatment was at each look, this one last; without looks that show nothing. */
export function macroLooks(terms: AnalysisTerms, treatment: ArmData): readonly MacroLook[] {
  const { control, macro, earlierLooks } = terms;
  const looks = [
    ...earlierLooks.map(({ arms }) => ({
      control: arms.find(({ name }) => name === control.name)!,
      treatment: arms.find(({ name }) => name === treatment.name)!,
    })),
    { control, treatment },
  ];
  return looks.flatMap((look): MacroLook[] => {
    const entered = { control: look.control.n, treatment: look.treatment.n };
    const matured = { control: maturedN(look.control, macro), treatment: maturedN(look.treatment, macro) };
    const fewest = Math.min(matured.control, matured.treatment);
    if (macro.kind === "proportion") {
      const arms = {
        control: proportionOf(look.control, macro),
        treatment: proportionOf(look.treatment, macro),
      };
      return fewest >= 1 ? [{ arms, entered, matured }] : [];
    }
    const arms = { control: meanOf(look.control, macro), treatment: meanOf(look.treatment, macro) };
    const varies = arms.control.variance > 0 || arms.treatment.variance > 0;
    return fewest >= 2 && varies ? [{ arms, entered, matured }] : [];
  });
}

import { ratioArm } from "../models/ratio-levels.ts";
import type { LookArms } from "../sequential/arms-scale.ts";
import type { Arm } from "../inference/arm-family.ts";
import type { Count } from "../summaries/count.ts";
import type { Mean } from "../summaries/mean.ts";
import type { Ratio } from "../summaries/ratio.ts";
import type { TwoArms } from "../summaries/two-arms.ts";
import type { AnalysisTerms } from "./analysis-terms.ts";
import { maturedN, summaryOf } from "./arm-results.ts";
import { hasEnoughUnits } from "./enough-units.ts";
import type { ArmData } from "./experiment-data.ts";

/** Both arms at one look, a count as the mean of its events. */
export interface MacroLook {
  readonly arms: LookArms;
  readonly entered: TwoArms<number>;
  readonly matured: TwoArms<number>;
  /** Whether events were taken for Poisson ones, for want of a variance. */
  readonly isPoisson: boolean;
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
    const seen = [summaryOf(look.control, macro), summaryOf(look.treatment, macro)];
    const [first, second] = seen.map(levelOf);
    const arms = { control: first, treatment: second } as LookArms;
    if (!showsSomething(arms)) return [];
    const entered = { control: look.control.n, treatment: look.treatment.n };
    const matured = { control: maturedN(look.control, macro), treatment: maturedN(look.treatment, macro) };
    const isPoisson = seen.some((arm) => "events" in arm && arm.variance === undefined);
    return [{ arms, entered, matured, isPoisson }];
  });
}

/** What a watched test reads: of a count the level of its events, with the variance of Poisson ones where none is known. */
function levelOf(arm: Arm): Exclude<Arm, Count> {
  if (!("events" in arm)) return arm;
  const { n, events, variance } = arm;
  const mean = n === 0 ? 0 : events / n;
  return { n, mean, variance: variance ?? mean };
}

/** Whether there are units enough, and a variance to judge by. */
function showsSomething({ control, treatment }: LookArms): boolean {
  if (!(hasEnoughUnits(control) && hasEnoughUnits(treatment))) return false;
  if ("conversions" in control) return true;
  if ("mean" in control) return control.variance > 0 || (treatment as Mean).variance > 0;
  const errors = [control, treatment as Ratio].map((arm) => ratioArm("", arm).standardError);
  return errors.every((error) => error !== null) && errors.some((error) => error! > 0);
}

import type { Warning } from "../core/warning.ts";
import type { FunnelStepEffect } from "./funnel-analysis.ts";
import type { FunnelArms } from "./funnel-counts.ts";
import { pFigure, units } from "./figures.ts";

/** Arms that differ in size by more than this are seldom planned, and often arms that were counted differently. */
const UNEQUAL = 10;

/** What to mind when reading a funnel. */
export function funnelCautions(
  arms: FunnelArms,
  steps: readonly FunnelStepEffect[],
  alpha: number,
): Warning[] {
  const { control, treatment } = arms;
  const names = steps.map(({ name }) => name);
  const warnings: Warning[] = [];
  const changed = steps.find(({ effect }, k) => k < steps.length - 1 && effect.pValue! < alpha);
  if (changed) {
    warnings.push({
      code: "COMPOSITION",
      message: `The arms differ at "${changed.name}" already (${pFigure(changed.effect.pValue!)}): other units reach the later steps in one arm than in the other, and conditional effects there mix what the treatment did with whom it let through.`,
    });
  }
  for (const arm of ["control", "treatment"] as const) {
    const empty = arms[arm].reached.indexOf(0);
    if (empty >= 0) {
      warnings.push({
        code: "EMPTY_STEP",
        message: `No unit of the ${arm} took "${names[empty]!}": its part of the effect has no finite size, and the parts after it cannot be known.`,
      });
    }
  }
  const full = names.filter((_, k) =>
    [control, treatment].every(
      ({ n, reached }) => reached[k]! > 0 && reached[k] === (k === 0 ? n : reached[k - 1]),
    ),
  );
  if (full.length > 0) {
    warnings.push({
      code: "NO_DROP_OFF",
      message: `Every unit that could took ${listed(full)} in both arms: nothing can be learned of ${full.length === 1 ? "this step" : "these steps"}.`,
    });
  }
  const small = steps.filter((step) => isSmall(step)).map(({ name }) => name);
  if (small.length > 0) {
    warnings.push({
      code: "SMALL_COUNTS",
      message: `Few units took, or few left out, ${listed(small)}: p-values and intervals are rough there.`,
    });
  }
  const [fewer, more] = [Math.min(control.n, treatment.n), Math.max(control.n, treatment.n)];
  if (more > UNEQUAL * fewer) {
    warnings.push({
      code: "UNEQUAL_ARMS",
      message: `One arm has ${units(more)} units and the other ${units(fewer)}: see that both were counted over the same days, and test the sample ratio.`,
    });
  }
  return warnings;
}

function isSmall({ effect, conditional }: FunnelStepEffect): boolean {
  return [effect, conditional].some((test) => test?.warnings.some(({ code }) => code === "SMALL_COUNTS"));
}

function listed(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

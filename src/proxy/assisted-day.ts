import { assistedEquivalentN } from "./assisted-equivalent-n.ts";
import { type AssistedLook, assistedLook, assistedScore } from "./assisted-look.ts";
import { cohortEffects } from "./cohort-effects.ts";
import type { CohortReading } from "./cohort-reading.ts";
import type { CompleteEffectNode, EffectScale } from "./effect-covariance.ts";
import type { ExposureDay } from "./exposure-day.ts";
import type { LookingErrors } from "./looking-errors.ts";
import { speedupOverMacro } from "./macro-equivalent-n.ts";
import { macroMixture, type MacroPosterior, readMacroPosterior } from "./macro-posterior.ts";
import { sumOf } from "../numerics/sum.ts";
import type { UnitCovariance } from "./unit-covariance.ts";

/** What one look shows, and what looking until then does. */
export interface AssistedDay {
  /** The look is at the end of this day, 1 for the first. */
  readonly day: number;
  /** Units per arm whose micro conversion is known. */
  readonly nProxy: number;
  /** Units per arm whose sales are known; those of cohorts that are read in part count by what they tell. */
  readonly nMacro: number;
  /** Null where counts are missing, as on days to come, or give no effect on this scale. */
  readonly proxyEffect: number | null;
  /** From the sales read so far alone; null where they give no effect. */
  readonly macroEffect: number | null;
  /** Of the true macro effect, from both; null where `proxyEffect` is. */
  readonly posterior: MacroPosterior | null;
  /** The posterior mean over its root mean square error: ships above the score of `shipThreshold`. */
  readonly score: number | null;
  /** Whether the rule ships at this look; null where `proxyEffect` is. */
  readonly ships: boolean | null;
  /** Macro units per arm that decide as well as all that is known by this day. */
  readonly macroEquivalentN: number;
  /** macroEquivalentN over nMacro; Infinity while no sale is read. */
  readonly speedupOverMacro: number;
  /** Share of all changes that have shipped by this day. */
  readonly shipsBy: number;
  /** Share of the changes without macro effect that have. */
  readonly falseShipsBy: number;
}

export interface DaySetting {
  readonly nodes: readonly CompleteEffectNode[];
  readonly sampling: UnitCovariance;
  readonly days: readonly ExposureDay[];
  /** By age. */
  readonly readings: readonly CohortReading[];
  readonly scale: EffectScale;
  readonly confidenceLevel: number;
}

export function readDay(
  setting: DaySetting,
  look: AssistedLook,
  { criticalValue, crossings }: LookingErrors,
  index: number,
): AssistedDay {
  const { nodes, sampling } = setting;
  const { day, nProxy, nMacro, sizes } = look;
  const macroEquivalentN = assistedEquivalentN({ nodes, sampling, rule: { kind: "posterior-mean" } }, sizes);
  return {
    day,
    nProxy,
    nMacro,
    ...whatItShows(setting, look, criticalValue),
    macroEquivalentN,
    speedupOverMacro: speedupOverMacro(macroEquivalentN, nMacro),
    shipsBy: sumOf(crossings.ships.slice(0, index + 1)),
    falseShipsBy: sumOf(crossings.falseShips.slice(0, index + 1)),
  };
}

type Shown = Pick<AssistedDay, "proxyEffect" | "macroEffect" | "posterior" | "score" | "ships">;

function whatItShows(
  { nodes, sampling, days, readings, scale, confidenceLevel }: DaySetting,
  planned: AssistedLook,
  criticalValue: number,
): Shown {
  const effects = cohortEffects(days, planned.day, readings, sampling, scale);
  if (effects === null) {
    return { proxyEffect: null, macroEffect: null, posterior: null, score: null, ships: null };
  }
  const { proxyEffect, macroEffect, correctedMacroEffect } = effects;
  // Sales without an effect on this scale are left out as if there were none.
  const look =
    correctedMacroEffect === null ? assistedLook(nodes, sampling, { ...planned, nRest: 0 }) : planned;
  const observed = { proxy: proxyEffect, macro: correctedMacroEffect ?? 0 };
  const score = assistedScore(look, observed.proxy, observed.macro);
  return {
    proxyEffect,
    macroEffect,
    posterior: readMacroPosterior(macroMixture(nodes, sampling, look.sizes, observed), confidenceLevel),
    score,
    ships: score > criticalValue,
  };
}

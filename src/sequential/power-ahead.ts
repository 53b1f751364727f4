import type { Result } from "../core/result.ts";
import { sumOf } from "../numerics/sum.ts";
import type { DesignRules } from "./actual-boundaries.ts";
import { type DriftBelief, exitsAhead } from "./exits-ahead.ts";
import type { ReadLooks } from "./read-looks.ts";

/** How likely an experiment is to end significant, given what was seen of it. */
export interface PowerAhead<Kind extends string> extends Result<Kind> {
  /** Probability of a rejection at a look to come, on either side of a two-sided design; 1 or 0 after the end. */
  readonly power: number;
  /** Its part for a better treatment, and for a worse one. */
  readonly sides: { readonly greater: number; readonly less: number };
  /** Probability of stopping for futility at a look to come. */
  readonly futility: number;
  /** The looks to come; none after the end. */
  readonly looks: readonly LookAhead[];
}

/** A look to come. */
export interface LookAhead {
  readonly information: number;
  /** Boundaries counted towards the alternative, as in the design. */
  readonly efficacy: number;
  readonly futility: number | null;
  /** Probability of a rejection by then. */
  readonly cumulativePower: number;
}

export const POWER_AHEAD_ASSUMPTIONS: readonly string[] = [
  "The looks to come are at the planned information, and futility boundaries are heeded.",
  "Units are independent of each other, and those to come are like those seen.",
];

/** The figures of `PowerAhead` for a belief about the drift of treatment against control. */
export function powerAhead(
  design: DesignRules,
  { looks, walks, stop }: ReadLooks,
  belief: DriftBelief,
): Omit<PowerAhead<string>, keyof Result> {
  const isLess = design.alternative === "less";
  if (stop !== null) {
    const power = stop.decision === "reject" ? 1 : 0;
    const isGreater = looks[stop.at]!.z > 0;
    const sides = { greater: isGreater ? power : 0, less: isGreater ? 0 : power };
    return { power, sides, futility: stop.decision === "futility" ? 1 : 0, looks: [] };
  }
  const seen = looks.at(-1)!;
  const { efficacy, isTwoSided, looks: all } = walks.walk;
  const ahead = {
    information: all.slice(looks.length).map(({ information }) => information),
    efficacy: efficacy.slice(looks.length),
    futility: all.slice(looks.length).map((_, i) => walks.walk.futility[looks.length + i] ?? null),
    isTwoSided,
  };
  const towards = (value: number): number => (isLess ? 0 - value : value);
  const exits = exitsAhead({ information: seen.information, z: towards(seen.z) }, ahead, {
    mean: towards(belief.mean),
    variance: belief.variance,
  });
  const rejection = sumOf(exits.map((exit) => exit.rejection));
  const wrongSide = sumOf(exits.map((exit) => exit.wrongSide));
  let cumulativePower = 0;
  return {
    power: rejection + wrongSide,
    sides: isLess ? { greater: wrongSide, less: rejection } : { greater: rejection, less: wrongSide },
    futility: sumOf(exits.map((exit) => exit.futility)),
    looks: exits.map((exit, i) => ({
      information: ahead.information[i]!,
      efficacy: ahead.efficacy[i]!,
      futility: ahead.futility[i]!,
      cumulativePower: (cumulativePower += exit.rejection + exit.wrongSide),
    })),
  };
}

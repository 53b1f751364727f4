import { checkBoolean, checkObject } from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import { actualBoundaries, allLooks, type DesignRules } from "./actual-boundaries.ts";
import { checkDesign } from "./check-design.ts";
import { type LooksOptions, type StandardLook, standardLooks } from "./group-sequential-look.ts";
import { SMALLEST_STEP } from "./information-rates.ts";
import type { DesignWalks } from "./solve-design.ts";
import { isSpendingFunction } from "./spending.ts";

/** A group-sequential design and what was seen of the experiment so far. */
export interface GroupSequentialLooksOptions extends LooksOptions {
  /** What `groupSequentialDesign` returned. */
  readonly design: DesignRules;
  /** Whether the last look ends the experiment below the planned information; false unless said. */
  readonly final?: boolean | undefined;
}

/** How an experiment ended. */
export interface Stop {
  /** Index of the look. */
  readonly at: number;
  readonly decision: "reject" | "futility" | "accept";
}

/** The looks so far against the boundaries of a design. */
export interface ReadLooks {
  readonly looks: readonly StandardLook[];
  /** Boundaries of these looks and of those ahead, counted towards the alternative. */
  readonly walks: DesignWalks;
  /** Null while the experiment goes on. */
  readonly stop: Stop | null;
}

/** Checks a design and its looks, and finds the boundaries that these have. */
export function readLooks(options: GroupSequentialLooksOptions): ReadLooks {
  checkObject("options", options);
  const { design, final = false } = options;
  checkDesign("design", design);
  checkBoolean("final", final);
  const looks = standardLooks(options);
  const isFinal = final || endsBySize(design, looks);
  const information = allLooks(
    design,
    looks.map((look) => look.information),
    isFinal,
  );
  const walks = actualBoundaries(design, information);
  return { looks, walks, stop: firstStop(design, looks, walks, isFinal) };
}

/** z counted towards the alternative, either side of a two-sided design. */
export function towardsAlternative({ alternative }: Pick<DesignRules, "alternative">, z: number): number {
  if (alternative === "two-sided") return Math.abs(z);
  return alternative === "greater" ? z : 0 - z;
}

/** Who is so near to the planned information has it. */
const FULL_INFORMATION = 1 - SMALLEST_STEP;

/** Whether the last look has all of the information, or is the last that a design without a spending function has. */
function endsBySize(design: DesignRules, looks: readonly StandardLook[]): boolean {
  const last = looks.length - 1;
  looks.forEach(({ information }, k) => {
    if (k < last && information > FULL_INFORMATION) {
      throw new DomainError(`looks[${k}].information`, information, "must be below 1 before the last look");
    }
  });
  if (looks[last]!.information > FULL_INFORMATION) return true;
  if (design.looks.length === 1 || isSpendingFunction(design.spending)) return false;
  if (looks.length > design.looks.length) {
    throw new DomainError(
      "looks",
      looks.length,
      `must be at most the ${design.looks.length} of a design without a spending function`,
    );
  }
  return looks.length === design.looks.length;
}

function firstStop(
  design: DesignRules,
  looks: readonly StandardLook[],
  { walk }: DesignWalks,
  isFinal: boolean,
): Stop | null {
  const last = looks.length - 1;
  for (const [at, look] of looks.entries()) {
    const z = towardsAlternative(design, look.z);
    if (z >= walk.efficacy[at]!) return { at, decision: "reject" };
    const futility = walk.futility[at] ?? null;
    // Who went on in spite of a boundary that does not bind was free to.
    const counts = at === last || design.futility?.binding === true;
    if (futility !== null && counts && z <= futility) return { at, decision: "futility" };
  }
  return isFinal ? { at: last, decision: "accept" } : null;
}

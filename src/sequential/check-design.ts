import { checkAlternative } from "../core/alternative.ts";
import {
  checkFinite,
  checkNumber,
  checkObject,
  checkOneOf,
  checkOpenUnit,
  checkPositive,
} from "../core/checks.ts";
import { DomainError } from "../core/domain-error.ts";
import type { DesignRules } from "./actual-boundaries.ts";
import { BOUNDARY_SHAPES } from "./efficacy-options.ts";
import type { GroupSequentialDesignLook } from "./group-sequential-design.ts";
import { MOST_LOOKS, SMALLEST_STEP } from "./information-rates.ts";
import { SPENDING_FUNCTIONS } from "./spending.ts";

/** Errors that are told apart from rounding. */
const ROUNDING = 1e-9;

/** Refuses what `groupSequentialDesign` would not have returned, as far as an analysis rests on it. */
export function checkDesign(field: string, design: DesignRules): void {
  checkObject(field, design);
  const { alpha, alternative, power, spending, gamma, drift, futility, looks } = design;
  checkOpenUnit(`${field}.alpha`, alpha);
  checkAlternative(`${field}.alternative`, alternative);
  checkOpenUnit(`${field}.power`, power);
  checkOneOf(`${field}.spending`, spending, [...BOUNDARY_SHAPES, ...SPENDING_FUNCTIONS, "user-defined"]);
  checkGamma(`${field}.gamma`, gamma, spending);
  checkPositive(`${field}.drift`, drift);
  if (futility !== null) {
    checkObject(`${field}.futility`, futility);
    checkOneOf(`${field}.futility.method`, futility.method, ["given", ...SPENDING_FUNCTIONS]);
    checkGamma(`${field}.futility.gamma`, futility.gamma, futility.method);
  }
  if (!Array.isArray(looks) || looks.length === 0 || looks.length > MOST_LOOKS) {
    throw new DomainError(`${field}.looks`, looks, `must be the 1 to ${MOST_LOOKS} looks of a design`);
  }
  looks.forEach((look, k) => checkLook(`${field}.looks[${k}]`, look, k === 0 ? START : looks[k - 1]!));
  checkLast(`${field}.looks[${looks.length - 1}]`, looks.at(-1)!, alpha);
}

function checkGamma(field: string, gamma: number | null, method: string): void {
  if (method === "kim-demets") checkPositive(field, gamma!);
  if (method === "hwang-shih-decani") checkFinite(field, gamma!);
}

type CheckedLook = Pick<GroupSequentialDesignLook, "information" | "cumulativeAlpha">;

const START: CheckedLook = { information: 0, cumulativeAlpha: 0 };

function checkLook(field: string, look: GroupSequentialDesignLook, before: CheckedLook): void {
  checkObject(field, look);
  const { information, efficacy, futility, cumulativeAlpha } = look;
  checkAtLeast(`${field}.information`, information, before.information + SMALLEST_STEP);
  checkAtLeast(`${field}.cumulativeAlpha`, cumulativeAlpha, before.cumulativeAlpha);
  // Only negative where alpha is above one half.
  checkAtLeast(`${field}.efficacy`, efficacy, 0);
  if (futility !== null) checkNumber(`${field}.futility`, futility);
}

function checkLast(
  field: string,
  { information, efficacy, cumulativeAlpha }: GroupSequentialDesignLook,
  alpha: number,
): void {
  if (information !== 1)
    throw new DomainError(`${field}.information`, information, "must be 1 at the last look");
  checkPositive(`${field}.efficacy`, efficacy);
  if (!(Math.abs(cumulativeAlpha / alpha - 1) <= ROUNDING)) {
    throw new DomainError(
      `${field}.cumulativeAlpha`,
      cumulativeAlpha,
      `must be alpha = ${alpha} at the last look`,
    );
  }
}

function checkAtLeast(field: string, value: number, minimum: number): void {
  if (!(typeof value === "number" && value >= minimum)) {
    throw new DomainError(field, value, `must be a number at or above ${minimum}`);
  }
}

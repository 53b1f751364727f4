import { BOUNDARY_SHAPES, type SpendingName } from "./efficacy-options.ts";
import type { FutilityDescription } from "./futility-options.ts";

/** What the errors of a design rest on. */
export function designAssumptions({
  spending,
  futility,
}: {
  readonly spending: SpendingName;
  readonly futility: FutilityDescription | null;
}): string[] {
  return [
    "Estimates at the looks are close to normal, with increments independent of what was seen before.",
    (BOUNDARY_SHAPES as readonly string[]).includes(spending)
      ? "Looks are taken as planned: other times or numbers of looks change the type I error."
      : "Looks may move, as long as their times do not depend on the effects seen.",
    ...(futility === null ? [] : [futility.binding ? BINDING : NOT_BINDING]),
  ];
}

const BINDING = "Futility boundaries bind: whoever goes on beyond one has a larger type I error.";
const NOT_BINDING = "The power counts on stopping for futility; the type I error does not.";

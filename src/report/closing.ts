import type { Alternative } from "../core/alternative.ts";
import type { Result } from "../core/result.ts";
import type { Warning } from "../core/warning.ts";
import { type Block, cautions, list, section } from "./block.ts";
import { quoted } from "./labels.ts";

/** What a result warns of, and what it rests on. */
export type Closing = Pick<Result, "warnings" | "assumptions">;

/** The end of every report: what to mind, and what the reading rests on. */
export function closing(...results: readonly Closing[]): Block[] {
  const toMind = once(results.flatMap(({ warnings }) => warnings.map(({ message }) => message)));
  const assumptions = once(results.flatMap((result) => result.assumptions));
  return [
    ...(toMind.length === 0 ? [] : [section("What to mind"), cautions(toMind)]),
    ...(assumptions.length === 0 ? [] : [section("What this rests on"), list(assumptions)]),
  ];
}

/** The same with the name of what it is about. */
export function named(name: string, { warnings, assumptions }: Closing): Closing {
  return {
    warnings: warnings.map(({ code, message }) => ({ code, message: `${quoted(name)}: ${message}` })),
    assumptions,
  };
}

/** "Cannot be determined", with the reason that the result gives. */
export function undetermined(warnings: readonly Warning[], what = "This"): string {
  const reason = warnings[0]?.message;
  return `${what} cannot be determined${reason === undefined ? "." : `: ${lowerFirst(reason)}`}`;
}

/** Whether a result carries a warning. */
export function warnsOf({ warnings }: Pick<Result, "warnings">, code: string): boolean {
  return warnings.some((warning) => warning.code === code);
}

const ALTERNATIVES: Readonly<Record<Alternative, string>> = {
  "two-sided": "either direction",
  greater: "an increase only",
  less: "a decrease only",
};

/** What a test looks for, in words. */
export function lookedFor(alternative: Alternative): string {
  return ALTERNATIVES[alternative];
}

function once(sentences: readonly string[]): string[] {
  return [...new Set(sentences)];
}

/** A sentence as the second half of another; a name or an abbreviation in capitals keeps its first letter. */
export function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z ]/.test(sentence) ? sentence[0]!.toLowerCase() + sentence.slice(1) : sentence;
}

import type { Warning } from "../core/warning.ts";
import type { DecisionBeside } from "../proxy/decision-beside.ts";
import { type Block, paragraph, section, table } from "./block.ts";
import { undetermined } from "./closing.ts";
import { amount, percent, times, units } from "./figures.ts";
import { capital, type Labels } from "./labels.ts";

// What a proxy that detects sooner is worth for the decision: it stands in every report that shows a detection speedup.

/**
 * The finding about a proxy: how much sooner it shows a change, and whether it decides sooner too.
 *
 * @param verb - what it does sooner: `shows a change`
 */
export function speedupLead(
  speedup: number | null,
  decision: DecisionBeside,
  warnings: readonly Warning[],
  { proxy, macro }: Labels,
  verb = "shows a change",
): string {
  const astray = wayward(warnings, { proxy, macro });
  if (astray !== null) return astray;
  if (speedup === null) return undetermined(warnings, "The speedup");
  const shows = `${capital(proxy)} ${verb} ${times(speedup)} as fast as ${macro}`;
  if (decision.speedup === null) {
    return `Whether ${proxy} decides sooner about ${macro} is not known. That it ${verb} ${times(speedup)} as fast is no merit by itself: the less of a change reaches ${macro}, the larger this figure.`;
  }
  const decides = `decides ${times(decision.speedup)} as fast`;
  if (decision.speedup < 1) {
    return speedup > 1
      ? `${capital(proxy)} only detects: it ${verb} ${times(speedup)} as fast as ${macro}, but ${decides}.`
      : `${shows}, and ${decides}: there is nothing to gain from it.`;
  }
  return `${shows}, and ${decides}, ${untilCrossover(decision.crossoverN)}${onBelief(decision)}.`;
}

/** What nobody measured is said to be a belief. */
function onBelief({ effects }: Pick<DecisionBeside, "effects">): string {
  return effects?.source === "learned" ? "" : ", if what is believed of true changes holds";
}

/** What is said of a proxy that is none; null for others. */
export function wayward(warnings: readonly Warning[], { proxy, macro }: Labels): string | null {
  const has = (code: string): boolean => warnings.some((warning) => warning.code === code);
  if (has("WRONG_SIGN")) return `${capital(proxy)} points the wrong way: it is no guide to ${macro}.`;
  if (has("VANITY_PROXY")) return `A vanity metric: what moves ${proxy} tells nothing about ${macro}.`;
  return null;
}

/** What is known of the decision, and nothing of the detection. */
export function decidesBy(
  { speedup, crossoverN, n, effects, breakEvenRho, byRho }: DecisionBeside,
  { proxy, macro }: Labels,
): string {
  if (speedup !== null && n !== null) {
    const at = `At ${units(n)} units per arm ${proxy} decides ${times(speedup)} as fast as ${macro}`;
    const until = speedup < 1 ? `: ${macro} decide better` : `, ${untilCrossover(crossoverN)}`;
    return `${at}${until}${onBelief({ effects })}.`;
  }
  if (breakEvenRho === null || byRho.length === 0 || effects !== null)
    return `Whether ${proxy} decides sooner than ${macro} cannot be determined.`;
  if (breakEvenRho >= 1)
    return `However closely true changes go together, ${proxy} never decides better than ${macro}.`;
  return `Whether ${proxy} decides sooner than ${macro} is not known: true changes would have to correlate above ${amount(breakEvenRho)}, at least.`;
}

/** The answers about the decision. */
export function decisionAnswers(decision: DecisionBeside, labels: Labels): [string, string | null][] {
  return [
    ["Deciding", deciding(decision, labels)],
    ["Ceiling", ceilingSentence(decision.ceiling, labels)],
    ["Crossover", crossoverSentence(decision.crossoverN, labels)],
  ];
}

function deciding(
  { speedup, n, effects, accuracyProxy, byRho }: DecisionBeside,
  { proxy, macro }: Labels,
): string {
  if (speedup === null || n === null || accuracyProxy === null) {
    if (effects !== null) {
      return n === null
        ? "The decision speedup, its ceiling and its crossover cannot be determined: how many units the proxy sees is not known."
        : `The decision speedup, its ceiling and its crossover cannot be determined: the effects given leave ${proxy} no speedup.`;
    }
    const hint = byRho.length === 0 ? "" : " The table below shows what one would have to believe.";
    return `The decision speedup, its ceiling and its crossover cannot be determined: nobody said how closely the true changes of ${proxy} and of ${macro} go together.${hint}`;
  }
  const worth = `At ${units(n)} units per arm, one unit of ${proxy} is worth ${amount(speedup)} of ${macro} for the decision`;
  const accuracy = `${capital(proxy)} gets the direction of ${macro} right in ${percent(accuracyProxy)} of cases.`;
  return speedup < 1 ? `${worth}: it decides worse. ${accuracy}` : `${worth}. ${accuracy}`;
}

/** What a proxy cannot pass. */
export function ceilingSentence(
  ceiling: { readonly accuracy: number; readonly macroEquivalentN: number } | null,
  { proxy, macro }: Labels,
): string | null {
  if (ceiling === null) return null;
  if (ceiling.macroEquivalentN === Infinity) {
    return `None, because every change of ${proxy} is taken to pass on in full, which is a belief.`;
  }
  return `However many units it sees, ${proxy} alone is right in at most ${percent(ceiling.accuracy)} of cases: as good as ${units(ceiling.macroEquivalentN)} units per arm of ${macro}.`;
}

/** From where on sales decide better. */
export function crossoverSentence(crossoverN: number | null, { proxy, macro }: Labels): string | null {
  if (crossoverN === null) return null;
  if (crossoverN === 0) return `At no size is ${proxy} the better guide.`;
  if (crossoverN === Infinity) return `At every size ${proxy} is the better guide.`;
  return `Up to ${units(crossoverN)} units per arm ${proxy} is the better guide, beyond that ${macro}.`;
}

function untilCrossover(crossoverN: number | null): string {
  return crossoverN === null || crossoverN === Infinity
    ? "at every size"
    : `up to ${units(crossoverN)} units per arm`;
}

/** What one would have to believe for the proxy to decide sooner. */
export function beliefBlocks(
  { byRho, breakEvenRho, effects }: DecisionBeside,
  { proxy, macro }: Labels,
): Block[] {
  if (byRho.length === 0) return [];
  return [
    section(effects === null ? "What one would have to believe" : "If the belief were another"),
    ...(breakEvenRho === null ? [] : [paragraph(breakEven(breakEvenRho, { proxy, macro }))]),
    table(
      ["Correlation of true changes", "Decides", "Right at most", "Better guide up to"],
      byRho.map(({ rho, speedup, ceiling, crossoverN }) => [
        amount(rho),
        times(speedup),
        percent(ceiling.accuracy),
        crossoverN === 0 ? "never" : crossoverN === Infinity ? "any size" : `${units(crossoverN)} per arm`,
      ]),
    ),
  ];
}

function breakEven(rho: number, { proxy, macro }: Labels): string {
  return rho >= 1
    ? `However closely the true changes go together, ${proxy} never decides better than ${macro}.`
    : `The closer the true changes of ${proxy} and of ${macro} go together (1 is always, 0 is not at all), the more ${proxy} is worth. Below a correlation of ${amount(rho)} it never decides better than ${macro}.`;
}

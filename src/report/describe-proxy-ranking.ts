import type { ProxyRanking } from "../proxy/rank-proxies.ts";
import { answers, type Block, details, lead, picture, section, table, title } from "./block.ts";
import { closing } from "./closing.ts";
import { amount, chance, days, effectFigure, roundShare, times, units } from "./figures.ts";
import { quoted } from "./labels.ts";
import { QUADRANT_NAMES } from "./quadrant-names.ts";

/** Candidates in the order of what they gain. */
export function describeProxyRanking(result: ProxyRanking): Block[] {
  const { ranking, multiplicity, scale, n } = result;
  const [first] = ranking;
  const effect = effectFigure(scale);
  return [
    title("Which proxy to use"),
    lead(rankingHeadline(result)),
    picture(result),
    answers([
      [
        "How sure",
        ranking.length === 1
          ? null
          : `The chance that it is the best of the ${ranking.length} is ${chance(first!.probabilityBest)}, and that it gains more than waiting for sales ${chance(first!.probabilityGainsMore)}.`,
      ],
      [
        "Looking at many",
        multiplicity.candidates === 1
          ? null
          : `That one of ${multiplicity.candidates} moved takes ${amount(multiplicity.criticalValue)} standard errors, where one named beforehand takes ${amount(multiplicity.singleCriticalValue)}; the best of so many looks better than it is.`,
      ],
    ]),
    section("By what they gain in a year, deciding alone"),
    table(
      ["", "Gain", "Over waiting", "Quality", "Gains more", "Best"],
      ranking.map((each) => [
        quoted(each.name),
        effect(each.gainPerYear),
        each.ratioToWaiting === null ? "undetermined" : times(each.ratioToWaiting),
        amount(each.proxyQuality),
        roundShare(each.probabilityGainsMore),
        roundShare(each.probabilityBest),
      ]),
    ),
    section("How fast, and for what"),
    table(
      ["", "Shows a change", "Decides", "Known after", ...(result.cuts === null ? [] : ["Effort"])],
      ranking.map((each) => [
        quoted(each.name),
        times(each.detectionSpeedup),
        times(each.decisionSpeedup),
        days(each.delayDays),
        ...(each.quadrant === null ? [] : [`${amount(each.effort!)}: ${QUADRANT_NAMES[each.quadrant]}`]),
      ]),
    ),
    details([
      ["Units per arm of a test", units(n)],
      [
        "The leader's quality looks too high by about",
        multiplicity.optimism === 0 ? null : amount(multiplicity.optimism),
      ],
      ["Rule", result.method],
      ["Counted", result.counting],
    ]),
    ...closing(result),
  ];
}

/** Which one gains most, and whether that is more than waiting gains. */
export function rankingHeadline({ ranking }: ProxyRanking): string {
  const { name, ratioToWaiting, decisionSpeedup } = ranking[0]!;
  if (ratioToWaiting === null || ratioToWaiting <= 1)
    return `None of them gains more than waiting for sales; ${quoted(name)} comes nearest.`;
  return `${quoted(name)} gains most: ${times(ratioToWaiting)} of what waiting for sales does in a year, deciding ${times(decisionSpeedup)} as fast.`;
}

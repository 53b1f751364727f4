import type { PolicyComparison } from "../proxy/compare-policies.ts";
import type { ProgrammeGain, ProgrammePolicyReading } from "../proxy/programme-gain.ts";
import type { PolicyOutcome, ProgrammePolicy } from "../proxy/programme-policy.ts";
import { answers, type Block, lead, paragraph, picture, section, table, title } from "./block.ts";
import { closing, lowerFirst } from "./closing.ts";
import {
  amount,
  between,
  chance,
  effectFigure,
  intervalName,
  percent,
  RATIO_ENDS,
  times,
  units,
} from "./figures.ts";
import { capital } from "./labels.ts";

const POLICIES: Readonly<Record<ProgrammePolicy, string>> = {
  "wait-for-sales": "waiting for sales",
  "trust-the-proxy": "trusting the proxy",
  assisted: "both together",
};

/** Short enough for the head of a column. */
const COLUMNS: Readonly<Record<ProgrammePolicy, string>> = {
  "wait-for-sales": "Waiting",
  "trust-the-proxy": "Proxy",
  assisted: "Both",
};

/** What a year of testing gains under each policy. */
export function describeProgramme(result: ProgrammeGain): Block[] {
  const { policies, comparisons, comparisonsAtN, scale } = result;
  const effect = effectFigure(scale);
  const isLearned = comparisons.some(({ ratioInterval }) => ratioInterval !== null);
  return [
    title("A year of testing"),
    lead(programmeHeadline(result)),
    picture(result),
    answers([
      ...comparisons.map((comparison): [string, string | null] => [
        capital(POLICIES[comparison.policy]),
        gainSentence(comparison, isLearned),
      ]),
      ["Counted", COUNTING[result.counting]],
    ]),
    section("Each at the size that gains it most"),
    policyTable(policies, ({ best }) => best, effect),
    ...(comparisonsAtN.length === 0
      ? []
      : [
          section(`All at ${units(comparisonsAtN[0]!.n)} units per arm`),
          policyTable(policies, ({ atN }) => atN!, effect),
        ]),
    ...simulatedBlocks(policies, effect),
    ...closing(result),
  ];
}

const COUNTING: Readonly<Record<ProgrammeGain["counting"], string>> = {
  "year-of-testing": "Every change that ships counts for good, whenever in the year it ships.",
  "within-the-year": "A change that ships counts for the rest of the first year.",
};

/** Which way of deciding gains most, said to be a belief where it is one. */
export function programmeHeadline(result: ProgrammeGain): string {
  const isLearned = result.comparisons.some(({ ratioInterval }) => ratioInterval !== null);
  return isLearned ? headline(result) : `If effects are what is assumed: ${lowerFirst(headline(result))}`;
}

function headline({ comparisons }: ProgrammeGain): string {
  const [best] = comparisons.toSorted((a, b) => b.difference - a.difference);
  if (best === undefined || best.ratio === null)
    return "Waiting for sales gains nothing here, so that no other policy can be set against it.";
  if (best.ratio <= 1) return "Nothing gains more in a year than waiting for sales.";
  return `Deciding by ${best.policy === "assisted" ? "proxy and sales together" : "the proxy alone"} gains ${times(best.ratio)} of what waiting for sales does in a year.`;
}

function gainSentence(
  { ratio, ratioInterval, probabilityGainsMore }: PolicyComparison,
  isLearned: boolean,
): string | null {
  if (ratio === null) return null;
  const gains = `Gains ${times(ratio)} of what waiting for sales does`;
  if (!isLearned) return `${gains}.`;
  const within =
    ratioInterval === null
      ? ""
      : ` (${intervalName(ratioInterval)}: ${between(ratioInterval, times, RATIO_ENDS)})`;
  return `${gains}${within}; the chance that it gains more is ${chance(probabilityGainsMore)}.`;
}

function policyTable(
  policies: readonly ProgrammePolicyReading[],
  outcome: (reading: ProgrammePolicyReading) => PolicyOutcome,
  effect: (value: number) => string,
): Block {
  const row = (name: string, read: (outcome: PolicyOutcome) => string): string[] => [
    name,
    ...policies.map((reading) => read(outcome(reading))),
  ];
  return table(
    ["", ...policies.map(({ policy }) => COLUMNS[policy])],
    [
      row("Units per arm of a test", ({ n }) => units(n)),
      row("Days until a decision", ({ decisionDays }) => amount(decisionDays)),
      row("Tests in a year", ({ testsPerYear }) => amount(testsPerYear)),
      row("Gain of sales in the year", ({ gainPerYear }) => effect(gainPerYear)),
      row("Changes that ship", ({ shipsPerYear }) => amount(shipsPerYear)),
      row("Of these, lose sales", ({ wrongShipShare }) => percent(wrongShipShare)),
      row("Do nothing for sales, and ship", ({ falseShipRate }) => percent(falseShipRate)),
    ],
  );
}

function simulatedBlocks(
  policies: readonly ProgrammePolicyReading[],
  effect: (value: number) => string,
): Block[] {
  const simulated = policies.flatMap(({ policy, simulated: years }) =>
    years === null ? [] : [{ policy, years }],
  );
  if (simulated.length === 0) return [];
  const quantiles = simulated[0]!.years.quantiles;
  return [
    section("What one year may bring"),
    paragraph(`Over ${units(simulated[0]!.years.years)} simulated years:`),
    table(
      ["", ...simulated.map(({ policy }) => COLUMNS[policy])],
      [
        ["Mean gain", ...simulated.map(({ years }) => effect(years.meanGain))],
        ...quantiles.map(({ share }, i) => [
          `${percent(share)} of years stay below`,
          ...simulated.map(({ years }) => effect(years.quantiles[i]!.gain)),
        ]),
        ["Years that lose", ...simulated.map(({ years }) => percent(years.shareOfLosses))],
      ],
    ),
  ];
}

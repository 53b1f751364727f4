import { compareMeans } from "../../../src/inference/compare-means.ts";
import { compareProportions } from "../../../src/inference/compare-proportions.ts";
import { sampleRatioMismatch } from "../../../src/inference/sample-ratio-mismatch.ts";
import { binomial } from "../../../src/numerics/binomial.ts";
import type { Proportion } from "../../../src/summaries/proportion.ts";
import hillstrom from "../../reference/documents/hillstrom.json" with { type: "json" };
import udacity from "../../reference/experiment/udacity-days.json" with { type: "json" };
import { checksOf, type Job, type Row, type Table } from "../job.ts";

/** Figures that others printed about two real experiments, and ours from the same counts. */
export const published: Job = {
  id: "published",
  title: "Published analyses of real experiments",
  section: "Real experiments",
  about:
    "Two public experiments were analysed in print by others. Each figure they printed is computed here from the same counts, and has to be the printed one when it is rounded to as many digits.",
  seconds: 1,
  run: () => {
    const outcome = { tables: [hillstromTable(), udacityTable()], charts: [] };
    const checks = checksOf({ finding: "", ...outcome });
    const same = checks.filter(({ within }) => within).length;
    return {
      finding: `${same} of ${checks.length} figures printed by others about the Hillstrom and Udacity experiments come out the same to the last digit printed.`,
      ...outcome,
    };
  },
};

/** The printed figure keeps its text, which says how many digits are claimed. */
function row(what: string, call: string, printed: string, ours: number): Row {
  const [digits, exponent = "0"] = printed.split("e");
  const decimals = (digits!.split(".")[1] ?? "").length - Number(exponent);
  // What lies between two digits may be rounded either way.
  const within = Math.abs(ours - Number(printed)) <= 0.5 * 10 ** -decimals * (1 + 1e-6);
  const figure = String(Number(ours.toPrecision(13)));
  return {
    cells: [what, `\`${call}\``, printed, figure],
    check: { claim: `${what} as printed`, figure, limit: printed, within },
  };
}

const COLUMNS = ["figure", "call", "printed", "ours"];

function hillstromTable(): Table {
  const [none, mens] = hillstrom.arms.map(({ n, results }) => {
    const conversions = results.find(({ metric }) => metric === "conversion")!.conversions!;
    const { mean, variance } = results.find(({ metric }) => metric === "spend (USD)") as unknown as Spend;
    return { purchases: { n, conversions }, spend: { n, mean, variance } };
  });
  const spend = compareMeans({ control: none!.spend, treatment: mens!.spend, test: "pooled" });
  const rate = ({ n, conversions }: Proportion): number => conversions / n;
  return {
    title: "E-mail test of 2008 (Hillstrom): men's e-mail against none",
    columns: COLUMNS,
    rows: [
      row("purchase rate without an e-mail", "control rate", "0.005726", rate(none!.purchases)),
      row("purchase rate with the men's e-mail", "treatment rate", "0.012531", rate(mens!.purchases)),
      row("mean spend without an e-mail", "control mean", "0.652789", none!.spend.mean),
      row("mean spend with the men's e-mail", "treatment mean", "1.422617", mens!.spend.mean),
      row("t of the spend", "compareMeans, pooled", "5.300090294465", spend.statistic!),
      row("p-value of the spend", "compareMeans, pooled", "1.1632008726e-07", spend.pValue!),
    ],
    note: "Printed in Shota Yasui's book on causal inference (Gijutsu-Hyohron 2020, section 1.4; its code prints SciPy’s t-test with equal variances, of whose 16 digits the last are rounding and were cut). The data: Kevin Hillstrom, MineThatData e-mail challenge, 2008.",
  };
}

interface Spend {
  readonly mean: number;
  readonly variance: number;
}

type Pair = readonly [control: number, treatment: number];

/** The course counts a margin as so many standard errors. */
const ERRORS_A_MARGIN = 1.96;

function udacityTable(): Table {
  const { days } = udacity;
  const sum = (column: number): number => days.reduce((total, day) => total + day[column]!, 0);
  const [clicks, enrolments, payments] = [1, 2, 3].map((k): Pair => [sum(k), sum(k + 3)]);
  const visitors: Pair = [345_543, 344_660];
  const allClicks: Pair = [28_378, 28_325];
  const daysUp = (part: number, whole: number): number =>
    days.filter((day) => day[part + 3]! / day[whole + 3]! > day[part]! / day[whole]!).length;
  return {
    title: "A question about time before the free trial (Udacity, course ud257)",
    columns: COLUMNS,
    rows: [
      ...shareRows("pageviews", visitors, ["0.500639667", "0.49882039"]),
      ...shareRows("clicks", allClicks, ["0.500467347", "0.4958845"]),
      marginRow("clicks per pageview", allClicks, visitors, "0.00129568"),
      ...effectRows("enrolments per click", enrolments!, clicks!, ["0.00856848", "-0.0291234", "-0.0119864"]),
      ...effectRows("payments per enrolment", payments!, enrolments!, [
        "0.02299037",
        "0.00810444",
        "0.05408517",
      ]),
      ...effectRows("payments per click", payments!, clicks!, ["0.0067309", "-0.0116046", "0.00185718"]),
      signRow("enrolments per click", daysUp(2, 1), days.length, "0.0026"),
      signRow("payments per enrolment", daysUp(3, 2), days.length, "0.6776"),
      signRow("payments per click", daysUp(3, 1), days.length, "0.6776"),
    ],
    note: "Printed by a student of the course, as it is taught there (github.com/harleyli228/Udacity-A-B-testing at 5c73087). Its margins are 1.96 standard errors with the pooled rate; ours are 1.96 times the difference over the statistic of the score test.",
  };
}

function shareRows(
  what: string,
  [control, treatment]: Pair,
  [share, lower]: readonly [string, string],
): Row[] {
  const ours = control / (control + treatment);
  const { statistic } = sampleRatioMismatch({
    observed: [control, treatment],
    expected: [1, 1],
    method: "chi-squared",
  });
  const error = Math.abs(ours - 0.5) / Math.sqrt(statistic!);
  return [
    row(`share of the control in ${what}`, "control share", share, ours),
    row(
      `lower limit of a fair share of ${what}`,
      "sampleRatioMismatch",
      lower,
      0.5 - ERRORS_A_MARGIN * error,
    ),
  ];
}

function margin(parts: Pair, wholes: Pair): { readonly difference: number; readonly margin: number } {
  const [control, treatment] = wholes.map((n, i) => ({ n, conversions: parts[i]! })) as [
    Proportion,
    Proportion,
  ];
  const { difference, statistic } = compareProportions({ control, treatment });
  return {
    difference: difference.estimate!,
    margin: ERRORS_A_MARGIN * (difference.estimate! / statistic!),
  };
}

function marginRow(what: string, parts: Pair, wholes: Pair, printed: string): Row {
  return row(`margin of ${what}`, "compareProportions", printed, margin(parts, wholes).margin);
}

function effectRows(
  what: string,
  parts: Pair,
  wholes: Pair,
  [half, lower, upper]: readonly [string, string, string],
): Row[] {
  const ours = margin(parts, wholes);
  return [
    marginRow(what, parts, wholes, half),
    row(`lower limit, ${what}`, "compareProportions", lower, ours.difference - ours.margin),
    row(`upper limit, ${what}`, "compareProportions", upper, ours.difference + ours.margin),
  ];
}

function signRow(what: string, up: number, days: number, printed: string): Row {
  const pValue = 2 * binomial.cdf(Math.min(up, days - up), days, 0.5);
  return row(`sign test by day, ${what}`, "binomial.cdf", printed, pValue);
}

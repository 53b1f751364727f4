import { readFileSync } from "node:fs";
import { proportionInterval } from "../../src/inference/proportion-interval.ts";
import { type AliveMutant, type FloorResults, idsIn, readResults } from "./kept-results.ts";
import { type Floor, FLOORS } from "./mutants.ts";

/** What a reader of a mutant found, by floor, file and id. */
export type Judgements = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** The share killed that is asked of each floor. */
const ASKED = 0.85;

export function readJudgements(): Judgements {
  return JSON.parse(readFileSync(new URL("judgements.json", import.meta.url), "utf8")) as Judgements;
}

/** docs/mutation.md: the results, counted, and what was found about each mutant that no test noticed. */
export function mutationPage(judgements: Judgements): string {
  const results = FLOORS.map((floor) => [floor, readResults(floor)] as const);
  return [
    INTRODUCTION,
    "| floor | mutants | sampled | tested | killed | timeout | survived | no coverage | killed or timeout, 95 % interval |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ...results.map(([floor, result]) => rowOf(floor, countsOf(result))),
    "",
    `Asked are ${percent(ASKED)}.`,
    shortfall(results),
    "",
    HOW,
    ...results.flatMap(([floor, result]) => survivorsOf(floor, result, judgements[floor] ?? {})),
  ].join("\n");
}

interface Counts {
  readonly oneIn: number;
  readonly mutants: number;
  readonly sampled: number;
  readonly killed: number;
  readonly timeout: number;
  readonly survived: number;
  readonly uncovered: number;
  readonly errors: number;
}

function countsOf({ oneIn, files }: FloorResults): Counts {
  const all = Object.values(files);
  const alive = all.flatMap((file) => file.alive);
  const sum = (count: (file: (typeof all)[number]) => number): number =>
    all.reduce((total, file) => total + count(file), 0);
  const withStatus = (status: AliveMutant["status"]): number =>
    alive.filter((one) => one.status === status).length;
  return {
    oneIn,
    mutants: sum(({ mutants }) => mutants),
    sampled: sum(({ sampled }) => sampled),
    killed: sum(({ killed }) => idsIn(killed).length),
    timeout: sum(({ timeout }) => idsIn(timeout).length),
    survived: withStatus("survived"),
    uncovered: withStatus("no coverage"),
    errors: withStatus("error"),
  };
}

function testedOf({ killed, timeout, survived, uncovered, errors }: Counts): number {
  return killed + timeout + survived + uncovered + errors;
}

function rowOf(floor: Floor, counts: Counts): string {
  const { mutants, sampled, oneIn, killed, timeout, survived, uncovered } = counts;
  const tested = testedOf(counts);
  if (tested === 0) return `| ${floor} | not yet tested | | | | | | | |`;
  const { lower, upper } = proportionInterval({ n: tested, conversions: killed + timeout, method: "wilson" });
  const share = `${percent((killed + timeout) / tested)} (${percent(lower)} to ${percent(upper)})`;
  const cells = [
    floor,
    mutants,
    `${sampled}, one in ${oneIn}`,
    tested,
    killed,
    timeout,
    survived,
    uncovered,
    share,
  ];
  return `| ${cells.join(" | ")} |`;
}

function shortfall(results: readonly (readonly [Floor, FloorResults])[]): string {
  const short = results
    .filter(([, result]) => {
      const counts = countsOf(result);
      return counts.killed + counts.timeout < ASKED * testedOf(counts) || testedOf(counts) === 0;
    })
    .map(([floor]) => floor);
  return short.length === 0 ? "Every floor has them." : `These fall short: ${short.join(", ")}.`;
}

function survivorsOf(
  floor: Floor,
  { files }: FloorResults,
  judgements: Readonly<Record<string, Readonly<Record<string, string>>>>,
): readonly string[] {
  const rows = Object.entries(files).flatMap(([file, { alive }]) =>
    alive.map((one) => {
      const place = `[${file}:${one.line}](../src/${floor}/${file}#L${one.line})`;
      const change = `${code(one.was)} → ${code(one.becomes)}`;
      const said = judgements[file]?.[one.id] ?? "not read yet";
      return `| ${place} | ${one.status} | ${change} | ${said} |`;
    }),
  );
  if (rows.length === 0) return [];
  return [
    "",
    `## Alive in ${floor}`,
    "",
    "| where | | change | judgement |",
    "| --- | --- | --- | --- |",
    ...rows,
  ];
}

function code(text: string): string {
  const marks = text.includes("`") ? "``" : "`";
  return `${marks}${text.replaceAll("|", String.raw`\|`)}${marks}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share === ASKED ? 0 : 1)} %`;
}

const INTRODUCTION = `# Mutation testing

Do the tests notice when the code is wrong? [Stryker](https://stryker-mutator.io) changes the code in one place, a \`+\`
into a \`-\`, a \`<\` into a \`<=\`, a condition into \`true\`, a body into nothing, and the tests of that floor are run: a
change that makes one fail is killed, one that makes them endless is a timeout, and one that no test notices has survived.
A floor is tested by its own tests alone, in \`test/<floor>\`: a mistake in a distribution is to be found there and not by
luck in a report. Survivors count as survivors here, also where the judgement is that the change makes no difference.
`;

const HOW = `The sample is one mutant in so many, by a hash of its file and of the change, so that it does not depend on what was found
before; the interval is Wilson's for the share in the whole floor. Once tests are written against the survivors of a sample
the share in that sample is better than that in the floor: a deeper sample (half the number) tells.

Changes of texts (Stryker's StringLiteral) are left out: words are compared with snapshots in the tests of report.

| command | what it does |
| --- | --- |
| \`npm run test:mutation\` | all floors: the mutants of the sample that were not yet tested |
| \`npm run test:mutation -- --floor numerics --one-in 8\` | one floor and a deeper sample; \`--one-in 1\` is all mutants |
| \`npm run test:mutation -- --floor numerics --survivors\` | again those alive, once there are new tests |

Results are kept per mutant in \`test/mutation/results\`, with a hash of the file they are of: a run tests the files that
changed and what is not there yet, may be stopped at any time, and goes on where it was. Stryker's own incremental file is
not used: it keeps every test of every mutant, megabytes a floor. What is killed is not tested again when tests change;
\`--survivors\` is for that. A judgement goes into \`test/mutation/judgements.json\` by floor, file and the id in the results.`;

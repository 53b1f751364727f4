import { checksOf, type Job, type Row, type Table } from "./job.ts";
import type { KeptResult } from "./results.ts";

/** docs/validation.md: what the jobs found, the findings first. */
export function validationPage(jobs: readonly Job[], results: ReadonlyMap<string, KeptResult>): string {
  const done = jobs.flatMap((job) => {
    const result = results.get(job.id);
    return result === undefined ? [] : [{ job, result }];
  });
  const checks = done.flatMap(({ result }) => checksOf(result.outcome));
  const short = checks.filter(({ within }) => !within);
  const sections = [...new Set(done.map(({ job }) => job.section))];
  return [
    "# Validation",
    "",
    "Written by `npm run validate`, which ends with an error when a figure falls short. Everything on it is seeded: the same",
    "code prints the same page. Only jobs whose code changed are run again; `npm run validate -- --all` runs every one anew.",
    "",
    short.length === 0
      ? `**All ${checks.length} claims that were checked hold.**`
      : `**${short.length} of ${checks.length} claims that were checked fall short:** ${short.map(({ claim, figure, limit }) => `${claim} (${figure}, limit ${limit})`).join("; ")}.`,
    "",
    ...done.map(({ job, result }) => `- [${job.title}](#${anchor(job.title)}): ${result.outcome.finding}`),
    "",
    ...sections.flatMap((section) => [
      `## ${section}`,
      "",
      ...done.filter(({ job }) => job.section === section).flatMap(part),
    ]),
    "## How it was made",
    "",
    ...made(done.map(({ result }) => result)),
    "",
  ].join("\n");
}

function part({ job, result }: { readonly job: Job; readonly result: KeptResult }): string[] {
  const { tables, charts } = result.outcome;
  return [
    `### ${job.title}`,
    "",
    job.about,
    "",
    `Again: \`npm run validate -- --only ${job.id} --all\` (${duration(job.seconds)} on one core).`,
    "",
    ...charts.flatMap(({ name, alt }) => [`![${alt}](validation/${name}.svg)`, ""]),
    ...tables.flatMap(tableText),
  ];
}

function tableText({ title, columns, rows, note }: Table): string[] {
  const isChecked = rows.some(({ check }) => check !== undefined);
  const numeric = columns.map((_, i) => rows.every(({ cells }) => /^[-−+\d<>≤≥∞]|^$/.test(cells[i] ?? "")));
  const head = isChecked ? [...columns, "holds"] : columns;
  const rule = head.map((_, i) => (numeric[i] === true ? "---:" : "---"));
  const mark = ({ check }: Row): string =>
    check === undefined ? "" : check.within ? "yes" : "**falls short**";
  return [
    `**${title}**`,
    "",
    line(head),
    line(rule),
    ...rows.map((row) => line(isChecked ? [...row.cells, mark(row)] : row.cells)),
    "",
    ...(note === undefined ? [] : [note, ""]),
  ];
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function made(results: readonly KeptResult[]): string[] {
  const maker = ({ version, engine }: KeptResult): string => `microlift ${version} on ${engine}`;
  return [...new Set(results.map(maker))].map(
    (one) =>
      `- ${one}: ${results
        .filter((result) => maker(result) === one)
        .map(({ id }) => id)
        .join(", ")}`,
  );
}

function duration(seconds: number): string {
  return seconds < 90 ? `about ${seconds} s` : `about ${Math.round(seconds / 60)} minutes`;
}

/** The anchor that GitHub gives to a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { arch, availableParallelism, platform } from "node:os";
import { parseArgs } from "node:util";
import { progressBar } from "../src/cli/progress-bar.ts";
import { VERSION } from "../src/cli/version.ts";
import { drawChart } from "../test/support/draw-chart.ts";
import { bundleJob } from "../test/validation/bundle-job.ts";
import { checksOf, type Job, type Outcome } from "../test/validation/job.ts";
import { JOBS } from "../test/validation/jobs.ts";
import { validationPage } from "../test/validation/page.ts";
import { type KeptResult, readResult, VALIDATION, writeResult } from "../test/validation/results.ts";
import { type Due, runJobs } from "../test/validation/run-jobs.ts";

// npm run validate: runs the jobs whose code changed since they were kept, and writes docs/validation.md from all of them.
// What is done is kept at once, so that a run that was broken off goes on where it was.

const { values } = parseArgs({
  options: {
    /** Ids with commas between. */
    only: { type: "string" },
    /** Runs them even where nothing changed. */
    all: { type: "boolean", default: false },
    /** Says which are to be run, and runs nothing. */
    list: { type: "boolean", default: false },
    workers: { type: "string", default: String(Math.min(2, availableParallelism())) },
  },
});
mkdirSync(new URL("results/", VALIDATION), { recursive: true });

const say = (text: string): void => void process.stdout.write(text);
const due = await dueJobs();
if (values.list) {
  for (const { job } of due) say(`${job.id} is to be run, about ${job.seconds} s\n`);
} else {
  await run(due);
  await writePage();
  process.exitCode = report() ? 0 : 1;
}

async function dueJobs(): Promise<Due[]> {
  const only = values.only?.split(",");
  const unknown = only?.filter((id) => !JOBS.some((job) => job.id === id)) ?? [];
  if (unknown.length > 0) {
    throw new Error(
      `no job is called ${unknown.join(", ")}; there are ${JOBS.map(({ id }) => id).join(", ")}`,
    );
  }
  const chosen = JOBS.filter(({ id }) => only?.includes(id) ?? true);
  const bundled = await Promise.all(chosen.map(async (job) => ({ job, ...(await bundleJob(job)) })));
  return bundled.filter(
    ({ job, fingerprint }) => values.all || readResult(job.id)?.fingerprint !== fingerprint,
  );
}

async function run(jobs: readonly Due[]): Promise<void> {
  const started = performance.now();
  const shares = new Map<Job, number>();
  const total = jobs.reduce((sum, { job }) => sum + job.seconds, 0);
  const isShown = process.stderr.isTTY;

  function draw(): void {
    const done = [...shares].reduce((sum, [job, share]) => sum + job.seconds * share, 0);
    const running = [...shares].filter(([, share]) => share < 1).map(([job]) => job.id);
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stderr.write(`\r\u001b[2K${progressBar(done / total)} ${running.join(", ")} … ${seconds} s`);
  }

  await runJobs(jobs, {
    workers: Number(values.workers),
    onProgress: (job, share) => {
      shares.set(job, share);
      if (isShown) draw();
    },
    onEnd: async ({ job, fingerprint }, outcome) => {
      shares.set(job, 1);
      await keep(job, fingerprint, outcome);
      const seconds = Math.round((performance.now() - started) / 1000);
      say(`${isShown ? "\r\u001b[2K" : ""}${job.id}: ${outcome.finding} (${seconds} s)\n`);
    },
  });
}

async function keep({ id }: Job, fingerprint: string, outcome: Outcome): Promise<void> {
  const engine = `Node ${process.versions.node}, ${platform()} ${arch()}`;
  for (const { name, spec } of outcome.charts) {
    const { svg, complaints } = await drawChart(spec);
    if (complaints.length > 0) throw new Error(`${name}: ${complaints.join("; ")}`);
    writeFileSync(new URL(`${name}.svg`, VALIDATION), svg);
  }
  writeResult({ id, fingerprint, version: VERSION, engine, outcome });
}

async function writePage(): Promise<void> {
  const results = keptResults();
  const charts = new Set(
    [...results.values()].flatMap(({ outcome }) => outcome.charts.map(({ name }) => `${name}.svg`)),
  );
  for (const file of readdirSync(VALIDATION)) {
    if (file.endsWith(".svg") && !charts.has(file)) rmSync(new URL(file, VALIDATION));
  }
  writeFileSync(new URL("../validation.md", VALIDATION), validationPage(JOBS, results));
}

function keptResults(): Map<string, KeptResult> {
  return new Map(
    JOBS.flatMap(({ id }) => {
      const result = readResult(id);
      return result === null ? [] : [[id, result]];
    }),
  );
}

/** Names every claim that does not hold; whether all do. */
function report(): boolean {
  const results = keptResults();
  const checks = [...results.values()].flatMap(({ id, outcome }) =>
    checksOf(outcome).map((check) => ({ id, ...check })),
  );
  const short = checks.filter(({ within }) => !within);
  for (const { id, claim, figure, limit } of short)
    say(`FALLS SHORT ${id}: ${claim}: ${figure}, limit ${limit}\n`);
  const missing = JOBS.filter(({ id }) => !results.has(id));
  if (missing.length > 0) say(`not run yet: ${missing.map(({ id }) => id).join(", ")}\n`);
  say(`${checks.length - short.length} of ${checks.length} claims hold; see docs/validation.md\n`);
  return short.length === 0;
}

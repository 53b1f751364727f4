import { mkdirSync, writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Answer } from "./answer.ts";
import type { BundledJob } from "./bundle-job.ts";
import type { Job, Outcome } from "./job.ts";

/** A job that is to be run. */
export type Due = BundledJob & { readonly job: Job };

interface RunOptions {
  readonly workers: number;
  readonly onProgress: (job: Job, share: number) => void;
  readonly onEnd: (due: Due, outcome: Outcome) => Promise<void>;
}

const FOLDER = new URL("../../temp/validation/", import.meta.url);

/** Runs jobs, so many at a time, those that take longest first; the first that throws ends them all. */
export async function runJobs(
  jobs: readonly Due[],
  { workers, onProgress, onEnd }: RunOptions,
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const waiting = jobs.toSorted((a, b) => b.job.seconds - a.job.seconds);
  const running = new Set<Worker>();

  async function runNext(): Promise<void> {
    for (let due = waiting.shift(); due !== undefined; due = waiting.shift()) {
      const { job } = due;
      const outcome = await runInWorker(due, running, (share) => onProgress(job, share));
      await onEnd(due, outcome);
    }
  }

  try {
    await Promise.all(Array.from({ length: Math.max(1, workers) }, runNext));
  } finally {
    waiting.length = 0;
    await Promise.all([...running].map((worker) => worker.terminate()));
  }
}

function runInWorker(
  { job, code }: Due,
  running: Set<Worker>,
  onProgress: (share: number) => void,
): Promise<Outcome> {
  const file = new URL(`${job.id}.mjs`, FOLDER);
  writeFileSync(file, code);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => reject(new Error(`${job.id} broke off`, { cause: error }));
    // Loaders of the parent are not the worker's: its code is plain JavaScript.
    const worker = new Worker(file, { execArgv: [] });
    running.add(worker);
    worker.on("message", (answer: Answer) => {
      if ("outcome" in answer) resolve(answer.outcome);
      else onProgress(answer.share);
    });
    worker.on("error", fail);
    worker.on("exit", (exitCode) => {
      running.delete(worker);
      fail(`exit ${exitCode}`);
    });
  });
}

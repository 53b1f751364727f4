import { parentPort } from "node:worker_threads";
import type { Job, Outcome } from "./job.ts";

/** What a worker says of its job: how far it is, and at the end what it found. */
export type Answer = { readonly share: number } | { readonly outcome: Outcome };

/** Runs the one job that a module exports, and says to the thread that started this one how it goes. */
export async function answer(exports: object): Promise<void> {
  const job = Object.values(exports).find((value): value is Job => typeof value?.run === "function");
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a thread, which has no origin
  const say = (message: Answer): void => parentPort!.postMessage(message);
  say({ outcome: await job!.run((share) => say({ share })) });
}

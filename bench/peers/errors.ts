import type { Answer, Task, TaskAnswers } from "./tasks.ts";

/** An answer with not three digits right is a failure, and no matter of precision. */
const FAILS_FROM = 1e-3;

export interface Failure {
  readonly input: readonly unknown[];
  readonly answer: string;
  readonly truth: string;
}

export interface Accuracy {
  /** The largest relative error of the answers that do not fail; null where all do. */
  readonly largestError: number | null;
  readonly failures: readonly Failure[];
}

/** A peer's answers to a task beside the true values. */
export function accuracyOf(task: Task, { values }: TaskAnswers): Accuracy {
  let largestError: number | null = null;
  const failures: Failure[] = [];
  task.truth.forEach((truth, i) => {
    const error = errorOf(values[i]!, truth);
    if (error < FAILS_FROM) largestError = Math.max(largestError ?? 0, error);
    else failures.push({ input: task.inputs[i]!, answer: short(values[i]!), truth: short(truth) });
  });
  return { largestError, failures };
}

/** Every answer right to twelve digits. */
export const isRight = ({ largestError, failures }: Accuracy): boolean =>
  failures.length === 0 && largestError !== null && largestError < 1e-12;

/** Relative error; infinite where there is no number, and the worst entry's for a list. */
function errorOf(answer: Answer, truth: string | readonly string[]): number {
  if (typeof truth !== "string") {
    if (!Array.isArray(answer) || answer.length !== truth.length) return Infinity;
    return Math.max(...truth.map((entry, i) => errorOf(answer[i] as number | string, entry)));
  }
  if (typeof answer !== "number") return Infinity;
  return Math.abs(answer - Number(truth)) / Math.abs(Number(truth));
}

function short(answer: Answer | readonly string[]): string {
  if (typeof answer === "object") return `${answer.length} values`;
  return Number.isFinite(Number(answer)) ? String(Number(Number(answer).toPrecision(6))) : String(answer);
}

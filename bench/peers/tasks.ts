import tasksJson from "./tasks.json" with { type: "json" };

/** What every peer is asked: inputs and their true values (truth.py says how they were made). */
export interface Task {
  readonly name: string;
  readonly group: string;
  readonly arguments: readonly string[];
  readonly inputs: readonly (readonly unknown[])[];
  /** Calls are timed on the first so many of the inputs. */
  readonly timed: number;
  /** Decimal texts of twenty digits; a list where the answer is one. */
  readonly truth: readonly (string | readonly string[])[];
}

export const TASKS: readonly Task[] = tasksJson;

/** A number, a list of them, or a text: not a finite number, or the error that was raised. */
export type Answer = number | string | readonly (number | string)[];

export interface TaskAnswers {
  /** One for each input. */
  readonly values: readonly Answer[];
  /** Seconds a call. */
  readonly seconds: number;
  /** Seconds a value, where whole columns can be passed. */
  readonly secondsInArrays?: number;
}

export interface Peer {
  readonly version: string;
  /** By the task's name; a task that a peer has nothing for is not there. */
  readonly answers: Readonly<Record<string, TaskAnswers>>;
}

/** How a caller in JavaScript asks for the answer of a task. */
export type Calls = Readonly<Record<string, (...input: never[]) => unknown>>;

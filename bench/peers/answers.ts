import { timeInTurns } from "../stopwatch.ts";
import { type Answer, type Calls, type Task, type TaskAnswers, TASKS } from "./tasks.ts";

type Call = (...input: unknown[]) => unknown;

/** What callers in this process answer, by caller and task: those of one task are timed in turns. */
export function answersHere<Name extends string>(
  callers: Readonly<Record<Name, Calls>>,
): Record<Name, Record<string, TaskAnswers>> {
  const names = Object.keys(callers) as Name[];
  const answers = new Map(names.map((name) => [name, {} as Record<string, TaskAnswers>]));
  for (const task of TASKS) {
    const able = names.filter((name) => task.name in callers[name]);
    const callOf = (name: Name): Call => callers[name][task.name] as Call;
    const ns = timeInTurns(
      Object.fromEntries(able.map((name) => [name, () => overTimed(task, callOf(name))])),
    );
    for (const name of able) {
      answers.get(name)![task.name] = {
        values: task.inputs.map((input) => answerOf(callOf(name), input)),
        seconds: (1e-9 * ns[name]!) / task.timed,
      };
    }
  }
  return Object.fromEntries(answers) as Record<Name, Record<string, TaskAnswers>>;
}

let sink: unknown;

function overTimed({ inputs, timed }: Task, call: Call): unknown {
  for (let i = 0; i < timed; i++) sink = call(...inputs[i]!);
  return sink;
}

function answerOf(call: Call, input: readonly unknown[]): Answer {
  try {
    const answer = call(...input);
    return Array.isArray(answer) ? answer.map(shown) : shown(answer);
  } catch (error) {
    return String(error).slice(0, 80);
  }
}

/** JSON has no NaN and no infinities. */
const shown = (value: unknown): number | string =>
  Number.isFinite(value) ? (value as number) : String(value);

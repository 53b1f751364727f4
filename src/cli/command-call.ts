import type { Command } from "commander";
import { didYouMean } from "../core/did-you-mean.ts";
import { toJson } from "../core/json.ts";
import * as microlift from "../index.ts";
import { CliError } from "./cli-error.ts";
import { addExamples } from "./examples.ts";
import type { Io } from "./io.ts";
import { readJson } from "./read-json.ts";

type Callable = (...args: unknown[]) => unknown;

// Functions whose first argument is a list: for them a bare list is that argument, not the list of arguments.
const TAKE_A_LIST = new Set(["mergeProportions", "mergeMeans", "mergeMoments", "adjustPValues"]);

/** `microlift call NAME`: any public function, with its arguments as JSON on standard input. */
export function addCallCommand(program: Command, io: Io): void {
  const command = program
    .command("call")
    .summary("call any public function: JSON in, JSON out")
    .description(
      "Calls a public function with its arguments as JSON on standard input, and prints its result as JSON.\n" +
        "An object is the one argument of the function; a list holds the arguments in their order.\n" +
        'Infinity travels as the string "Infinity".',
    )
    .argument("<function>", "its name, such as compareProportions or beta.sf")
    .action((name: string) => {
      const callable = find(name);
      const given = argumentsOf(name, readJson(io, "-"));
      io.out(
        `${toJson(
          io.work(`computing ${name}`, () => callable(...given)),
          2,
        )}\n`,
      );
    });
  addExamples(command, ["echo '[0.3, 2, 5]' | microlift call beta.sf"]);
  command.addHelpText("after", () => `\nFunctions:\n${listing()}`);
}

/** Every public function by its name: `compareProportions`, `beta.sf`. */
export function callableFunctions(): Map<string, Callable> {
  const found = new Map<string, Callable>();
  for (const [name, value] of Object.entries(microlift)) {
    if (typeof value === "function" && /^[a-z]/.test(name)) found.set(name, value as Callable);
    if (typeof value !== "object" || value === null) continue;
    for (const [part, member] of Object.entries(value)) {
      if (typeof member === "function") found.set(`${name}.${part}`, member as Callable);
    }
  }
  return found;
}

function find(name: string): Callable {
  const known = callableFunctions();
  const found = known.get(name);
  if (found !== undefined) return found;
  throw new CliError(
    `there is no function "${name}"${didYouMean(name, known.keys())}; see microlift call --help`,
  );
}

function argumentsOf(name: string, input: unknown): unknown[] {
  if (!Array.isArray(input)) return [input];
  return TAKE_A_LIST.has(name) && !Array.isArray(input[0]) ? [input] : input;
}

/** The names, the members of an object behind it. */
function listing(): string {
  const groups = new Map<string, string[]>();
  for (const name of callableFunctions().keys()) {
    const [head, member] = name.split(".") as [string, string | undefined];
    groups.set(head, [...(groups.get(head) ?? []), ...(member === undefined ? [] : [member])]);
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([head, members]) => (members.length === 0 ? `  ${head}` : `  ${head}.{${members.join(", ")}}`))
    .join("\n");
}

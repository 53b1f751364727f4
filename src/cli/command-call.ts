import type { Command } from "commander";
import { didYouMean } from "../core/did-you-mean.ts";
import { toJson } from "../core/json.ts";
import { CliError } from "./cli-error.ts";
import { addExamples } from "./examples.ts";
import type { Io } from "./io.ts";
import { argumentsFrom, type PublicFunction, publicFunctions } from "./public-functions.ts";
import { readJson } from "./read-json.ts";

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
    .action(async (name: string) => {
      const callable = find(name);
      const given = argumentsFrom(name, readJson(io, "-"));
      const result = await io.work(`computing ${name}`, () => callable(...given));
      await io.out(`${toJson(result, 2)}\n`);
    });
  addExamples(command, ["echo '[0.3, 2, 5]' | microlift call beta.sf"]);
  command.addHelpText("after", () => `\nFunctions:\n${listing()}`);
}

function find(name: string): PublicFunction {
  const known = publicFunctions();
  const found = known.get(name);
  if (found !== undefined) return found;
  throw new CliError(
    `there is no function "${name}"${didYouMean(name, known.keys())}; see microlift call --help`,
  );
}

/** The names, the members of an object behind it. */
function listing(): string {
  const groups = new Map<string, string[]>();
  for (const name of publicFunctions().keys()) {
    const [head, member] = name.split(".") as [string, string | undefined];
    groups.set(head, [...(groups.get(head) ?? []), ...(member === undefined ? [] : [member])]);
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([head, members]) => (members.length === 0 ? `  ${head}` : `  ${head}.{${members.join(", ")}}`))
    .join("\n");
}

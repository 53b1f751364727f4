import type { Command, Option } from "commander";

/** What may stand at one place of a command line: words that are known, a file, or something that only the user knows. */
export type Values = readonly string[] | "file" | "free";

/** An option as a shell completes it. */
export interface CompletedOption {
  /** With the dashes, the long form first. */
  readonly names: readonly [string, ...string[]];
  readonly description: string;
  /** Null where it takes no value. */
  readonly values: Values | null;
}

/** A command as a shell completes it. */
export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
  /** Of its argument; null where it takes none. */
  readonly argument: Values | null;
  /** Whether several may stand there. */
  readonly isVariadic: boolean;
}

/**
 * The commands of a program, as commander knows them, each with the options of the program too.
 *
 * @param words - what may stand for an argument, by its name, where commander does not know it
 */
export function completedCommands(
  program: Command,
  words: Readonly<Record<string, Values>>,
): CompletedCommand[] {
  const help = program.createHelp();
  return help.visibleCommands(program).map((command) => {
    const [argument] = command.registeredArguments;
    return {
      name: command.name(),
      description: command.summary() || command.description(),
      options: [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)].map(completedOption),
      argument: argument === undefined ? null : (argument.argChoices ?? words[argument.name()] ?? "free"),
      isVariadic: argument?.variadic === true,
    };
  });
}

/** The options of the program itself. */
export function programOptions(program: Command): CompletedOption[] {
  return program.createHelp().visibleOptions(program).map(completedOption);
}

function completedOption(option: Option): CompletedOption {
  const { long, short, description, argChoices } = option;
  const takesValue = option.required || option.optional;
  const isFile = /[<[]file[>\]]/.test(option.flags);
  return {
    names: [long, short].filter((name) => typeof name === "string") as [string],
    description,
    values: takesValue ? (argChoices ?? (isFile ? "file" : "free")) : null,
  };
}

import { Argument, type Command } from "commander";
import { bashCompletion } from "./completion/bash-completion.ts";
import { completedCommands, programOptions } from "./completion/completed.ts";
import { fishCompletion } from "./completion/fish-completion.ts";
import { zshCompletion } from "./completion/zsh-completion.ts";
import { addExamples } from "./examples.ts";
import type { Io } from "./io.ts";
import { publicFunctions } from "./public-functions.ts";

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** `microlift completion SHELL`: a script that teaches a shell the commands, options and words of this program. */
export function addCompletionCommand(program: Command, io: Io): void {
  const command = program
    .command("completion")
    .summary("a script that completes commands and options in your shell")
    .description(
      "Prints a script for your shell, which then completes commands, options, their words, files and functions at Tab.",
    )
    .addArgument(new Argument("<shell>", "your shell").choices(Object.keys(SCRIPTS)))
    .action((shell: keyof typeof SCRIPTS) => {
      const commands = completedCommands(program, {
        file: "file",
        command: program.commands.map((own) => own.name()),
        function: [...publicFunctions().keys()],
      });
      io.out(SCRIPTS[shell](program.name(), commands, programOptions(program)));
    });
  addExamples(command, ['eval "$(microlift completion bash)"']);
}

import { Command, CommanderError } from "commander";
import { DomainError } from "../core/domain-error.ts";
import { CliError } from "./cli-error.ts";
import { addAnalyzeCommand } from "./command-analyze.ts";
import { addCallCommand } from "./command-call.ts";
import { addPlanCommand } from "./command-plan.ts";
import { addProxyCommand } from "./command-proxy.ts";
import type { Io } from "./io.ts";
import { VERSION } from "./version.ts";

/** Exit codes: all went well, the input is wrong, the command was not understood. */
export const EXIT = { ok: 0, input: 1, usage: 2 } as const;

/** Runs the command line with its arguments, those after the program's own name, and returns the exit code. */
export function run(args: readonly string[], io: Io): number {
  // Subcommands inherit what is set before they are added.
  const program = new Command("microlift")
    .description("A/B-testing statistics, and how much sooner a micro conversion decides than the sale.")
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      getOutHelpWidth: () => io.width,
      getErrHelpWidth: () => io.width,
    });
  addPlanCommand(program, io);
  addAnalyzeCommand(program, io);
  addProxyCommand(program, io);
  addCallCommand(program, io);
  try {
    program.parse(args, { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof DomainError || error instanceof CliError) {
      io.err(`microlift: ${error.message}\n`);
      return EXIT.input;
    }
    throw error;
  }
}

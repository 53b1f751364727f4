import { Command, CommanderError } from "commander";
import { TERMINAL_PAINT } from "../report/paint.ts";
import { errorPaint, hasColors } from "./colors.ts";
import { addAnalyzeCommand } from "./command-analyze.ts";
import { addCallCommand } from "./command-call.ts";
import { addCompletionCommand } from "./command-completion.ts";
import { addPlanCommand } from "./command-plan.ts";
import { addProxyCommand } from "./command-proxy.ts";
import { addServeCommand } from "./command-serve.ts";
import { addSqlCommand } from "./command-sql.ts";
import { messageOf } from "./error-message.ts";
import { addExamples } from "./examples.ts";
import type { Io } from "./io.ts";
import { VERSION } from "./version.ts";

/** Exit codes: all went well, the input is wrong, the command was not understood. */
export const EXIT = { ok: 0, input: 1, usage: 2 } as const;

/** Runs the command line with its arguments, those after the program's own name, and returns the exit code. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const program = commandLine(io);
  try {
    await program.parseAsync(args, { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { color } = program.opts<{ color?: boolean }>();
    io.err(`${errorPaint(io, color).wrong("microlift:")} ${messageOf(error)}\n`);
    if (isDebugged(io) && error instanceof Error) io.err(`${error.stack}\n`);
    return EXIT.input;
  }
}

/** The program with all of its commands. */
export function commandLine(io: Io): Command {
  const program = new Command("microlift");
  const wish = (): boolean | undefined => program.opts<{ color?: boolean }>().color;
  // Subcommands inherit what is set before they are added.
  program
    .description("A/B-testing statistics, and how much sooner a micro conversion decides than the sale.")
    .version(VERSION)
    .option("--color", "colour, even where the output is no terminal")
    .option("--no-color", "no colour; so does the environment variable NO_COLOR")
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, styleTitle: TERMINAL_PAINT.strong })
    .configureOutput({
      writeOut: io.out,
      writeErr: io.err,
      outputError: (text, write) => write(errorPaint(io, wish()).wrong(text.trimEnd()) + "\n"),
      getOutHelpWidth: () => io.width,
      getErrHelpWidth: () => io.width,
      getOutHasColors: () => hasColors(io.outIsTerminal, io.env, wish()),
      getErrHasColors: () => hasColors(io.errIsTerminal, io.env, wish()),
    });
  addPlanCommand(program, io);
  addAnalyzeCommand(program, io);
  addProxyCommand(program, io);
  addSqlCommand(program, io);
  addCallCommand(program, io);
  addServeCommand(program, io);
  addCompletionCommand(program, io);
  return addExamples(program, [
    "microlift plan --baseline 0.02 --lift 0.1 --total-units-per-day 4000",
    "microlift analyze examples/hillstrom-data.json",
  ]);
}

function isDebugged({ env }: Io): boolean {
  return /(^|[\s,])(microlift|\*)($|[\s,])/.test(env["DEBUG"] ?? "");
}

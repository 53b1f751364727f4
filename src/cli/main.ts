import { terminal } from "./io.ts";
import { EXIT, run } from "./program.ts";

// `microlift … | head` closes the pipe when it has read enough, which is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit();
  terminal.err(`microlift: cannot write standard output: ${error.message}\n`);
  process.exit(EXIT.input);
});

process.exitCode = await run(process.argv.slice(2), terminal);

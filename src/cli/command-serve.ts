import type { Command } from "commander";
import { answerRequest } from "./answer-request.ts";
import { addExamples } from "./examples.ts";
import type { Io } from "./io.ts";
import { publicFunctions } from "./public-functions.ts";

/** `microlift serve --stdio`: answers one call after the other, for programs in other languages. */
export function addServeCommand(program: Command, io: Io): void {
  const command = program
    .command("serve")
    .summary("answer calls of another program: JSON lines in, JSON lines out")
    .description(
      "Answers calls until its input ends: each line of standard input is a request, each line of standard output its " +
        "answer, in the same order. A fault is an answer too, and the next request is as welcome as the first.\n\n" +
        '  {"id": 1, "function": "normal.sf", "arguments": 2}\n' +
        '  {"id": 1, "result": 0.022750131948179212}\n' +
        '  {"id": 2, "error": {"name", "message", "field", "value", "expected"}}\n\n' +
        "Functions and arguments are those of microlift call; the id is any JSON, and comes back as it was.",
    )
    .requiredOption("--stdio", "by standard input and output, the only way: nothing listens to the network")
    .action(async () => {
      const functions = publicFunctions();
      for await (const line of io.lines("-")) {
        const answer = await answerRequest(line, functions);
        if (answer !== null) await io.out(`${answer}\n`);
      }
    });
  addExamples(command, [`echo '{"id":1,"function":"normal.sf","arguments":2}' | microlift serve --stdio`]);
}

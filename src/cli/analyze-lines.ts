import { setImmediate } from "node:timers/promises";
import { LONGEST_TEXT } from "../core/checks.ts";
import { toJson } from "../core/json.ts";
import { analyzeExperiment } from "../experiment/analyze-experiment.ts";
import type { ExperimentData } from "../experiment/experiment-data.ts";
import type { ExperimentDefinition } from "../warehouse/parse-summary-rows.ts";
import { CliError } from "./cli-error.ts";
import { errorAsData } from "./error-as-data.ts";
import { messageOf } from "./error-message.ts";
import type { Io } from "./io.ts";
import { streamedDocuments } from "./streamed-documents.ts";

/**
 * Prints the read-out of every experiment of a stream, or what is wrong with it, as one line of JSON. One experiment is in
 * memory at a time.
 *
 * @param definition - what summary rows cannot know of their experiment
 */
export async function analyzeLines(
  io: Io,
  lines: AsyncIterable<Uint8Array>,
  definition: ExperimentDefinition,
): Promise<void> {
  let count = 0;
  let failed = 0;
  let first = "";
  await io.work("analyzing experiments", async (say) => {
    for await (const { line, name, read } of streamedDocuments(lines, definition)) {
      let answer: string;
      try {
        answer = toJson(analyzeExperiment(read() as ExperimentData));
      } catch (error) {
        answer = toJson({ line, name: name?.slice(0, LONGEST_TEXT), error: errorAsData(error) });
        failed += 1;
        if (failed === 1) first = `line ${line}: ${messageOf(error)}`;
      }
      count += 1;
      say(`analyzing experiments: ${count}${failed === 0 ? "" : `, ${failed} of them faulty`}`);
      await io.out(`${answer}\n`);
      // Lets Ctrl-C in: lines that are there already come without a turn of the event loop.
      await setImmediate();
    }
  });
  if (failed > 0)
    throw new CliError(`${failed} of ${count} experiments could not be read; the first is ${first}`);
}

import { setImmediate } from "node:timers/promises";
import { toJson } from "../core/json.ts";
import { analyzeExperiment } from "../experiment/analyze-experiment.ts";
import type { ExperimentData } from "../experiment/experiment-data.ts";
import { CliError } from "./cli-error.ts";
import { errorAsData } from "./error-as-data.ts";
import { messageOf } from "./error-message.ts";
import type { Io } from "./io.ts";
import { parseLine } from "./parse-line.ts";

/** A data document of a stream. */
interface StreamedDocument {
  /** Where it stands, or begins; from 1. */
  readonly line: number;
  /** The document; undefined for a blank line. Throws for one that cannot be read. */
  readonly read: () => unknown;
}

/**
 * Prints the read-out of every data document of a stream, or what is wrong with it, as one line of JSON. One document is
 * in memory at a time.
 */
export async function analyzeLines(io: Io, file: string): Promise<void> {
  let count = 0;
  let failed = 0;
  let first = "";
  await io.work("analyzing experiments", async (say) => {
    for await (const { line, read } of documentsIn(io.lines(file))) {
      let document: unknown;
      let answer: string;
      try {
        document = read();
        if (document === undefined) continue;
        answer = toJson(analyzeExperiment(document as ExperimentData));
      } catch (error) {
        answer = toJson({ line, ...nameIn(document), error: errorAsData(error) });
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

async function* documentsIn(lines: AsyncIterable<Uint8Array>): AsyncGenerator<StreamedDocument> {
  let line = 0;
  for await (const bytes of lines) {
    line += 1;
    yield { line, read: () => parseLine(bytes, "data") };
  }
}

/** The name of a document that cannot be read, where that much of it can. */
function nameIn(document: unknown): { readonly name?: string } {
  const { name } = (document ?? {}) as Partial<ExperimentData>;
  return typeof name === "string" ? { name } : {};
}

import { analyzeExperiment, type ExperimentData, experimentDataSchema } from "microlift";
import { dataFaults } from "../src/experiment/data-faults.ts";
import { type DocumentSize, experimentDocument } from "../test/support/documents.ts";
import { limitedRow } from "./limited-row.ts";
import type { Row } from "./run.ts";

const TYPICAL: DocumentSize = { treatments: 1, metrics: 5 };
const LARGE: DocumentSize = { treatments: 19, metrics: 200, segments: 10 };

/**
 * Whole documents: reading them with zod, finding their faults (a part of it), and reading them out.
 *
 * Time grows with their size and not with its square (test/experiment/scaling.test.ts counts what is read): 250, 500 and
 * 1000 metrics of one treatment took 47, 86 and 131 ms beside other work, five metrics of 50, 100 and 200 treatments 65,
 * 93 and 152 ms, and 90, 180 and 365 days of five metrics 16, 27 and 66 ms.
 */
export function benchDocuments(): Row[] {
  return [
    ...rowsOf("document", TYPICAL, 5e-3, 50),
    ...rowsOf("watched document", { ...TYPICAL, looks: 5 }, 10e-3, 50),
    ...rowsOf("document with 30 days", { ...TYPICAL, days: 30 }, 15e-3, 50),
    ...rowsOf("20 arms × 200 metrics × 10 segments", LARGE, 1.5, 5),
  ];
}

/** The limit is that of the whole; of it a third for zod, and a tenth for the faults. */
function rowsOf(what: string, size: DocumentSize, limitSeconds: number, rounds: number): Row[] {
  const data: ExperimentData = experimentDocument(size);
  return [
    limitedRow(rounds, `${what}: faults`, limitSeconds / 10, () => dataFaults(data)),
    limitedRow(rounds, `${what}: zod, with faults`, limitSeconds / 3, () => experimentDataSchema.parse(data)),
    limitedRow(rounds, `${what}: analyzeExperiment`, limitSeconds, () => analyzeExperiment(data)),
  ];
}

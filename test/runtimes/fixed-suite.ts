import { recordedCalls } from "../support/mutated-examples.ts";
import { REAL_DOCUMENTS, realDocument } from "../support/real-documents.ts";

/** Arguments of each public function in the examples, and documents of real experiments. */
export async function fixedSuite(): Promise<object> {
  return {
    calls: Object.fromEntries(await recordedCalls()),
    documents: Object.fromEntries(REAL_DOCUMENTS.map((name) => [name, realDocument(name)])),
  };
}

import { toJson } from "../../src/core/json.ts";
import { createRandom } from "../../src/numerics/random.ts";
import { mutatedArguments, recordedCalls, wordsIn } from "../support/mutated-examples.ts";
import { publicFunctions } from "../support/public-functions.ts";
import { REAL_DOCUMENTS, realDocument } from "../support/real-documents.ts";

/** Inputs made by chance, the same ones every time: calls near those of the examples, right and wrong. */
const GENERATED = 20_000;
/** Those that learn from whole histories take a hundred times as long as others, and are asked less often. */
const DEAR =
  /^(backtestProxy|estimate\w*EffectCovariance|assessProxy|rankProxies|programmeGain|\w*[pP]roxyAssisted|\w*Assurance\w*|simulate\w+|calibrate\w+|exact\w+|planExperiment|sampleSizeForPosteriorWidth|fitEffectPopulation|compareAllPairs)/;
const DEAR_SHARE = 0.1;

/** Arguments of each public function in the examples, documents of real experiments, and generated inputs. */
export async function fixedSuite(): Promise<object> {
  const calls = await recordedCalls();
  return {
    calls: Object.fromEntries(calls),
    documents: Object.fromEntries(REAL_DOCUMENTS.map((name) => [name, realDocument(name)])),
    generated: generatedCalls(calls),
  };
}

// Results go into these as they came out; on one that was changed by hand they stumble, each engine in its own words.
const READERS = /^(display|to(Html|Markdown|Text|VegaLite))$/;

/** Function by function in turn, until there are enough. */
function generatedCalls(
  calls: ReadonlyMap<string, readonly unknown[][]>,
): readonly (readonly [name: string, args: unknown[]])[] {
  const random = createRandom(20_261_123);
  const words = wordsIn(calls);
  const names = publicFunctions
    .map(([name]) => name)
    .filter((name) => calls.get(name)?.length && !READERS.test(name));
  const generated: [string, unknown[]][] = [];
  while (generated.length < GENERATED) {
    for (const name of names) {
      if (DEAR.test(name) && random.uniform() > DEAR_SHARE) continue;
      const args = mutatedArguments(random, calls.get(name)!, words);
      if (isWritable(args)) generated.push([name, args]);
    }
  }
  return generated;
}

/** Whether the input stays itself on its way through JSON, which has no NaN. */
function isWritable(args: unknown): boolean {
  try {
    toJson(args);
    return true;
  } catch {
    return false;
  }
}

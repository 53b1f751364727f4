import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { format } from "node:util";
import { transformSync } from "esbuild";
import { blocksIn, filesIn, pages, root } from "./pages.ts";

// The examples of doc comments and pages, as code that runs.

export interface Example {
  readonly where: string;
  readonly code: string;
}

function examplesIn(page: string): Example[] {
  const text = readFileSync(join(root, page), "utf8");
  return blocksIn(page, page.endsWith(".ts") ? text.replaceAll(/^ *\* ?/gm, "") : text)
    .filter(({ language }) => language === "ts")
    .map(({ where, text: code }) => ({ where, code }))
    .filter(({ code }) => code.includes('"microlift'));
}

/** Turns the lines that show a value into checks, and imports into names that are at hand. */
function runnable(code: string): string {
  const checked = code
    .replaceAll(/import\s+(?:type\s+)?\{[^}]*\}\s+from\s+"microlift(?:\/\w+)?";/g, "")
    .replaceAll(/import\s+(\{[^}]*\})\s+from\s+("node:\w+");/g, "const $1 = require($2);")
    .replaceAll(
      /^(?!\s*(?:const|let|import|for|if|\/\/)\b)([^\n]*?);[ \t]*\/\/ (.+)$/gm,
      (_, expression, shown) => {
        return `__show(${expression}, ${JSON.stringify(shown)});`;
      },
    );
  return transformSync(`async () => {${checked}}`, { loader: "ts" }).code;
}

const commented = filesIn("src", ".ts").flatMap(examplesIn);
const onThreads = ({ code }: Example): boolean => code.includes('"microlift/workers"');

/** The examples at the functions themselves. */
export const commentExamples: readonly Example[] = commented.filter((example) => !onThreads(example));

/** Those that start threads: threads run what was built. */
export const threadExamples: readonly Example[] = commented.filter(onThreads);

/** The same and those of all pages. */
export const examples: readonly Example[] = [...commentExamples, ...pages.flatMap(examplesIn)];

/** Runs an example on a library, hands every value that it shows to `show`, and returns what it logs. */
export async function runExample(
  code: string,
  library: Readonly<Record<string, unknown>>,
  show: (value: unknown, text: string) => void,
): Promise<string> {
  let logged = "";
  const log = (...values: unknown[]): void => void (logged += `${format(...values)}\n`);
  const given = {
    ...library,
    __show: show,
    console: { log, error: log },
    require: createRequire(import.meta.url),
  };
  // The examples are our own files.
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
  const load = new Function(...Object.keys(given), `return ${runnable(code)}`);
  await (load(...Object.values(given)) as () => Promise<void>)();
  return logged;
}

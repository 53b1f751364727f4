import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { transformSync } from "esbuild";

// The examples of doc comments and guides, as code that runs.

const root = resolve(import.meta.dirname, "../..");

export interface Example {
  readonly where: string;
  readonly code: string;
}

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(root, folder, name));
}

function examplesIn(file: string): Example[] {
  const text = readFileSync(file, "utf8");
  const plain = file.endsWith(".ts") ? text.replaceAll(/^ *\* ?/gm, "") : text;
  return [...plain.matchAll(/```ts\n(.*?)```/gs)].map((match, i) => ({
    where: `${relative(root, file)} #${i + 1}`,
    code: match[1]!,
  }));
}

/** Turns the lines that show a value into checks, and the import into names that are at hand. */
function runnable(code: string): string {
  const checked = code
    .replaceAll(/import\s+(?:type\s+)?\{[^}]*\}\s+from\s+"microlift(?:\/\w+)?";/g, "")
    .replaceAll(
      /^(?!\s*(?:const|let|import|for|if|\/\/)\b)([^\n]*?);[ \t]*\/\/ (.+)$/gm,
      (_, expression, shown) => {
        return `__show(${expression}, ${JSON.stringify(shown)});`;
      },
    );
  return transformSync(checked, { loader: "ts" }).code;
}

const files = [...filesIn("src", ".ts"), ...filesIn("docs", ".md"), join(root, "README.md")];

export const examples: readonly Example[] = files
  .flatMap(examplesIn)
  .filter(({ code }) => code.includes('"microlift'));

/** Runs an example on a library, and hands every value that it shows to `show`. */
export function runExample(
  code: string,
  library: Readonly<Record<string, unknown>>,
  show: (value: unknown, text: string) => void,
): void {
  const quiet = { log: () => undefined };
  // The examples are our own files.
  // oxlint-disable-next-line no-new-func, typescript/no-implied-eval
  const run = new Function(...Object.keys(library), "__show", "console", runnable(code));
  run(...Object.values(library), show, quiet);
}

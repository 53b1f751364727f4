/** Commands on pages that are not run, with the reason; what stands behind their `&&` is. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "npm ci": "installs from the registry",
  "npm run build": "test/package runs what it builds",
  "npm start": "takes seconds; test/package runs it",
  "npm cit": "installs from the registry, and runs these tests",
};

/** Blocks that are illustrations, and no output of one before them. */
export const SHOWN_ONLY: Readonly<Record<string, string>> = {
  "CONTRIBUTING.md #1": "the folders of the house",
  "docs/runtimes.md #2": "a page; test/runtimes opens one like it",
};

/** The commands of a block without those that are not run. */
export function commandsToRun(code: string): string {
  return Object.keys(NOT_RUN).reduce(
    (rest, command) => rest.replaceAll(new RegExp(`^${command}( && |$)`, "gm"), ""),
    code,
  );
}

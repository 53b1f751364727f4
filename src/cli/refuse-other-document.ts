import { CliError } from "./cli-error.ts";

const DOCUMENTS = {
  plan: { has: "treatments", command: "plan", is: "a plan" },
  data: { has: "arms", command: "analyze", is: "the data of a test" },
} as const;

/** Points to the other command where a whole document of the other kind was given: its faults would be a long list. */
export function refuseOtherDocument(
  wanted: keyof typeof DOCUMENTS,
  document: unknown,
  file: string | undefined,
): void {
  if (file === undefined || typeof document !== "object" || document === null) return;
  const other = DOCUMENTS[wanted === "plan" ? "data" : "plan"];
  if (Object.hasOwn(document, other.has) && !Object.hasOwn(document, DOCUMENTS[wanted].has)) {
    throw new CliError(`${file} is ${other.is}: read it by microlift ${other.command} ${file}`);
  }
}

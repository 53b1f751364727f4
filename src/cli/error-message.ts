import { DomainError } from "../core/domain-error.ts";
import { plainText } from "../report/plain-text.ts";
import { CliError } from "./cli-error.ts";
import { VERSION } from "./version.ts";

/** What went wrong in one line, in which no name from a document can command the terminal. */
export function messageOf(error: unknown): string {
  if (error instanceof DomainError || error instanceof CliError) return plainText(error.message);
  return plainText(
    `${String(error)} is a fault of microlift ${VERSION}, not of your input. Please report it with what led to it ` +
      "(npm bugs microlift opens the page); DEBUG=microlift shows where it arose.",
  );
}

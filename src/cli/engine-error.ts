import { CliError } from "./cli-error.ts";

const LONGEST = 300;

/** What DuckDB said of rows, in one line with where they lie. */
export function duckDbError(error: unknown, where: string): CliError {
  const said = error instanceof Error ? error.message : String(error);
  // Behind it stand the statement, and options of functions that nobody here called.
  const [message] = said.split(/\n\s*\n|\nThe search space|\nPossible |\nTry /);
  return new CliError(`DuckDB cannot read ${where}: ${oneLine(message!)}`);
}

function oneLine(message: string): string {
  const line = message.trim().replaceAll(/\s+/g, " ");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

/** What PostgreSQL said, in one line; the address is told without its password. */
export function postgresError(error: unknown, url: string): CliError {
  const { message, errors } = error as { message?: string; errors?: readonly { message: string }[] };
  // Where a name has several addresses, each says why it does not answer, and the whole nothing.
  const said = message === undefined || message === "" ? (errors?.[0]?.message ?? String(error)) : message;
  return new CliError(`PostgreSQL at ${serverName(url)}: ${oneLine(said)}`);
}

/** An address without password and options. */
function serverName(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return hostname === ""
      ? "the address of the environment"
      : `${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
  } catch {
    return "the address given";
  }
}

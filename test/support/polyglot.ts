import { type Dialect, tokenize, validate } from "@polyglot-sql/sdk";
import type { SqlDialect } from "../../src/warehouse/sql-dialect.ts";

// A parser that knows many dialects, and is no vendor's: what it takes may still fail, and what it refuses may run.

const NAMES: Readonly<Record<SqlDialect, string>> = {
  duckdb: "duckdb",
  postgres: "postgresql",
  bigquery: "bigquery",
  snowflake: "snowflake",
  clickhouse: "clickhouse",
  spark: "databricks",
  redshift: "redshift",
};

/** Why a dialect cannot read a statement: nothing where it can. */
export function syntaxErrors(dialect: SqlDialect, sql: string): string[] {
  return validate(sql, NAMES[dialect] as Dialect).errors.map(({ message }) => message);
}

/** A token of a statement: its type, and the name or text that it stands for. */
export interface SqlToken {
  readonly type: string;
  readonly text: string;
}

/** The tokens of a statement; a text that was put together from parts and characters by their numbers is one token. */
export function sqlTokens(dialect: SqlDialect, sql: string): SqlToken[] {
  const { success, tokens, error } = tokenize(sql, NAMES[dialect] as Dialect);
  if (!success || tokens === undefined) throw new Error(error);
  // Its declarations write `tokenType`, which is not what comes.
  const given = tokens as unknown as readonly { readonly token_type: string; readonly text: string }[];
  const read = given.map(({ token_type: type, text }): SqlToken => ({ type, text }));
  const joined: SqlToken[] = [];
  for (let i = 0; i < read.length;) {
    const found = joinedText(read, i);
    joined.push(found?.token ?? read[i]!);
    i = found?.end ?? i + 1;
  }
  return joined;
}

/** `('a' || chr(39) || 'b')` from its opening parenthesis on. */
function joinedText(tokens: readonly SqlToken[], start: number): { token: SqlToken; end: number } | null {
  if (tokens[start]!.type !== "L_PAREN") return null;
  let text = "";
  for (let i = start + 1; i < tokens.length; i++) {
    if (tokens[i]!.type === "STRING") text += tokens[i]!.text;
    else if (tokens[i]!.text === "chr" && tokens[i + 2]?.type === "NUMBER") {
      text += String.fromCharCode(Number(tokens[i + 2]!.text));
      i += 3;
    } else return null;
    const next = tokens[++i]?.type;
    if (next === "R_PAREN") {
      // A text in a list of one stands between parentheses too.
      return i === start + 2 ? null : { token: { type: "STRING", text }, end: i + 1 };
    }
    if (next !== "D_PIPE") return null;
  }
  return null;
}

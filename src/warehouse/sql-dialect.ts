/** The engines that `summarySql` writes for; `spark` is Databricks' too. */
export type SqlDialect =
  "duckdb" | "postgres" | "bigquery" | "snowflake" | "clickhouse" | "spark" | "redshift";

export const SQL_DIALECTS: readonly SqlDialect[] = [
  "duckdb",
  "postgres",
  "bigquery",
  "snowflake",
  "clickhouse",
  "spark",
  "redshift",
];

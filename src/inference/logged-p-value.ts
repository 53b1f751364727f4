/** A p-value with its natural log, finite far below 1e-308. */
export interface LoggedPValue {
  readonly pValue: number;
  readonly logPValue: number;
}

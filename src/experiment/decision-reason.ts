/** A reason, with a code for machines. */
export interface DecisionReason {
  readonly code: string;
  readonly message: string;
}

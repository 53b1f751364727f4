/** A caution that belongs to a result: a code for machines, a sentence for people. */
export interface Warning {
  /** Stable name in capitals, such as `VANITY_PROXY`. */
  readonly code: string;
  /** One plain sentence that says what to mind and why. */
  readonly message: string;
}

/** What the data say about an effect, as far as it does not depend on what H1 is held to be. */
export interface EvidenceOfEffect {
  /** ln of the Bayes factor of an effect of either sign against none. */
  readonly logBayesFactor10: number;
  /** Given an effect, ln of the probability of either sign before the data and after them. */
  readonly logShare: {
    readonly prior: { readonly greater: number; readonly less: number };
    readonly posterior: { readonly greater: number; readonly less: number };
  };
  readonly savageDickey: SavageDickey | null;
}

/** The density of the effect at 0, given that there is one, before the data and after them. */
export interface SavageDickey {
  readonly logPriorDensity: number;
  readonly logPosteriorDensity: number;
  /** ln of the ratio of the two: the log Bayes factor of an effect against none, by another way. */
  readonly logBayesFactor10: number;
}

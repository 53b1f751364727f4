/** What every reading of an effect covariance rests on. */
export function effectAssumptions(effects: {
  readonly posterior?: readonly unknown[] | undefined;
}): string[] {
  return [
    "True effects of the changes tested are normal, with the covariance given.",
    effects.posterior === undefined
      ? "The covariance of true effects is taken as known; where it was estimated, this sounds surer than it is."
      : "The covariance of true effects is averaged over its posterior from past experiments; this one's own evidence on it is left out.",
  ];
}

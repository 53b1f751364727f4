// What a thread is asked, and what it says. Of its own accord it first says how many blocks its simulation has.

export type ToWorker = { readonly run: number } | { readonly join: readonly unknown[] };

export type FromWorker =
  | { readonly answer: unknown }
  /** A DomainError in parts, since an error that is cloned loses its class and its fields. */
  | { readonly fault: { readonly field: string; readonly value: unknown; readonly expected: string } };

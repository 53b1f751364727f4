/** In tests "microlift" is the source, so that no lane depends on what was built last. */
export const microliftAlias: readonly { readonly find: RegExp; readonly replacement: string }[] = [
  { find: /^microlift$/, replacement: new URL("../../src/index.ts", import.meta.url).pathname },
];

/** The same value with the names of a sample, in which NAME stands, made what a user might have given. */
export function renamed(value: unknown, name: string): unknown {
  if (typeof value === "string") return value.replaceAll("NAME", () => name);
  if (Array.isArray(value)) return value.map((part) => renamed(part, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, renamed(part, name)]));
}

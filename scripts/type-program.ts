import { resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "..");

/** The types of some files, for what is made from them. */
export interface TypeProgram {
  readonly checker: ts.TypeChecker;
  /** A type that a file exports. */
  readonly typeIn: (file: string, name: string) => ts.Type;
  /** The type of a value that a file exports, such as a function. */
  readonly typeOfValueIn: (file: string, name: string) => ts.Type;
}

/** Reads the types of files, given by their paths from the root. */
export function typeProgram(files: readonly string[]): TypeProgram {
  const { config } = ts.readConfigFile(resolve(root, "tsconfig.json"), (name) => ts.sys.readFile(name)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(
    files.map((file) => resolve(root, file)),
    options,
  );
  const checker = program.getTypeChecker();
  const exportOf = (file: string, name: string): ts.Symbol => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(resolve(root, file))!)!;
    const symbol = checker.getExportsOfModule(module).find((exported) => exported.name === name);
    if (symbol === undefined) throw new Error(`${file} exports no ${name}`);
    return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
  };
  return {
    checker,
    typeIn: (file, name) => checker.getDeclaredTypeOfSymbol(exportOf(file, name)),
    typeOfValueIn: (file, name) => checker.getTypeOfSymbol(exportOf(file, name)),
  };
}

/** A doc comment, as the description of a JSON Schema. */
export function descriptionOf(
  symbol: ts.Symbol | undefined,
  checker: ts.TypeChecker,
): { readonly description?: string } {
  if (symbol === undefined) return {};
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return text === "" ? {} : { description: text.replaceAll(/\s+/g, " ") };
}

/** The name under which a type is known; null for what has none of its own. */
export function nameOf(type: ts.Type): string | null {
  // A type parameter's constraint or a primitive has no symbol at all.
  const name = (type.aliasSymbol ?? (type.symbol as ts.Symbol | undefined))?.name ?? "";
  const isGeneric = (type.aliasTypeArguments ?? (type as ts.TypeReference).typeArguments ?? []).length > 0;
  return /^[A-Z]/.test(name) && !isGeneric ? name : null;
}

/** The members of a union, or the type itself. */
export function membersOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

export function isObjectType(type: ts.Type): boolean {
  return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) !== 0;
}

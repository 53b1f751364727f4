import type ts from "typescript";
import { type TypeProgram, typeProgram } from "../../../scripts/type-program.ts";

// What the public functions take and give, as the compiler reads it: inputs are made from it, and results held to it.

export interface Parameter {
  readonly name: string;
  readonly type: ts.Type;
  /** Whether a call may leave it out. */
  readonly isOptional: boolean;
}

export interface Signature {
  readonly parameters: readonly Parameter[];
  readonly result: ts.Type;
}

const FILE = "src/index.ts";

/** Reads the declared types of the library: seconds, once for all functions. */
export function librarySignatures(): {
  readonly program: TypeProgram;
  readonly signatureOf: (name: string) => Signature;
} {
  const program = typeProgram([FILE]);
  const { checker } = program;
  const typeOf = (name: string): ts.Type => {
    const [head, member] = name.split(".");
    const type = program.typeOfValueIn(FILE, head!);
    return member === undefined ? type : checker.getTypeOfSymbol(type.getProperty(member)!);
  };
  const signatureOf = (name: string): Signature => {
    const [signature] = typeOf(name).getCallSignatures();
    return {
      parameters: signature!.parameters.map((symbol) => ({
        name: symbol.name,
        type: checker.getTypeOfSymbol(symbol),
        isOptional: checker.isOptionalParameter(symbol.valueDeclaration as ts.ParameterDeclaration),
      })),
      result: signature!.getReturnType(),
    };
  };
  return { program, signatureOf };
}

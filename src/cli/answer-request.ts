import { checkKnownFields, checkObject, checkText } from "../core/checks.ts";
import { didYouMean } from "../core/did-you-mean.ts";
import { DomainError } from "../core/domain-error.ts";
import { toJson } from "../core/json.ts";
import { errorAsData } from "./error-as-data.ts";
import { parseLine } from "./parse-line.ts";
import { argumentsFrom, type PublicFunction } from "./public-functions.ts";

interface Request {
  readonly id?: unknown;
  readonly function: string;
  readonly arguments: unknown;
}

const FIELDS = ["id", "function", "arguments"] as const satisfies readonly (keyof Request)[];

/**
 * Answers one line of requests with one line of JSON, the fault of a request included; null for a blank line, which asks
 * nothing.
 */
export async function answerRequest(
  line: Uint8Array,
  functions: ReadonlyMap<string, PublicFunction>,
): Promise<string | null> {
  let id: unknown = null;
  try {
    const request = parseLine(line, "request");
    if (request === undefined) return null;
    id = idOf(request);
    checkRequest(request);
    const result = await functionOf(
      request,
      functions,
    )(...argumentsFrom(request.function, request.arguments));
    return toJson({ id, result: result ?? null });
  } catch (error) {
    return toJson({ id, error: errorAsData(error) });
  }
}

/** What the asker knows the answer by, even where the rest of the request is wrong. */
function idOf(request: unknown): unknown {
  checkObject("request", request);
  const { id = null } = request as Partial<Request>;
  if (typeof id === "number" && Math.abs(id) > Number.MAX_SAFE_INTEGER)
    throw new DomainError("id", id, "must be a number that a double holds exactly, or a text");
  return id;
}

function checkRequest(request: unknown): asserts request is Request {
  checkKnownFields("", request as object, FIELDS);
  for (const name of FIELDS.slice(1)) {
    if (!Object.hasOwn(request as object, name)) throw new DomainError(name, undefined, "is needed");
  }
  checkText("function", (request as Request).function);
}

function functionOf(
  { function: name }: Request,
  functions: ReadonlyMap<string, PublicFunction>,
): PublicFunction {
  const found = functions.get(name);
  if (found !== undefined) return found;
  throw new DomainError(
    "function",
    name,
    `must be the name of a public function${didYouMean(name, functions.keys())}`,
  );
}

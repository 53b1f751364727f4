import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../src/core/domain-error.ts";
import { fromJson, toJson } from "../../src/core/json.ts";
import { METRIC_KINDS } from "../../src/core/metric-kind.ts";
import { conversionCatalog } from "../../src/experiment/conversion-catalog.ts";
import {
  CONVERSION_DIRECTIONS,
  CONVERSION_EVENT_SOURCES,
  CONVERSION_KINDS,
  CONVERSION_PATHS,
  CONVERSION_SITES,
  CONVERSION_STAGES,
  CONVERSION_TIERS,
  type ConversionType,
  NESTED_IN_MACRO,
} from "../../src/experiment/conversion-type.ts";
import { conversionType } from "../../src/experiment/conversion-types.ts";

const events = JSON.parse(
  readFileSync(new URL("../reference/experiment/ga4-events.json", import.meta.url), "utf8"),
) as Readonly<Record<"recommended" | "automatic" | "enhanced-measurement" | "reserved", readonly string[]>>;
const { types } = conversionCatalog();
const named = (name: string): ConversionType => types.find((type) => type.name === name)!;
const texts = types.flatMap((type) => [
  ...type.standsFor,
  ...type.doesNotStandFor,
  ...(type.eventFilter === null ? [] : [type.eventFilter]),
]);

describe("the catalogue of conversions", () => {
  it("gives every conversion a name and a title of its own", () => {
    for (const field of ["name", "title"] as const) {
      expect(new Set(types.map((type) => type[field])).size).toBe(types.length);
    }
    expect(types.filter(({ name }) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(types.filter(({ title }) => !/^[A-Z].*[^.]$/.test(title))).toEqual([]);
  });

  it("holds every conversion that the usual lists name", () => {
    const usual =
      "product-view image-engagement video-start video-complete on-site-search filter-use sort-use wishlist " +
      "price-alert newsletter account-creation login add-to-cart cart-view cart-removal discount-code " +
      "checkout-start shipping-info payment-info purchase refund chat-start pdf-download trial-start demo-request " +
      "lead form-start form-partly-filled form-submission hover scroll-depth review-read review-written referral " +
      "share repeat-visit repeat-purchase subscription-start subscription-renewal newsletter-unsubscribe " +
      "store-finder call-click compare-products size-guide recommendation-click promotion-view promotion-click " +
      "category-view error-seen";
    const names = new Set(types.map((type) => type.name));
    expect(usual.split(" ").filter((name) => !names.has(name))).toEqual([]);
  });

  it("uses every word of the taxonomy, and no other", () => {
    const used = <Field extends keyof ConversionType>(field: Field): unknown[] =>
      [...new Set(types.map((type) => type[field]))].toSorted();
    expect(used("tier")).toEqual(CONVERSION_TIERS.toSorted());
    expect(used("stage")).toEqual(CONVERSION_STAGES.toSorted());
    expect(used("kind")).toEqual(CONVERSION_KINDS.toSorted());
    expect(used("path")).toEqual(CONVERSION_PATHS.toSorted());
    expect(used("metricKind")).toEqual(METRIC_KINDS.toSorted());
    expect(used("improvesWhen")).toEqual(CONVERSION_DIRECTIONS.toSorted());
    expect(used("nestedInMacro")).toEqual(NESTED_IN_MACRO.toSorted());
    expect(used("eventSource")).toEqual(CONVERSION_EVENT_SOURCES.toSorted());
    expect([...new Set(types.flatMap((type) => type.sites))].toSorted()).toEqual(CONVERSION_SITES.toSorted());
  });

  it("goes the customer's way, from awareness to retention", () => {
    const stages = types.map((type) => CONVERSION_STAGES.indexOf(type.stage));
    expect(stages).toEqual(stages.toSorted((a, b) => a - b));
  });

  it("has a sale, and steps to it, for every site", () => {
    for (const site of CONVERSION_SITES) {
      expect(conversionCatalog({ site, tier: "macro" }).types.length).toBeGreaterThan(0);
      const steps = conversionCatalog({ site, tier: "micro", path: "process-milestone" }).types;
      expect(steps.length).toBeGreaterThan(3);
    }
  });

  it("says of every conversion what it stands for and how it misleads, in sentences and without figures", () => {
    const silent = types.filter((type) => type.standsFor.length === 0 || type.doesNotStandFor.length === 0);
    expect(silent).toEqual([]);
    expect(texts.filter((text) => !/^[A-Z].*[^ .]\.$/.test(text))).toEqual([]);
    expect(texts.filter((text) => /\d|%|percent/.test(text))).toEqual([]);
    expect(new Set(texts).size).toBeGreaterThan(texts.length - 5);
  });

  it("holds a macro conversion to be nested in itself, and what sales need not pass to stand beside them", () => {
    expect(types.filter(({ tier, nestedInMacro }) => tier === "macro" && nestedInMacro !== "always")).toEqual(
      [],
    );
    const beside = types.filter(
      ({ tier, path, nestedInMacro }) =>
        tier === "micro" && path === "secondary-action" && nestedInMacro === "always",
    );
    expect(beside).toEqual([]);
  });

  it("offers nothing that stands only for trouble as something to increase", () => {
    const guardrails = types.filter(({ standsFor }) => /as a guardrail/.test(standsFor.join(" ")));
    expect(guardrails.length).toBeGreaterThan(5);
    expect(guardrails.filter(({ improvesWhen }) => improvesWhen !== "decrease")).toEqual([]);
    expect(types.filter(({ improvesWhen }) => improvesWhen === "decrease")).toEqual(guardrails);
  });
});

describe("the events of the catalogue", () => {
  it.each(["recommended", "automatic", "enhanced-measurement"] as const)(
    "that are %s are written as Google documents them",
    (source) => {
      const names = types.filter((type) => type.eventSource === source).map((type) => type.eventName);
      expect(names.filter((name) => !events[source].includes(name))).toEqual([]);
    },
  );

  it("of our own are names that Google Analytics accepts and has not taken", () => {
    const taken = new Set(Object.values(events).flat());
    const own = types.filter((type) => type.eventSource === "custom").map((type) => type.eventName);
    expect(own.filter((name) => taken.has(name))).toEqual([]);
    expect(own.filter((name) => !/^(?!firebase_|ga_|google_|gtag)[a-z][a-z0-9_]{0,39}$/.test(name))).toEqual(
      [],
    );
  });

  it("tell conversions apart: those that share a name say which of its events count", () => {
    const told = types.map(({ eventName, eventFilter }) => `${eventName}: ${eventFilter ?? "all"}`);
    expect(new Set(told).size).toBe(told.length);
  });

  it("are those that analysts expect", () => {
    const expected = {
      "product-view": "view_item",
      "category-view": "view_item_list",
      "on-site-search": "search",
      "add-to-cart": "add_to_cart",
      "checkout-start": "begin_checkout",
      "account-creation": "sign_up",
      lead: "generate_lead",
      "pdf-download": "file_download",
      purchase: "purchase",
    };
    const found = Object.keys(expected).map((name) => [name, named(name).eventName]);
    expect(Object.fromEntries(found)).toEqual(expected);
  });
});

const own: ConversionType = {
  name: "fitting-room-booked",
  title: "Fitting room booked",
  tier: "micro",
  stage: "intent",
  kind: "interaction",
  path: "secondary-action",
  sites: ["shop"],
  metricKind: "proportion",
  improvesWhen: "increase",
  nestedInMacro: "no",
  standsFor: ["A visit to a store."],
  doesNotStandFor: [],
  eventName: "book_fitting_room",
  eventSource: "custom",
  eventFilter: null,
};
const fault = (options: unknown): DomainError => {
  try {
    conversionCatalog(options as never);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error("was accepted");
};

describe("conversionCatalog", () => {
  it("gives plain data: the same every time, through JSON and structuredClone", () => {
    const catalog = conversionCatalog({});
    expect(conversionCatalog()).toEqual(catalog);
    expect(structuredClone(catalog)).toEqual(catalog);
    expect(fromJson(toJson(catalog))).toEqual(catalog);
  });

  it("picks what lies in every place asked for, and nothing else", () => {
    const place = fc.record(
      {
        tier: fc.constantFrom(...CONVERSION_TIERS),
        stage: fc.constantFrom(...CONVERSION_STAGES),
        kind: fc.constantFrom(...CONVERSION_KINDS),
        path: fc.constantFrom(...CONVERSION_PATHS),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(place, (asked) => {
        const fits = (type: ConversionType): boolean =>
          Object.entries(asked).every(([field, value]) => type[field as keyof typeof asked] === value);
        expect(conversionCatalog(asked).types).toEqual(types.filter(fits));
      }),
    );
  });

  it("takes conversions of one's own, and picks among them as well", () => {
    expect(conversionCatalog({ add: [own] }).types).toEqual([...types, own]);
    expect(conversionCatalog({ add: [own], stage: "intent" }).types.at(-1)).toEqual(own);
    expect(conversionCatalog({ add: [own], stage: "purchase" }).types).not.toContainEqual(own);
  });

  it("names the fault of a conversion of one's own by its path", () => {
    expect(fault({ add: own }).field).toBe("add");
    expect(fault({ add: [null] }).field).toBe("add[0]");
    expect(fault({ add: [own, own] }).field).toBe("add[1].name");
    expect(fault({ add: [{ ...own, name: "wishlist" }] }).message).toBe(
      'add[0].name = "wishlist", must not be the name of another conversion',
    );
    expect(fault({ add: [{ ...own, tier: "pico" }] }).message).toBe(
      'add[0].tier = "pico", must be one of "nano", "micro", "macro"',
    );
    expect(fault({ add: [{ ...own, sites: ["shop", "forum"] }] }).field).toBe("add[0].sites[1]");
    expect(fault({ add: [{ ...own, standsFor: "much" }] }).field).toBe("add[0].standsFor");
    expect(fault({ add: [{ ...own, doesNotStandFor: [1] }] }).field).toBe("add[0].doesNotStandFor[0]");
    expect(fault({ add: [{ ...own, eventFilter: undefined }] }).field).toBe("add[0].eventFilter");
    for (const field of Object.keys(own)) {
      const { [field as keyof ConversionType]: _, ...rest } = own;
      expect(fault({ add: [rest] }).field).toBe(`add[0].${field}`);
    }
  });

  it("names a word that the taxonomy does not have", () => {
    expect(fault({ stage: "desire" }).message).toContain('stage = "desire", must be one of');
    expect(fault({ site: "forum" }).field).toBe("site");
    expect(fault([]).field).toBe("options");
    expect(fault(null).field).toBe("options");
  });
});

describe("a conversion by its name", () => {
  it("is that of the catalogue", () => {
    for (const type of types) expect(conversionType(type.name)).toEqual(type);
  });

  it("is unknown for a name that the catalogue does not have", () => {
    expect(conversionType("toString")).toBeNull();
    expect(conversionType("")).toBeNull();
  });
});

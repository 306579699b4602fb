/** Values of variables by their names. */
export type Lookup = (name: string) => string | undefined;

/** How long a text may become, and how often what stands for a variable is looked through for others. */
const longest = 4_000_000;
const deepest = 12;

const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g;
/** Blanks around a name are part of it. */
const exactPlaceholder = /\{\{([^{}]*?)\}\}/g;

/** Texts of a source in which `{{name}}` stands for a value, and which of them have none. */
export class Template {
  private readonly lookup: Lookup;
  private readonly placeholder: RegExp;
  /** Names without a value, and so left as they are. */
  readonly unresolved = new Set<string>();
  /** Names of values that are made anew for each request, for which one value stands. */
  readonly generated = new Set<string>();

  /** @param isExact blanks in `{{ name }}` are part of the name, as Postman has it */
  constructor(lookup: Lookup, isExact = false) {
    this.lookup = lookup;
    this.placeholder = isExact ? exactPlaceholder : placeholder;
  }

  fill(text: string): string {
    let filled = text;
    for (let depth = 0; depth < deepest && filled.length < longest; depth++) {
      const next = this.fillOnce(filled);
      if (next === filled) break;
      filled = next;
    }
    return filled.slice(0, longest);
  }

  private fillOnce(text: string): string {
    return text.replace(this.placeholder, (all, name: string) => {
      const value = this.lookup(name) ?? this.generate(name);
      if (value === undefined) this.unresolved.add(name);
      return value ?? all;
    });
  }

  private generate(name: string): string | undefined {
    const value = generatedValues.find(([pattern]) => pattern.test(name))?.[1];
    if (value !== undefined) this.generated.add(name);
    return value;
  }
}

/** What runners make anew for each request. */
const generatedValues: readonly (readonly [RegExp, string])[] = [
  [/^\$(?:guid|uuid|randomUUID|random\.uuid)$/i, '3b241101-e2bb-4255-8caf-4136c566a962'],
  [/^\$(?:timestamp|processEnv\.timestamp)(?:\s.*)?$/i, '1767340800'],
  [/^\$(?:isoTimestamp|datetime iso8601|isoDatetime)(?:\s.*)?$/i, '2026-01-02T08:00:00.000Z'],
  [/^\$(?:datetime|localDatetime)(?:\s.*)?$/i, '2026-01-02T08:00:00Z'],
  [/^\$(?:randomInt|random\.integer|randomInteger)(?:\s.*|\(.*\))?$/i, '417'],
  [/^\$(?:randomBoolean)$/i, 'true'],
  [/^\$(?:randomEmail|randomExampleEmail|random\.email|internet\.email)$/i, 'ann.oneil@example.com'],
  [/^\$(?:randomFirstName)$/i, 'Ann'],
  [/^\$(?:randomLastName)$/i, "O'Neil"],
  [/^\$(?:randomFullName|randomNamePrefix|name\.fullName)$/i, "Ann O'Neil"],
  [/^\$(?:randomUserName)$/i, 'ann.oneil'],
  [/^\$(?:randomPassword)$/i, 'k7$Qz-mp2!'],
  [/^\$(?:randomPhoneNumber|randomPhoneNumberExt)$/i, '+49 30 1234567'],
  [/^\$(?:randomCity)$/i, 'Cork'],
  [/^\$(?:randomCountry)$/i, 'Ireland'],
  [/^\$(?:randomStreetAddress|randomStreetName)$/i, "12 O'Connell Street"],
  [/^\$(?:randomUrl)$/i, 'https://example.com/notes?page=2'],
  [/^\$(?:randomDateFuture|randomDatePast|randomDateRecent)$/i, '2026-01-02'],
  [/^\$(?:randomCompanyName)$/i, 'Smith & Sons'],
  [
    /^\$(?:randomLoremSentence|randomLoremParagraphs?|randomPhrase|randomLoremText)$/i,
    "We can't open on Monday; see you on Tuesday & bring tea.",
  ],
  [
    /^\$(?:randomWord|randomWords|randomLoremWords?|randomNoun|randomVerb|randomAdjective|randomColor|randomProductName|randomProduct)$/i,
    'notes',
  ],
  [/^\$(?:randomAlphaNumeric)$/i, 'q'],
  [/^\$(?:random\.(?:alphabetic|alphanumeric)\(.*\))$/i, 'abcdefgh'],
  [/^\$(?:randomHexadecimal|random\.hexadecimal\(.*\))$/i, '3f9a'],
  [/^\$(?:randomPrice)$/i, '417.50'],
];

/** What is said of names without a value, and of those that are made anew. */
export function templateNotes({ unresolved, generated }: Template): readonly string[] {
  return [
    ...(unresolved.size === 0
      ? []
      : [`variables without a value, left as they are: ${[...unresolved].slice(0, 20).join(', ')}`]),
    ...(generated.size === 0
      ? []
      : [
          `values that are made anew for each request, for which one stands: ${[...generated].slice(0, 20).join(', ')}`,
        ]),
  ];
}

import type { PageAct } from './act-script.js';

type Told = Pick<PageAct, 'passwords' | 'typing'>;

const most = 200;
const shortest = 4;
const longest = 200;

/** What was typed so far where pages ask for passwords: the last of each field, and all with which something was done. */
export class TypedPasswords {
  readonly #used = new Set<string>();
  readonly #typing = new Map<string, string>();

  hear({ passwords, typing }: Told): void {
    for (const password of passwords) if (this.#used.size < most) this.#used.add(password);
    if (typing !== undefined && (this.#typing.has(typing[0]) || this.#typing.size < most)) this.#typing.set(...typing);
  }

  all(): ReadonlySet<string> {
    return new Set([...this.#used, ...this.#typing.values()].filter(isPassword));
  }
}

/** What a page tells of its passwords: its own scripts can tell whatever they like. */
export function passwordsIn(told: Partial<Record<keyof Told, unknown>>): Told {
  const { passwords, typing } = told;
  const texts = Array.isArray(passwords) ? passwords.slice(0, most).filter(isPassword) : [];
  const [field, password]: readonly unknown[] = Array.isArray(typing) ? typing : [];
  const isTyping = typeof field === 'string' && field.length < 100 && typeof password === 'string';
  return { passwords: texts, ...(isTyping && { typing: [field, password.slice(0, longest)] as const }) };
}

/** Shorter ones are in texts by chance. */
function isPassword(value: unknown): value is string {
  return typeof value === 'string' && value.length >= shortest && value.length <= longest;
}

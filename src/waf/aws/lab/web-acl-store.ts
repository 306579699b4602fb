import { randomUUID } from 'node:crypto';
import { type JsonObject, memberNamed, textNamed } from '../api/json-object.js';

/** What an update leaves as it is: it is no member of `UpdateWebACL`. */
const kept = ['Name', 'Id', 'ARN', 'LabelNamespace', 'ManagedByFirewallManager', 'ApplicationConfig'];
/** Members of the question that are no members of a web ACL. */
const notStored = ['Scope', 'LockToken'];

/** One web ACL with its lock token, which changes with each update. */
export class WebAclStore {
  #webAcl: JsonObject;
  #lockToken = randomUUID();

  constructor(webAcl: JsonObject) {
    this.#webAcl = webAcl;
  }

  get webAcl(): JsonObject {
    return this.#webAcl;
  }

  get lockToken(): string {
    return this.#lockToken;
  }

  /** Whether a question means this one, by ARN or by name and id. */
  isMeant(question: JsonObject): boolean {
    const arn = textNamed(question, 'ARN') ?? textNamed(question, 'WebAclArn') ?? textNamed(question, 'WebACLArn');
    if (arn !== undefined) return arn === textNamed(this.#webAcl, 'ARN');
    return ['Name', 'Id'].every((key) => textNamed(question, key) === textNamed(this.#webAcl, key));
  }

  /** Puts the question's settings in the place of all that were there (API reference, UpdateWebACL). */
  replace(question: JsonObject, capacity: number): string {
    const before = Object.entries(this.#webAcl).filter(([key]) => kept.includes(key));
    const given = Object.entries(question).filter(([key]) => !notStored.includes(key));
    const rules = memberNamed(question, 'Rules') ?? [];
    this.#webAcl = { ...Object.fromEntries([...before, ...given]), Rules: rules, Capacity: capacity };
    this.#lockToken = randomUUID();
    return this.#lockToken;
  }
}

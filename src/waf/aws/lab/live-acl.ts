import type { WireRequest } from '../../../model/request.js';
import type { AclSource, Front, KnownResources } from '../acl/web-acl.js';
import type { JsonObject } from '../api/json-object.js';
import { compileAcl, type EvaluateAcl } from '../evaluate/compile-acl.js';
import { bodyLimit, InspectedRequest } from '../evaluate/inspected-request.js';
import { factsOfWire } from '../evaluate/wire-facts.js';
import { findManagedGroup } from '../managed/managed-groups.js';
import { type MatchManaged, managedMatcher, withoutDetectors } from './approximate.js';
import type { Approximation } from './approximations.js';
import { readLabAcl } from './lab-acl.js';
import type { LabVerdict } from './lab-verdict.js';
import { rateMeter } from './rate-meter.js';

export interface LiveAclSetup {
  /** The web ACL as the API has it by now. */
  webAcl(): JsonObject;
  readonly resources: KnownResources;
  readonly approximations: readonly Approximation[];
  readonly front: Front;
}

interface Compiled {
  readonly json: JsonObject;
  readonly source: Pick<AclSource, 'acl' | 'resources'>;
  readonly evaluate: EvaluateAcl;
  readonly managed: MatchManaged;
}

/**
 * The web ACL that the API has, in front of an application. What AWS does not tell matches nothing, but for approximations
 * and documented criteria.
 */
export class LiveAcl {
  readonly #setup: LiveAclSetup;
  readonly #exceeds = rateMeter();
  #compiled: Compiled | undefined;

  constructor(setup: LiveAclSetup) {
    this.#setup = setup;
  }

  /** Nothing where the web ACL cannot be read, which the API would not have taken. */
  verdict(wire: WireRequest, ip: string): Omit<LabVerdict, 'requestId' | 'responseCode'> | undefined {
    const compiled = this.#current();
    if (compiled === undefined) return undefined;
    const { source, evaluate, managed } = compiled;
    const { front } = this.#setup;
    const facts = factsOfWire(wire, { correlationId: '', front, client: { ip } });
    const request = new InspectedRequest(facts, bodyLimit(front, source.acl.bodyLimits));
    const answer = evaluate(facts, { observed: managed(request) });
    return { at: Date.now(), source, request, headers: wire.headers, answer };
  }

  #current(): Compiled | undefined {
    const json = this.#setup.webAcl();
    if (this.#compiled?.json !== json) this.#compiled = this.#compile(json) ?? this.#compiled;
    return this.#compiled;
  }

  #compile(json: JsonObject): Compiled | undefined {
    const acl = readLabAcl(json);
    if (acl === undefined) return undefined;
    const source = { acl, resources: this.#setup.resources };
    return {
      json,
      source,
      evaluate: compileAcl(withoutDetectors(source), findManagedGroup, this.#exceeds),
      managed: managedMatcher(acl, this.#setup.approximations),
    };
  }
}

import { quoted } from './parts.js';
import { Unresolved } from './source-value.js';

/** What an expression stands for, if nobody but the deployment can tell. */
export function unknownAtDeployment(expression: string): Unresolved {
  return new Unresolved(`${quoted(expression)} is known at deployment only`, expression);
}

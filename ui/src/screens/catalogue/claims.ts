import type { Claim } from '../../lib/bindings';

/** What is true and may be said; the same truth is shown once. */
export function factsOf(claims: Claim[]): Claim[] {
  return once(claims.filter(({ kind }) => kind === 'fact'));
}

/** What is not true and must not be said. */
export function trapsOf(claims: Claim[]): Claim[] {
  return once(claims.filter(({ kind }) => kind === 'trap'));
}

/** The sentence that a rep may rely on. */
export const ruleOf = ({ truth }: Claim): string => truth;

function once(claims: Claim[]): Claim[] {
  return claims.filter(({ truth, name }, i) => claims.findIndex((other) => other.truth === truth && other.name === name) === i);
}

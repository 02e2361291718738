/** Channel of changes of signatures, rollouts, alerts and rule trials; the payload is empty. */
export const SIGNATURES_CHANNEL = 'guardimesh_signatures'

/** Channel on which API and worker tell each other that something about signatures changed; the payload is empty. */
export const SIGNATURES_CHANNEL = 'guardimesh_signatures'

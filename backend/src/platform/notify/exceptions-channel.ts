/** Channel of changes of exceptions; the payload is empty. */
export const EXCEPTIONS_CHANNEL = 'guardimesh_exceptions'

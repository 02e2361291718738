import { readSecretFile } from '@guardimesh/kit'
import { z } from 'zod'

/** How to reach the signature server; the same for every process that does. */
export const SignatureServerEnv = z.object({
  SIGNATURE_SERVER_URL: z.url({ protocol: /^https$/ }).optional(),
  SIGNATURE_SERVER_CA_FILE: z.string().min(1).optional(),
  SIGNATURE_SERVER_MANAGEMENT_KEY_FILE: z.string().min(1).optional(),
})

/** Where the signature server is, and what it takes changes for. */
export interface SignatureServerAddress {
  readonly url: URL
  /** Authorities that its certificate may be of; undefined: those of Node. Read for each request. */
  readonly caFile: string | undefined
  /** Holds the management key, read for each request, so that a new one counts at once; undefined: nothing can be changed from here. */
  readonly managementKeyFile: string | undefined
}

/** @returns undefined when this installation has none. @throws ConfigError when the management key cannot be read. */
export function signatureServerAddress(env: z.infer<typeof SignatureServerEnv>): SignatureServerAddress | undefined {
  if (env.SIGNATURE_SERVER_URL === undefined) return undefined
  const managementKeyFile = env.SIGNATURE_SERVER_MANAGEMENT_KEY_FILE
  if (managementKeyFile !== undefined) readSecretFile(managementKeyFile)
  return { url: new URL(env.SIGNATURE_SERVER_URL), caFile: env.SIGNATURE_SERVER_CA_FILE, managementKeyFile }
}

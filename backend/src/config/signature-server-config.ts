import { readSecretFile } from '@guardimesh/kit'
import { z } from 'zod'

/** Signature server settings of API and worker. */
export const SignatureServerEnv = z.object({
  SIGNATURE_SERVER_URL: z.url({ protocol: /^https$/ }).optional(),
  SIGNATURE_SERVER_CA_FILE: z.string().min(1).optional(),
  SIGNATURE_SERVER_MANAGEMENT_KEY_FILE: z.string().min(1).optional(),
})

/** Address and credentials of the signature server. */
export interface SignatureServerAddress {
  readonly url: URL
  /** Certificate authorities to trust; undefined: those of Node. Read for each request. */
  readonly caFile: string | undefined
  /** File with the management key, read for each request to pick up a new key immediately; undefined: read-only access. */
  readonly managementKeyFile: string | undefined
}

/** Returns undefined if no signature server is configured. @throws ConfigError if the management key cannot be read. */
export function signatureServerAddress(env: z.infer<typeof SignatureServerEnv>): SignatureServerAddress | undefined {
  if (env.SIGNATURE_SERVER_URL === undefined) return undefined
  const managementKeyFile = env.SIGNATURE_SERVER_MANAGEMENT_KEY_FILE
  if (managementKeyFile !== undefined) readSecretFile(managementKeyFile)
  return { url: new URL(env.SIGNATURE_SERVER_URL), caFile: env.SIGNATURE_SERVER_CA_FILE, managementKeyFile }
}

import { printLines } from '../terminal/output.js'

/** Creates the key pair for signing bundles. One key can sign installation bundles and signature bundles. */
export async function keygen(name: string): Promise<void> {
  const { writeKeyPair } = await import('@guardimesh/signature-format')
  const fingerprint = await writeKeyPair(name)
  printLines([`created ${name}.key (secret) and ${name}.pub. Fingerprint: ${fingerprint}`])
}

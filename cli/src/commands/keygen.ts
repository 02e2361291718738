/** Makes the key pair that bundles are signed with; one key may sign both kinds. */
export async function keygen(name: string): Promise<void> {
  const { writeKeyPair } = await import('@guardimesh/signature-format')
  const fingerprint = await writeKeyPair(name)
  process.stdout.write(`${name}.key (secret) and ${name}.pub were made. Fingerprint: ${fingerprint}\n`)
}

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'

/** Creates a self-signed certificate for a host name, in PEM. */
export async function makeCertificate(name: string): Promise<{ certificate: string; key: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'certificate-'))
  const [keyFile, certificateFile] = [join(folder, 'key'), join(folder, 'certificate')]
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  const identity = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  await runChecked('openssl', ['req', ...kind, ...identity, '-keyout', keyFile, '-out', certificateFile])
  const [key, certificate] = await Promise.all([readFile(keyFile, 'utf8'), readFile(certificateFile, 'utf8')])
  await rm(folder, { recursive: true })
  return { certificate, key }
}

import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { temporaryFolder } from './temporary-folder.js'

/** Files with a certificate and its key in PEM. */
export interface CertificateFiles {
  readonly certificateFile: string
  readonly keyFile: string
}

/** A certificate authority and its certificates, in a temporary folder that the test removes. */
export interface TestAuthority {
  readonly folder: string
  readonly caFile: string
  /** Issues a certificate for a server. @param names such as "DNS:backend.example" and "IP:127.0.0.1". */
  issue(...names: string[]): Promise<CertificateFiles>
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Creates an authority with `openssl`, as an administrator would. */
export async function createAuthority(name: string): Promise<TestAuthority> {
  const folder = await temporaryFolder('certificates')
  const caFile = join(folder, 'ca.crt')
  const caKeyFile = join(folder, 'ca.key')
  await runChecked('openssl', ['req', '-x509', ...NEW_KEY, '-days', '30', '-subj', `/CN=${name}`, '-keyout', caKeyFile, '-out', caFile])
  let issued = 0
  const issue = async (...names: string[]) => {
    issued += 1
    const certificateFile = join(folder, `${issued}.crt`)
    const keyFile = join(folder, `${issued}.key`)
    const signer = ['-CA', caFile, '-CAkey', caKeyFile, '-days', '10']
    const subject = ['-subj', `/CN=server ${issued} of ${name}`, '-addext', `subjectAltName=${names.join(',')}`]
    const extensions = ['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth']
    await runChecked('openssl', [
      'req',
      '-x509',
      ...NEW_KEY,
      ...signer,
      ...subject,
      ...extensions,
      '-keyout',
      keyFile,
      '-out',
      certificateFile,
    ])
    return { certificateFile, keyFile }
  }
  return { folder, caFile, issue }
}

import { randomBytes } from 'node:crypto'
import { realpath, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { writeKeyPair } from '@guardimesh/signature-format'
import { findPostgresPackage } from '@guardimesh/testbed/postgres-binaries.js'
import { type Settings, type StackContext, startNodeProcess } from './context.js'
import { exists } from './exists.js'
import { REPOSITORY_FOLDER, type StackFolders } from './folders.js'
import { writeAtomically } from './write-atomically.js'

const HOST = '127.0.0.1'
/** The certificate is not renewed: `make reset` deletes it together with the data. */
const CERTIFICATE_DAYS = 3650

/** Address and keys of the signature server of this machine. */
export interface SignatureServerAccess {
  readonly url: string
  /** Its self-signed certificate (PEM). */
  readonly certificateFile: string
  /** Public key (PEM) that verifies its catalogue. */
  readonly catalogKeyFile: string
  readonly managementKeyFile: string
  /** Folder whose files it imports. */
  readonly incoming: string
}

/** Folder with the signatures of this project. */
export const STARTER_SIGNATURES = join(REPOSITORY_FOLDER, 'scanner/signatures')

/** Starts the signature server. @param port a free port on loopback. */
export async function startSignatureServer(context: StackContext, port: number): Promise<SignatureServerAccess> {
  const { folders } = context
  const files = await ensureFiles(folders)
  const env = {
    LISTEN_HOST: HOST,
    PORT: String(port),
    SIGNATURES_FOLDER: folders.signatureServer,
    STARTER_FOLDER: STARTER_SIGNATURES,
    TLS_CERTIFICATE_FILE: files.certificateFile,
    TLS_KEY_FILE: files.certificateKeyFile,
    CATALOG_KEY_FILE: files.catalogPrivateKeyFile,
    MANAGEMENT_KEY_FILE: files.managementKeyFile,
    TRUSTED_KEYS_FOLDER: folders.trustedKeys,
    GOLDEN_FOLDERS: (await goldenFolders()).join(':'),
  }
  const probe = { host: HOST, port, caFile: files.certificateFile }
  await startNodeProcess(context, { name: 'signature-server', entry: 'signature-server/dist/main.js', env, probe })
  return { url: `https://${HOST}:${port}`, incoming: join(folders.signatureServer, 'incoming'), ...files }
}

/**
 * Returns the golden set: only the programs of the Node and PostgreSQL packages. /usr or the PostgreSQL libraries would slow down every
 * import.
 */
async function goldenFolders(): Promise<string[]> {
  return [dirname(await realpath(process.execPath)), join(findPostgresPackage(), 'native/bin')]
}

/** Builds the settings of API and worker for managing the signature server; empty without one. Pure. */
export function managementSettings(server: SignatureServerAccess | undefined): Settings {
  return server ? { ...address(server), SIGNATURE_SERVER_MANAGEMENT_KEY_FILE: server.managementKeyFile } : {}
}

/** Builds the settings of the puller for the signature server; empty without one. Pure. */
export function followSettings(server: SignatureServerAccess | undefined): Settings {
  return server ? { ...address(server), SIGNATURE_SERVER_KEY_FILE: server.catalogKeyFile } : {}
}

const address = ({ url, certificateFile }: SignatureServerAccess) => ({
  SIGNATURE_SERVER_URL: url,
  SIGNATURE_SERVER_CA_FILE: certificateFile,
})

/** Creates certificate and keys unless they exist. Files of an interrupted creation are replaced, because they were not used yet. */
async function ensureFiles({ secrets }: StackFolders) {
  const [catalog, server] = [join(secrets, 'catalog'), join(secrets, 'signature-server')]
  const files = {
    certificateFile: `${server}.crt`,
    certificateKeyFile: `${server}.key`,
    catalogKeyFile: `${catalog}.pub`,
    catalogPrivateKeyFile: `${catalog}.key`,
    managementKeyFile: join(secrets, 'management-key'),
  }
  if (!(await exists(files.certificateFile))) await createCertificate(files)
  if (!(await exists(files.catalogKeyFile))) {
    await rm(files.catalogPrivateKeyFile, { force: true })
    await writeKeyPair(catalog)
  }
  if (!(await exists(files.managementKeyFile))) await writeAtomically(files.managementKeyFile, randomBytes(24).toString('base64url'))
  return files
}

/** Creates a self-signed certificate, the only one that API, worker and puller trust. */
async function createCertificate(files: { readonly certificateFile: string; readonly certificateKeyFile: string }): Promise<void> {
  const draft = `${files.certificateFile}.new`
  await runChecked('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', String(CERTIFICATE_DAYS)],
    ...['-subj', '/CN=Guardimesh signature server of this machine', '-addext', `subjectAltName=IP:${HOST}`],
    ...['-keyout', files.certificateKeyFile, '-out', draft],
  ])
  await rename(draft, files.certificateFile)
}

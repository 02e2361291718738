import { randomBytes } from 'node:crypto'
import { readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { writeKeyPair } from '@guardimesh/signature-format'
import { findPostgresPackage } from '@guardimesh/testbed/postgres-binaries.js'
import { type Settings, type StackContext, startNodeProcess } from './context.js'
import { REPOSITORY_FOLDER, type StackFolders } from './folders.js'
import { isThere } from './is-there.js'

const HOST = '127.0.0.1'
/** Nobody renews it: data that is older is made anew by `make reset`. */
const CERTIFICATE_DAYS = 3650

/** How others reach the signature server of this machine. */
export interface SignatureServerAccess {
  readonly url: string
  /** Certificate (PEM) that it is believed by. */
  readonly certificateFile: string
  /** Public key (PEM) that proves its catalogue. */
  readonly catalogKeyFile: string
  readonly managementKeyFile: string
  /** Folder that takes databases in. */
  readonly incoming: string
}

/** Where the signatures of this project lie. */
export const STARTER_SIGNATURES = join(REPOSITORY_FOLDER, 'scanner/signatures')

/** Starts the signature server on its folder. @param port a free one on loopback. */
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
  const probe = { host: HOST, port, ca: await readFile(files.certificateFile, 'utf8') }
  await startNodeProcess(context, { name: 'signature-server', entry: 'signature-server/dist/main.js', env, probe })
  return { url: `https://${HOST}:${port}`, incoming: join(folders.signatureServer, 'incoming'), ...files }
}

/**
 * What every signature must leave alone: the programs of npm packages that run here. Not all of /usr, which may be gigabytes, nor PostgreSQL's
 * libraries: every import would take much longer.
 */
async function goldenFolders(): Promise<string[]> {
  return [dirname(await realpath(process.execPath)), join(findPostgresPackage(), 'native/bin')]
}

/** What API and worker must know to manage it; nothing when there is none. Pure. */
export function managementSettings(server: SignatureServerAccess | undefined): Settings {
  return server ? { ...address(server), SIGNATURE_SERVER_MANAGEMENT_KEY_FILE: server.managementKeyFile } : {}
}

/** What the puller must know to follow it; nothing when there is none. Pure. */
export function followSettings(server: SignatureServerAccess | undefined): Settings {
  return server ? { ...address(server), SIGNATURE_SERVER_KEY_FILE: server.catalogKeyFile } : {}
}

const address = ({ url, certificateFile }: SignatureServerAccess) => ({
  SIGNATURE_SERVER_URL: url,
  SIGNATURE_SERVER_CA_FILE: certificateFile,
})

/** Makes certificate and keys, unless they are there from an earlier start. What was half made by then is made anew: nobody has it. */
async function ensureFiles({ secrets }: StackFolders) {
  const [catalog, server] = [join(secrets, 'catalog'), join(secrets, 'signature-server')]
  const files = {
    certificateFile: `${server}.crt`,
    certificateKeyFile: `${server}.key`,
    catalogKeyFile: `${catalog}.pub`,
    catalogPrivateKeyFile: `${catalog}.key`,
    managementKeyFile: join(secrets, 'management-key'),
  }
  if (!(await isThere(files.certificateFile))) await makeCertificate(files)
  if (!(await isThere(files.catalogKeyFile))) {
    await rm(files.catalogPrivateKeyFile, { force: true })
    await writeKeyPair(catalog)
  }
  if (!(await isThere(files.managementKeyFile))) await writeWhole(files.managementKeyFile, randomBytes(24).toString('base64url'))
  return files
}

/** A certificate that is its own authority: API, worker and puller believe it and nothing else. */
async function makeCertificate(files: { readonly certificateFile: string; readonly certificateKeyFile: string }): Promise<void> {
  const draft = `${files.certificateFile}.new`
  await runChecked('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', String(CERTIFICATE_DAYS)],
    ...['-subj', '/CN=Guardimesh signature server of this machine', '-addext', `subjectAltName=IP:${HOST}`],
    ...['-keyout', files.certificateKeyFile, '-out', draft],
  ])
  await rename(draft, files.certificateFile)
}

async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

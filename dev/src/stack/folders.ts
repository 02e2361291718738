import { join, resolve } from 'node:path'

/** The checkout: this file is in e2e/src/stack or e2e/dist/stack. */
export const REPOSITORY_FOLDER = resolve(import.meta.dirname, '../../..')

/** Where everything of one instance lives. */
export interface StackFolders {
  /** Data, kept between runs. Everybody may enter it: PostgreSQL and clamd run without privileges. */
  readonly root: string
  /** Sockets. Short, since the path of a Unix socket ends at 107 bytes. */
  readonly run: string
  readonly postgres: string
  readonly clamd: string
  /** Of this node. */
  readonly signatures: string
  /** The signature server's volume. */
  readonly signatureServer: string
  /** Public keys whose signature bundles are taken. */
  readonly trustedKeys: string
  readonly scanner: string
  readonly containerd: string
  readonly images: string
  readonly logs: string
  readonly secrets: string
  readonly stateFile: string
  readonly factsFile: string
  readonly adminPasswordFile: string
  readonly ingestionKeyFile: string
}

/** All paths of an instance. Pure. */
export function stackFolders(root: string, run: string): StackFolders {
  const secrets = join(root, 'secrets')
  return {
    root,
    run,
    postgres: join(root, 'postgres'),
    clamd: join(root, 'clamd'),
    signatures: join(root, 'signatures'),
    signatureServer: join(root, 'signature-server'),
    trustedKeys: join(root, 'trusted-keys'),
    scanner: join(root, 'scanner'),
    containerd: join(root, 'containerd'),
    images: join(root, 'images'),
    logs: join(root, 'logs'),
    secrets,
    stateFile: join(root, 'state.json'),
    factsFile: join(root, 'facts.json'),
    adminPasswordFile: join(secrets, 'first-admin-password'),
    ingestionKeyFile: join(secrets, 'ingestion-key'),
  }
}

import { join, resolve } from 'node:path'

/** The checkout: this file is in dev/src/stack or dev/dist/stack. */
export const REPOSITORY_FOLDER = resolve(import.meta.dirname, '../../..')

/** Folders and files of one instance. */
export interface StackFolders {
  /** Data, kept between runs. All users can enter it: PostgreSQL and clamd run unprivileged. */
  readonly root: string
  /** Sockets. Short, because the path of a Unix socket is limited to 107 bytes. */
  readonly run: string
  readonly postgres: string
  readonly clamd: string
  /** Signatures of this node. */
  readonly signatures: string
  /** Volume of the signature server. */
  readonly signatureServer: string
  /** Public keys whose signature bundles are accepted. */
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
  readonly encryptionKeyFile: string
}

/** Builds the paths of an instance. Pure. */
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
    encryptionKeyFile: join(secrets, 'encryption-key'),
  }
}

/** The scanner processes. Each has a folder of its own for its sockets, as in a cluster. */
export const AGENT_NAMES = ['inspector', 'obfuscation-scanner', 'puller', 'scanner'] as const
export type AgentName = (typeof AGENT_NAMES)[number]

/** Folder of the sockets of one scanner process. Pure. */
export function processFolder(folders: StackFolders, name: AgentName): string {
  return join(folders.run, name)
}

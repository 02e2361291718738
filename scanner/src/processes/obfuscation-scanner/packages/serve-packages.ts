import type { Server } from 'node:net'
import { IPC_LIMITS } from '@guardimesh/contracts/ingest/limits'
import { messages } from '@guardimesh/contracts/messages'
import { type Logger, refusalOf } from '@guardimesh/kit'
import { serveDescriptorRequests } from '../../../node/descriptor-request.js'
import { requirePeerUid } from '../../../node/peer-credentials.js'
import type { PackageScanner } from './package-scanner.js'

export interface PackageServerOptions {
  readonly socketPath: string
  /** User that the scanner must run as. */
  readonly clientUid: number
  readonly packages: PackageScanner
  readonly log: Logger
}

/** Serves requests for the packages of files. Close the server to stop. */
export function servePackages({ socketPath, clientUid, packages, log }: PackageServerOptions): Promise<Server> {
  return serveDescriptorRequests({
    ...{ socketPath, log, maxBytes: IPC_LIMITS.packageMessageBytes, checkPeer: requirePeerUid(clientUid) },
    handle: async (fd, request) => messages.PackageResponse.encode(await answerTo(fd, request, packages, log)).finish(),
  })
}

async function answerTo(fd: number, request: Buffer, packages: PackageScanner, log: Logger) {
  try {
    const paths = messages.PackageRequest.decode(request).paths ?? []
    const found = await packages.find(
      fd,
      paths.map((path) => Buffer.from(path).toString('latin1')),
    )
    return { complete: true, files: found.map((file) => ({ ...file, path: Buffer.from(file.path, 'latin1') })) }
  } catch (error) {
    log.warn({ error }, 'failed to read a package database')
    return { error: refusalOf(error) }
  }
}

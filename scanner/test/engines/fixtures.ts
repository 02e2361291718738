import { closeSync, fstatSync, openSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createLogger } from '@guardimesh/kit'
import { buildGenerationCanary } from '@guardimesh/scanner/engines/clamav/generation-canary.js'
import type { OpenedFile } from '@guardimesh/scanner/node/file-identity.js'
import { CANARY_FILE } from '@guardimesh/signature-format'
import { type ClamdSettings, type RunningClamd, startClamd } from '@guardimesh/testbed/clamd.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'

export const quietLog = createLogger('test', 'silent')
/** Text that a test signature detects, so that tests need no large amounts of EICAR. */
export const MARKER = 'guardimesh-marker-of-the-tests'

export interface Bench extends AsyncDisposable {
  readonly folder: string
  readonly databaseFolder: string
  clamd: RunningClamd
  restart(): Promise<void>
  /** Writes a file in the folder. */
  write(name: string, content: string | Uint8Array): Promise<string>
}

/** Starts a real clamd with signatures for the tests, and creates a folder for files. */
export async function startBench(purpose: string, settings: ClamdSettings = {}): Promise<Bench> {
  const folder = await temporaryFolder(purpose)
  const databaseFolder = join(folder, 'database')
  await mkdir(databaseFolder)
  await mkdir(join(folder, 'files'))
  const hex = Buffer.from(MARKER).toString('hex')
  await writeFile(join(databaseFolder, 'tests.ndb'), `Test.Trojan.Marker:0:*:${hex}\n`)
  await writeFile(join(databaseFolder, CANARY_FILE), buildGenerationCanary('g1').databaseLine)
  // A sequential reload waits until clamd's idle threads exit.
  const start = () =>
    startClamd({ folder: join(folder, 'clamd'), databaseFolder, settings: { AlertEncrypted: 'yes', IdleTimeout: '1', ...settings } })
  const bench: Bench = {
    folder,
    databaseFolder,
    clamd: await start(),
    async restart() {
      bench.clamd = await start()
    },
    async write(name, content) {
      const path = join(folder, 'files', name)
      await writeFile(path, content)
      return path
    },
    async [Symbol.asyncDispose]() {
      await bench.clamd.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
  return bench
}

/** Opens a file as a source does. */
export function openFile(path: string): OpenedFile & Disposable {
  const fd = openSync(path, 'r')
  const stat = fstatSync(fd, { bigint: true })
  return {
    fd,
    path: Buffer.from(path),
    sizeBytes: Number(stat.size),
    identity: { device: stat.dev, inode: stat.ino, changedAtNs: stat.ctimeNs, sizeBytes: stat.size },
    [Symbol.dispose]: () => closeSync(fd),
  }
}

/** Builds a ZIP archive with one stored entry that is marked as encrypted. */
export function encryptedZip(): Buffer {
  const name = Buffer.from('secret.bin')
  const data = Buffer.alloc(64, 0xa5)
  const common = Buffer.alloc(26)
  common.writeUInt16LE(20, 0)
  common.writeUInt16LE(1, 2)
  common.writeUInt32LE(0x1234_5678, 10)
  common.writeUInt32LE(data.length, 14)
  common.writeUInt32LE(data.length - 12, 18)
  common.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, name, data])
  const central = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, Buffer.alloc(14), name])
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(local.length, 16)
  return Buffer.concat([local, central, end])
}

export const never: AbortSignal = new AbortController().signal

import { join } from 'node:path'
import type { ScanConfig } from '@guardimesh/contracts/http/scan-config'
import { MINUTE_MS, SECOND_MS } from '@guardimesh/contracts/units'
import type { Logger } from '@guardimesh/kit'
import type { Registry } from 'prom-client'
import { CachedScanner } from '../../engines/cached-scanner.js'
import { ClamdControl } from '../../engines/clamav/clamd-control.js'
import { ClamdEngine } from '../../engines/clamav/clamd-engine.js'
import { ClamdStreamEngine } from '../../engines/clamav/clamd-stream.js'
import { HashPool } from '../../engines/hash-pool.js'
import { ObfuscationEngine } from '../../engines/obfuscation/obfuscation-engine.js'
import { PackageReader } from '../../engines/obfuscation/package-reader.js'
import { TrialEngine } from '../../engines/obfuscation/trial-engine.js'
import { VerdictCache } from '../../engines/verdict-cache.js'
import { VerdictJournal } from '../../engines/verdict-journal.js'
import { requirePeerUid } from '../../node/peer-credentials.js'
import type { ScannerConfig } from './config.js'

export interface Engines extends AsyncDisposable {
  readonly scanner: CachedScanner
  readonly cache: VerdictCache
  readonly hashes: HashPool
  readonly clamd: ClamdControl
  /** The obfuscation scanner with the rules of a trial. */
  readonly trial: TrialEngine
  readonly packageReader: PackageReader
}

/** Timeout of one file in clamd, including its queue: a large archive can take minutes. */
const CLAMD_TIMEOUT_MS = 5 * MINUTE_MS
const OBFUSCATION_TIMEOUT_MS = 30 * SECOND_MS
/** Longer than the timeout of the obfuscation scanner for a database. */
const PACKAGES_TIMEOUT_MS = 8 * SECOND_MS
const VERDICTS_FILE = 'verdicts.jsonl'

/** Creates the engines by the configuration, and the cached scanner on top of them. */
export function createEngines(config: ScannerConfig, { budgets }: ScanConfig, metrics: Registry, log: Logger): Engines {
  const address = config.clamdAddress
  const clamav =
    'socketPath' in address
      ? new ClamdEngine({ ...address, timeoutMs: CLAMD_TIMEOUT_MS, log })
      : new ClamdStreamEngine({ address, timeoutMs: CLAMD_TIMEOUT_MS, log })
  const checkPeer = requirePeerUid(config.obfuscationUid)
  const obfuscationScanner = {
    socketPath: join(config.obfuscationFolder, 'obfuscation.sock'),
    timeoutMs: OBFUSCATION_TIMEOUT_MS,
    checkPeer,
  }
  const packagesSocket = join(config.obfuscationFolder, 'packages.sock')
  const packageReader = new PackageReader({ socketPath: packagesSocket, timeoutMs: PACKAGES_TIMEOUT_MS, checkPeer })
  const obfuscation = new ObfuscationEngine(obfuscationScanner)
  const trial = new TrialEngine(obfuscationScanner)
  const journal = new VerdictJournal(join(config.stateFolder, VERDICTS_FILE), log)
  const cache = new VerdictCache(journal)
  const hashes = new HashPool()
  const scanner = new CachedScanner({ engines: { clamav, obfuscation }, hashes, cache, budgets, metrics })
  const dispose = async () => {
    scanner[Symbol.dispose]()
    await hashes[Symbol.asyncDispose]()
    obfuscation[Symbol.dispose]()
    trial[Symbol.dispose]()
    if (clamav instanceof ClamdEngine) clamav[Symbol.dispose]()
    await journal[Symbol.asyncDispose]()
  }
  return { scanner, cache, hashes, clamd: new ClamdControl(address), trial, packageReader, [Symbol.asyncDispose]: dispose }
}

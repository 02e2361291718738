import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CachedScanner } from '@guardimesh/scanner/engines/cached-scanner.js'
import { ClamdEngine } from '@guardimesh/scanner/engines/clamav/clamd-engine.js'
import { HashPool } from '@guardimesh/scanner/engines/hash-pool.js'
import { VerdictCache } from '@guardimesh/scanner/engines/verdict-cache.js'
import { eicarBytes } from '@guardimesh/testbed/eicar.js'
import { Registry } from 'prom-client'
import { never, openFile, quietLog, startBench } from './fixtures.js'

/** Starts clamd with EICAR as its malware, and a scanner without obfuscation rules. @param databases further databases, by file name. */
export async function startFormatScanner(purpose: string, databases: Readonly<Record<string, string>> = {}) {
  const bench = await startBench(purpose)
  // EICAR counts at the start of a file only, so a match inside an archive means that clamd opened it.
  await writeFile(join(bench.databaseFolder, 'eicar.ndb'), `Test.Eicar:0:0:${eicarBytes().toString('hex')}\n`)
  for (const [name, content] of Object.entries(databases)) await writeFile(join(bench.databaseFolder, name), content)
  await bench.clamd.stop()
  await bench.restart()
  const hashes = new HashPool()
  const engine = new ClamdEngine({ socketPath: bench.clamd.socketPath, timeoutMs: 60_000, log: quietLog })
  const engines = { clamav: engine, obfuscation: undefined }
  const budgets = { concurrentScans: 2, bytesPerSecond: 0 }
  const scanner = new CachedScanner({ engines, hashes, cache: new VerdictCache(), budgets, metrics: new Registry() })
  return {
    folder: bench.folder,
    /** Returns the verdict of clamd alone, and that of the scanner. */
    async verdictOf(content: Uint8Array) {
      using file = openFile(await bench.write('archive', content))
      const byClamd = await engine.scan(file, never)
      const { verdict } = await scanner.scanWithCache(file, { maxFileSizeBytes: 200 * 1024 * 1024, obfuscation: false }, never)
      return { byClamd, verdict }
    },
    async [Symbol.asyncDispose]() {
      scanner[Symbol.dispose]()
      engine[Symbol.dispose]()
      await hashes[Symbol.asyncDispose]()
      await bench[Symbol.asyncDispose]()
    },
  }
}

export type FormatScanner = Awaited<ReturnType<typeof startFormatScanner>>

import { ConfigError, EXIT_CONFIG } from '@guardimesh/kit'
import { Command } from 'commander'
import { measureAgent } from './benches/agent.js'
import { measureApiHostile } from './benches/api-hostile.js'
import { measureImages } from './benches/images.js'
import { measureIngest } from './benches/ingest.js'
import { measureInstall } from './benches/install.js'
import { measureNeighbours } from './benches/neighbours.js'
import { measureNotice } from './benches/notice.js'
import { measureObfuscationSpeed } from './benches/obfuscation-speed.js'
import { measureOperatorScale } from './benches/operator-scale.js'
import { measurePlacements } from './benches/placements.js'
import { measureQuery } from './benches/query.js'
import { measureScan } from './benches/scan.js'
import { measureSignatures } from './benches/signatures.js'
import { logProgress } from './platform.js'
import { type Measurement, reportMeasurement } from './report.js'

type Measure = () => Promise<Measurement[]>

/** Benchmarks by name. Cold and warm scan share their setup, so one run measures both. */
const BENCHES: Readonly<Record<string, Measure>> = {
  'scan-cold': measureScan,
  'scan-warm': measureScan,
  notice: measureNotice,
  ingest: measureIngest,
  query: measureQuery,
  'api-hostile': measureApiHostile,
  agent: measureAgent,
  install: measureInstall,
  images: measureImages,
  'operator-scale': measureOperatorScale,
  'obfuscation-speed': measureObfuscationSpeed,
  placements: measurePlacements,
  neighbours: measureNeighbours,
  signatures: measureSignatures,
}

const program = new Command('bench')
  .description('Runs benchmarks, prints one line per result, and writes bench/results/<name>.json. Requires root to start containers.')
  .argument('[name]', `benchmark to run: ${Object.keys(BENCHES).join(', ')} (default: all)`)
  .parse()

try {
  await runBenches(program.args[0])
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  logProgress(error.message)
  process.exitCode = EXIT_CONFIG
}

/** @param name benchmark to run; all by default. @throws ConfigError for an unknown name. */
async function runBenches(name: string | undefined): Promise<void> {
  if (name !== undefined && !BENCHES[name])
    throw new ConfigError(`unknown benchmark "${name}". Benchmarks: ${Object.keys(BENCHES).join(', ')}`)
  const measures = name === undefined ? Object.values(BENCHES) : [BENCHES[name] as Measure]
  for (const measure of new Set(measures)) {
    const measurements = await measure()
    for (const measured of measurements.filter((one) => name === undefined || one.name === name || one.name.startsWith(`${name}-`))) {
      await reportMeasurement(measured)
      logProgress(`  ${measured.isMet ? 'met' : 'NOT MET'}: ${measured.bar}`)
    }
  }
}

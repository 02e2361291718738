import { ConfigError, EXIT_CONFIG } from '@guardimesh/kit'
import { Command } from 'commander'
import { measureAgent } from './benches/agent.js'
import { measureIngest } from './benches/ingest.js'
import { measureInstall } from './benches/install.js'
import { measureNotice } from './benches/notice.js'
import { measureOperatorScale } from './benches/operator-scale.js'
import { measureScan } from './benches/scan.js'
import { measureSignatures } from './benches/signatures.js'
import { logProgress } from './platform.js'
import { type Measurement, reportMeasurement } from './report.js'

type Measure = () => Promise<Measurement[]>

/** By the name that a person asks for. Cold and warm scan need the same set-up, so that one run measures both. */
const BENCHES: Readonly<Record<string, Measure>> = {
  'scan-cold': measureScan,
  'scan-warm': measureScan,
  notice: measureNotice,
  ingest: measureIngest,
  agent: measureAgent,
  install: measureInstall,
  'operator-scale': measureOperatorScale,
  signatures: measureSignatures,
}

const program = new Command('bench')
  .description('Measures, prints one line a benchmark, and writes bench/results/<name>.json. Needs root: it starts real containers.')
  .argument('[name]', `one of ${Object.keys(BENCHES).join(', ')}; all when left out`)
  .parse()

try {
  await runBenches(program.args[0])
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  logProgress(error.message)
  process.exitCode = EXIT_CONFIG
}

/** @param name of the one to run; all when left out. @throws ConfigError for a name that there is none of. */
async function runBenches(name: string | undefined): Promise<void> {
  if (name !== undefined && !BENCHES[name])
    throw new ConfigError(`there is no benchmark "${name}"; take one of ${Object.keys(BENCHES).join(', ')}`)
  const measures = name === undefined ? Object.values(BENCHES) : [BENCHES[name] as Measure]
  for (const measure of new Set(measures)) {
    const measurements = await measure()
    for (const measured of measurements.filter((one) => name === undefined || one.name === name || one.name.startsWith(`${name}-`))) {
      await reportMeasurement(measured)
      logProgress(`  ${measured.isMet ? 'met' : 'NOT MET'}: ${measured.bar}`)
    }
  }
}

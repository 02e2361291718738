import { copyFile, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { MIB_BYTES, SignatureCatalog } from '@guardimesh/contracts'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'
import { runChecked } from '@guardimesh/kit'
import { createAuthority, type TestAuthority } from '@guardimesh/testbed/certificates.js'
import { say } from '../platform.js'
import type { Measurement } from '../report.js'
import { startCountingRelay } from '../signatures/count-bytes.js'
import { startNginx } from '../signatures/nginx.js'
import { getBody, type SignatureServerUnderTest, startSignatureServer } from '../signatures/server.js'
import { type NodesOrder, type PullRun, pullAtOnce } from '../signatures/simulated-nodes.js'
import { makeSyntheticDatabase, SYNTHETIC, type SyntheticDatabase } from '../signatures/synthetic-database.js'
import { median } from '../statistics.js'

const NODES = 200
const ROUNDS = 3
const STEP_BAR_PERCENT = 2
const RATIO_BAR = 0.8
const SECONDS_BAR = 60

interface Bench {
  readonly folder: string
  readonly authority: TestAuthority
  readonly server: SignatureServerUnderTest
  readonly database: SyntheticDatabase
}

/** What a daily step costs a node, and how many nodes the signature server serves, against nginx with the same files. */
export async function measureSignatures(): Promise<Measurement[]> {
  const folder = await mkdtemp('/var/tmp/guardimesh-bench-')
  const authority = await createAuthority('bench')
  try {
    say(`making a database of ${SYNTHETIC.signatures} signatures, and the next day's`)
    const database = await makeSyntheticDatabase(join(folder, 'database'))
    await using server = await startSignatureServer(join(folder, 'server'), authority)
    const bench = { folder, authority, server, database }
    return [await measureStep(bench), await measureNodes(bench)]
  } finally {
    await rm(folder, { recursive: true, force: true })
    await rm(authority.folder, { recursive: true, force: true })
  }
}

/** A node with the first version pulls the second; everything that comes over the network counts. */
async function measureStep({ folder, authority, server, database }: Bench): Promise<Measurement> {
  await using relay = await startCountingRelay(server.port)
  const pull = () => pullAsNode(join(folder, 'node'), relay.port, authority.caFile)
  await server.publish(database.first)
  await pull()
  const firstBytes = relay.take()
  await server.publish(database.second)
  const startedAtMs = performance.now()
  await pull()
  const stepMs = Math.round(performance.now() - startedAtMs)
  const value = relay.take()
  const peerValue = (await stat(database.second)).size
  const percent = (100 * value) / peerValue
  say(
    `  first pull ${firstBytes} bytes; the daily delta ${value} bytes, ${percent.toFixed(2)} % of the full set, active after ${stepMs} ms`,
  )
  return {
    name: 'signatures',
    value,
    unit: 'bytes',
    peer: 'full-database',
    peerValue,
    ratio: peerValue / value,
    bar: `a daily step takes <= ${STEP_BAR_PERCENT} % of the full database (${percent.toFixed(2)} %)`,
    isMet: percent <= STEP_BAR_PERCENT,
    details: { ...SYNTHETIC, percent, firstBytes, stepMs },
  }
}

/** The real puller, once, as the init container runs it. */
async function pullAsNode(folder: string, port: number, caFile: string): Promise<void> {
  await mkdir(join(folder, 'run'), { recursive: true })
  const settings = {
    RUN_FOLDER: join(folder, 'run'),
    SIGNATURES_FOLDER: join(folder, 'signatures'),
    SIGNATURE_SERVER_URL: `https://127.0.0.1:${port}`,
    SIGNATURE_SERVER_CA_FILE: caFile,
    CLAMD_SOCKET: join(folder, 'run/no-clamd.sock'),
    NODE_NAME: 'bench',
  }
  const environment = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  const puller = join(REPOSITORY_FOLDER, 'scanner/dist/processes/puller/main.js')
  await runChecked('env', [...environment, process.execPath, puller, '--once'])
}

/** All nodes at the same moment: first with deltas, then with whole files, in turns with nginx. */
async function measureNodes({ folder, authority, server }: Bench): Promise<Measurement> {
  const { caFile } = authority
  const root = await copyForPeer(folder, server.port, caFile)
  await using nginx = await startNginx(join(folder, 'nginx'), authority, root)
  const names = Array.from({ length: NODES }, (_, index) => `node-${index + 1}`)
  const rounds: { ours: PullRun; nginx: PullRun }[] = []
  const order = (port: number, wanted: NodesOrder['wanted']) => ({ port, caFile, names, wanted })
  const step = await pullAtOnce(order(server.port, 'deltas'))
  say(`  ${NODES} nodes took the daily step in ${step.seconds.toFixed(1)} s`)
  for (let round = 1; round <= ROUNDS; round++) {
    const ours = await pullAtOnce(order(server.port, 'files'))
    const peer = await pullAtOnce(order(nginx.port, 'files'))
    say(`  round ${round}: ${NODES} nodes pulled everything in ${ours.seconds.toFixed(1)} s, from nginx in ${peer.seconds.toFixed(1)} s`)
    rounds.push({ ours, nginx: peer })
  }
  const rate = ({ receivedBytes, seconds }: PullRun) => receivedBytes / MIB_BYTES / seconds
  const value = median(rounds.map(({ ours }) => rate(ours)))
  const peerValue = median(rounds.map((round) => rate(round.nginx)))
  const ratio = median(rounds.map((round) => round.nginx.seconds / round.ours.seconds))
  const slowestSeconds = Math.max(step.seconds, ...rounds.map(({ ours }) => ours.seconds))
  return {
    name: 'signatures-nodes',
    value,
    unit: 'MiB/s',
    peer: 'nginx',
    peerValue,
    ratio,
    bar: `${NODES} nodes pull everything within ${SECONDS_BAR} s (${slowestSeconds.toFixed(1)} s), ratio >= ${RATIO_BAR}`,
    isMet: ratio >= RATIO_BAR && slowestSeconds <= SECONDS_BAR,
    details: { nodes: NODES, step, rounds },
  }
}

/** Lays the catalogue and its files down as nginx serves them, at the same paths. */
async function copyForPeer(folder: string, port: number, caFile: string): Promise<string> {
  const root = join(folder, 'nginx-root')
  const body = await getBody(port, '/v1/catalog', caFile)
  const { generation, files } = SignatureCatalog.parse(JSON.parse(body.toString()))
  await mkdir(join(root, 'v1'), { recursive: true })
  await writeFile(join(root, 'v1/catalog'), body)
  for (const { path } of files) {
    const target = join(root, 'v1/generations', generation, path)
    await mkdir(dirname(target), { recursive: true })
    await copyFile(join(folder, 'server/volume/generations', generation, path), target)
  }
  return root
}

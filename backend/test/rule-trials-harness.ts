import { randomUUID } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  messages,
  type RuleTrialHit,
  type RuleTrialOrder,
  type RuleTrialReceipt,
  type RuleTrialReport,
  type RuleTrialView,
} from '@guardimesh/contracts'
import { createAuthority } from '@guardimesh/testbed/certificates.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { type RunningServer, startServer } from '../../signature-server/test/running-server.js'
import { aGeneration, writeVolume } from '../../signature-server/test/stored-volume.js'
import { request } from './client.js'
import { startTestApi, type TestApi, type TestSession } from './harness.js'
import { post } from './messages.js'

export const RULES = 'rule Tool { strings: $a = "a tool of ours" condition: $a }\n'
export const TRIALS_PATH = '/api/signatures/rule-trials'
/** Compiling starts a process, which is slow on a busy machine. */
export const COMPILE_TIMEOUT_MS = 60_000

export interface TrialKeys {
  readonly write: string
  readonly ingestion: string
  readonly read: string
}

/** The API with a real signature server, whose golden set contains one file that matches `RULES`. */
export class RuleTrialHarness {
  private constructor(
    readonly api: TestApi,
    readonly session: TestSession,
    readonly server: RunningServer,
    readonly keys: TrialKeys,
    readonly folders: readonly string[],
  ) {}

  static async start(): Promise<RuleTrialHarness> {
    const folder = await temporaryFolder('rule-trials')
    const authority = await createAuthority('rule trials')
    await writeVolume(join(folder, 'volume'), [aGeneration('g1')])
    await mkdir(join(folder, 'volume', 'golden'), { recursive: true })
    await writeFile(join(folder, 'volume', 'golden', 'tool.sh'), '#!/bin/sh\n# a tool of ours\n')
    const server = await startServer({ folder, authority })
    const signatureServer = { url: new URL(server.url), caFile: server.caFile, managementKeyFile: join(folder, 'management-key') }
    const api = await startTestApi({ config: { signatureServer } })
    const keys = {
      write: await api.createKey('signatures:write'),
      ingestion: await api.createKey('ingestion'),
      read: await api.createKey('console:read'),
    }
    return new RuleTrialHarness(api, await api.login(), server, keys, [folder, authority.folder])
  }

  async close(): Promise<void> {
    await this.api.close()
    await this.server[Symbol.asyncDispose]()
    for (const folder of this.folders) await rm(folder, { recursive: true })
  }

  /** Deletes the data of a test. The cluster has two nodes afterwards. */
  async reset(): Promise<void> {
    await this.api.query('TRUNCATE rule_trials, rule_trial_nodes, nodes, audit_log, findings, file_sightings')
    for (const nodeName of ['node-1', 'node-2']) await this.#registerNode(nodeName)
  }

  async #registerNode(nodeName: string): Promise<void> {
    const node = { clusterId: 'test', nodeName, observedAtMs: Date.now() }
    await post(this.api, '/api/v1/pods/logs', this.keys.ingestion, messages.PodLogBatch.encode({ node }).finish())
  }

  /** Starts a trial over HTTP. */
  startTrial<Body = RuleTrialView>(json: unknown = { name: 'tools', rules: RULES }, as: object = { session: this.session }) {
    return request<Body>(this.api, 'POST', TRIALS_PATH, { json, ...as })
  }

  /** Inserts a running trial without the signature server, which takes a second, and returns its id. */
  async insertTrial(): Promise<string> {
    const { api } = this
    const trialId = randomUUID()
    await api.query(`UPDATE rule_trials SET state = 'superseded', ended_at = now() WHERE state = 'running'`)
    await api.query(
      `INSERT INTO rule_trials (trial_id, name, rules, sha256, size_bytes, golden, state, created_by, expires_at)
       VALUES ($1, '', 'rule A { condition: true }', '\\x00', 26, '{"files":0,"hitCount":0,"hits":[],"problem":""}', 'running', 'ada', now() + interval '1 hour')`,
      [trialId],
    )
    for (const name of ['node-1', 'node-2'])
      await api.query(`INSERT INTO rule_trial_nodes (trial_id, cluster_id, node_name, state) VALUES ($1, 'test', $2, 'waiting')`, [
        trialId,
        name,
      ])
    await api.query(`UPDATE rule_trials SET sha256 = decode(repeat('ab', 32), 'hex') WHERE trial_id = $1`, [trialId])
    await api.query('NOTIFY guardimesh_signatures')
    return trialId
  }

  async readTrial(trialId: string): Promise<RuleTrialView> {
    return (await request<RuleTrialView>(this.api, 'GET', `${TRIALS_PATH}/${trialId}`, { session: this.session })).body
  }

  /** Reads the running trial as a node. */
  readOrder<Body = RuleTrialOrder>(as: object = { key: this.keys.ingestion }) {
    return request<Body>(this.api, 'GET', '/api/v1/scan/rule-trial', as)
  }

  /** Sends a report as a node. */
  sendReport<Body = RuleTrialReceipt>(trialId: string, json: unknown, as: object = { key: this.keys.ingestion }) {
    return request<Body>(this.api, 'POST', `/api/v1/scan/rule-trials/${trialId}/reports`, { json, ...as })
  }
}

export const aHit = (changes: Partial<RuleTrialHit> = {}): RuleTrialHit => ({
  namespace: 'shop',
  podName: 'web',
  containerName: 'web',
  containerId: 'c0ffee',
  image: 'shop:1',
  path: '/srv/tool.sh',
  layer: 'upperdir',
  sha256: 'c'.repeat(64),
  sizeBytes: 28,
  rule: 'Tool',
  ...changes,
})

export const aReport = (changes: Partial<RuleTrialReport> = {}): RuleTrialReport => ({
  clusterId: 'test',
  nodeName: 'node-1',
  state: 'running',
  problem: '',
  filesScanned: 10,
  bytesScanned: 1000,
  notScanned: [{ reason: 'too_large', files: 1 }],
  hitCount: 1,
  hits: [aHit()],
  ...changes,
})

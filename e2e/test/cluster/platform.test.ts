import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBundleFiles } from '../../src/cluster/bundle.js'
import { startCluster } from '../../src/cluster/cluster.js'
import { launchBrowser } from '../browser.js'
import { buildPerlImage } from '../perl-image.js'
import { type Installation, NODES } from './installation.js'
import { backup } from './scenarios/backup.js'
import { certificates } from './scenarios/certificates.js'
import { dayTwo } from './scenarios/day-two.js'
import { externalDatabase } from './scenarios/external-database.js'
import { helmTest } from './scenarios/helm-test.js'
import { imageLayers } from './scenarios/image-layers.js'
import { install } from './scenarios/install.js'
import { isolation } from './scenarios/isolation.js'
import { lostLeader } from './scenarios/lost-leader.js'
import { mainJob } from './scenarios/main-job.js'
import { rollOut } from './scenarios/roll-out.js'
import { selfHealing } from './scenarios/self-healing.js'
import { signatures } from './scenarios/signatures.js'
import { uninstall } from './scenarios/uninstall.js'
import { upgrade } from './scenarios/upgrade.js'

/** One cluster and one installation: each scenario continues with the state of the previous one. */
let installation: Installation
const get = () => installation

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guardimesh-cluster-'))
  const bundle = await findBundleFiles()
  const cluster = await startCluster({ nodes: NODES.length })
  installation = { folder, bundle, cluster, browser: await launchBrowser() } as Installation
  await cluster.startCapture()
  await cluster.loadImages(await buildPerlImage(folder))
})

afterAll(async () => {
  await installation?.browser.close()
  await installation?.externalPostgres?.stop()
  await installation?.cluster.down()
  if (installation) await rm(installation.folder, { recursive: true, force: true })
})

install(get)
mainJob(get)
imageLayers(get)
isolation(get)
signatures(get)
rollOut(get)
certificates(get)
selfHealing(get)
dayTwo(get)
backup(get)
uninstall(get)
upgrade(get)
lostLeader(get)
uninstall(get, 'uninstall after an upgrade')
externalDatabase(get)

test('sends no packet to an outside address', async () => {
  expect(await installation.cluster.stopCapture()).toEqual([])
})

helmTest(get)

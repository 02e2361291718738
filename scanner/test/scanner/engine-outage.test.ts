import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { COVERAGE_REASONS, fromWireNumber } from '@guardimesh/contracts'
import { eicarBytes, eicarShellCommand } from '@guardimesh/testbed/eicar.js'
import type { RunningPod } from '@guardimesh/testbed/pod.js'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { activateGeneration, textSignature } from './generation.fixture.js'
import { startNode } from './running-scanner.js'

const STARTER_RULES = new URL('../../signatures/yara', import.meta.url)
const SOON = { timeout: 20_000, interval: 10 }
let node: Awaited<ReturnType<typeof startNode>>
let pod: RunningPod
let round = 0

beforeAll(async () => {
  node = await startNode({
    obfuscation: true,
    signatures: async (folder) => {
      const eicar = `Test.Eicar:0:0:${eicarBytes().toString('hex')}\n`
      await activateGeneration(folder, '20261120-1', `${eicar}${textSignature('Test.Script', 'known-malicious-script')}`)
      await cp(STARTER_RULES, join(folder, 'current', 'yara'), { recursive: true })
      await writeFile(
        join(folder, 'current', 'yara', 'custom-own.yar'),
        'rule Own_Rule { strings: $a = "matched-by-the-rules" condition: $a }\nrule Own_Name { condition: filename == "given-name.js" }\n',
      )
      return join(folder, 'current', 'clamav')
    },
  })
  pod = await node.containerd.runPod({ name: 'web', namespace: 'shop' })
  await vi.waitFor(() => expect(node.backend.results.some(({ containerId }) => containerId === pod.containerId)).toBe(true), SOON)
})
afterAll(async () => {
  await node.stop()
  await rm(node.folder, { recursive: true, force: true })
})

const sh = (script: string) => pod.exec(['/bin/sh', '-c', script])
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')
const findings = (path: string) =>
  node.backend.results.flatMap((result) => result.findings).filter((finding) => textOf(finding.path) === path)
const found = (path: string, name: string) =>
  vi.waitFor(() => expect(findings(path).map(({ signatureName }) => signatureName)).toContain(name), SOON)
/** Entries of one path, newest last. */
const coverage = (path: string) =>
  node.backend.results
    .flatMap((result) => result.coverage)
    .filter((entry) => textOf(entry.path) === path)
    .map(({ reason, count, detail }) => ({ reason: fromWireNumber(COVERAGE_REASONS, reason), count, detail }))
const writeScripts = (folder: string, count: number) =>
  sh(
    `mkdir ${folder}; i=0; while [ $i -lt ${count} ]; do printf '#!/bin/sh\\necho ${folder} %s\\n' $i > ${folder}/s$i.sh; i=$((i+1)); done`,
  )
/** Different bytes each time, so that no verdict is cached. */
const writeEicar = (path: string) => sh(`{ ${eicarShellCommand('/dev/stdout')}; echo ${path}; } | cat > ${path}`)

test('tests itself after its start, and reports the result but no finding', async () => {
  await vi.waitFor(() => expect(node.backend.state.inventory?.node?.selfTestAtMs).toBeGreaterThan(0), SOON)
  const expected = { selfTestFailed: '', selfTestDetail: '', containersWatched: 1 }
  // The container may be watched only after the self-test.
  await vi.waitFor(() => expect(node.backend.state.inventory?.node).toMatchObject(expected), SOON)
  const metrics = await node.metrics()
  for (const part of ['layer', 'volume', 'clamav', 'obfuscation'])
    expect(metrics).toContain(`guardimesh_scanner_self_test_failed{part="${part}"} 0`)
  expect(node.backend.results.flatMap((result) => result.findings)).toEqual([])
})

const millisecondsUntilFound = async (path: string) => {
  const startedAtMs = performance.now()
  await writeEicar(path)
  await found(path, 'Test.Eicar.UNOFFICIAL')
  return performance.now() - startedAtMs
}

describe.each([
  { state: 'stopped', break: () => node.end('obfuscation-scanner', 'SIGTERM'), repair: async () => void node.start('obfuscation-scanner') },
  { state: 'killed', break: () => node.end('obfuscation-scanner', 'SIGKILL'), repair: async () => void node.start('obfuscation-scanner') },
  {
    state: 'hanging',
    break: async () => void process.kill(node.pidOf('obfuscation-scanner'), 'SIGSTOP'),
    repair: async () => void process.kill(node.pidOf('obfuscation-scanner'), 'SIGCONT'),
  },
])('with the obfuscation scanner $state', ({ break: breakIt, repair }) => {
  test('ClamAV reports at once, and the missing verdicts are in the coverage until they follow', async () => {
    const folder = `/tmp/outage-${++round}`
    const [hidden, detected] = [`${folder}/hidden.sh`, `${folder}/detected.sh`]
    await breakIt()
    try {
      await writeScripts(folder, 100)
      expect(await millisecondsUntilFound(`${folder}/evil.com`)).toBeLessThan(3000)
      await sh(
        `printf '#!/bin/sh\\n# matched-by-the-rules ${round}\\n' > ${hidden}; printf '#!/bin/sh\\n# known-malicious-script ${round}\\n' > ${detected}`,
      )
      await found(detected, 'Test.Script.UNOFFICIAL')
      await vi.waitFor(() => expect(coverage(hidden)).toMatchObject([{ reason: 'engine_unavailable', count: 1 }]), SOON)
      expect(coverage(hidden)[0]?.detail).toMatch(/^no verdict of the obfuscation scanner yet: /)
      await vi.waitFor(() => expect(coverage(`${folder}/s99.sh`)).toHaveLength(1), SOON)
      expect(await node.metrics()).toContain('guardimesh_scanner_engine_available{engine="obfuscation"} 0')
    } finally {
      await repair()
    }
    await found(hidden, 'Own_Rule')
    for (const path of [hidden, detected, `${folder}/s0.sh`, `${folder}/s99.sh`])
      await vi.waitFor(() => expect(coverage(path).at(-1)).toMatchObject({ reason: 'engine_unavailable', count: 0 }), SOON)
    await vi.waitFor(async () => expect(await node.metrics()).toContain('guardimesh_scanner_deferred_files 0'), SOON)
  })
})

test('with clamd hanging, the rules report at once, other verdicts follow, also of a removed file, and readiness fails', async () => {
  const folder = `/tmp/outage-${++round}`
  process.kill(node.clamd.pid, 'SIGSTOP')
  try {
    await sh(`mkdir ${folder}; printf '#!/bin/sh\\n# matched-by-the-rules ${round}\\n' > ${folder}/ruled.sh`)
    await found(`${folder}/ruled.sh`, 'Own_Rule')
    for (const name of ['evil.com', 'removed.com']) await writeEicar(`${folder}/${name}`)
    await vi.waitFor(() => expect(coverage(`${folder}/removed.com`)).toMatchObject([{ reason: 'engine_unavailable' }]), SOON)
    await sh(`rm ${folder}/removed.com`)
    await vi.waitFor(async () => expect(await node.readiness()).toContain('clamd'), SOON)
  } finally {
    process.kill(node.clamd.pid, 'SIGCONT')
  }
  for (const name of ['evil.com', 'removed.com']) await found(`${folder}/${name}`, 'Test.Eicar.UNOFFICIAL')
  await node.ready()
  await vi.waitFor(() => expect(coverage(`${folder}/evil.com`).at(-1)).toMatchObject({ count: 0 }), SOON)
})

describe('a verdict that depends on the name', () => {
  const script = (seed: number) =>
    `(echo 'if (false) {'; i=0; while [ $i -lt 60 ]; do printf 'var _0x%x=function(_0x%x){return _0x%x};\\n' $((41394+7*i+${seed})) $((4369+i)) $((4369+i)); i=$((i+1)); done; echo 'eval("0");}')`

  test('is found for the same bytes under a script name', async () => {
    await sh(`${script(1)} > /tmp/two.txt; sleep 0.5; ${script(1)} > /tmp/two.js`)
    await found('/tmp/two.js', 'JavaScript_Obfuscator')
    expect(findings('/tmp/two.txt')).toEqual([])
  })

  test('is found by a scan after a rename and for a rule about the name, in any order of the folder', async () => {
    await sh(`${script(2)} > /tmp/three.tmp; echo 'var a = ${round}' > /tmp/any.js; cp /tmp/any.js /tmp/other.js`)
    await new Promise((resolve) => setTimeout(resolve, 500))
    await sh('mv /tmp/three.tmp /tmp/three.js; mv /tmp/any.js /tmp/given-name.js')
    await node.scanNow('--pod', 'web')
    await found('/tmp/three.js', 'JavaScript_Obfuscator')
    await found('/tmp/given-name.js', 'Own_Name')
    expect(findings('/tmp/other.js')).toEqual([])
    await node.scanNow('--pod', 'web', '--ignore-cache')
    expect(findings('/tmp/other.js')).toEqual([])
  })
})

test('the end of a large script is scanned, and an archive that no engine opens is in the coverage and not recorded as clean', async () => {
  await sh(`(echo '#!/bin/sh'; yes '#' | head -c 18000000; echo; echo '# matched-by-the-rules') > /tmp/large.sh`)
  await sh(`printf '\\050\\265\\057\\375 compressed' > /tmp/app.tar.zst`)
  await found('/tmp/large.sh', 'Own_Rule')
  await vi.waitFor(() => expect(coverage('/tmp/app.tar.zst')).toMatchObject([{ reason: 'unsupported_format', count: 1 }]), SOON)
  const sightings = () => node.backend.sightings.filter(({ path }) => textOf(path) === '/tmp/app.tar.zst')
  await vi.waitFor(() => expect(sightings()).toMatchObject([{ cleanGeneration: '' }]), SOON)
})

import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

const KIT = new URL('../dist/index.js', import.meta.url).href

test('logs name, level and time as text, and redacts secrets', () => {
  const script = `import { createLogger } from '${KIT}'
createLogger('part').info({ apiKey: 's1', request: { authorization: 's2', body: { password: 's3' } }, nodeName: 'n' }, 'hello')`
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  const line = JSON.parse(stdout)
  expect(line).toMatchObject({ name: 'part', level: 'info', msg: 'hello', nodeName: 'n' })
  expect(new Date(line.time).toISOString()).toBe(line.time)
  expect(stdout).not.toMatch(/s1|s2|s3/)
})

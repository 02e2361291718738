import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'

const KIT = new URL('../dist/index.js', import.meta.url).href
const READ_CONFIG = '() => ({})'

interface RunOptions {
  readonly readConfig?: string
  /** Signal to send once the process has printed "up". */
  readonly signal?: NodeJS.Signals
}

/** Runs a real process whose main function has the body `main`. */
async function run(main: string, { readConfig = READ_CONFIG, signal }: RunOptions = {}): Promise<{ code: number | null; output: string }> {
  const script = `import { aborted, ConfigError, runProcess } from '${KIT}'
await runProcess('p', ${readConfig}, async ({ config, log, signal, resources }) => { ${main} })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, SETTING: 'a' } })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
      if (signal && String(chunk) === 'up\n') child.kill(signal)
    })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, output }
}

test.each(['SIGTERM', 'SIGINT'] as const)('exits with code 0 after %s', async (signal) => {
  const main = `const timer = setInterval(() => {}, 1000); console.log('up'); await aborted(signal); clearInterval(timer)`
  const { code } = await run(main, { signal })
  expect(code).toBe(0)
})

test('exits with code 78 and the reason for an invalid configuration', async () => {
  const { code, output } = await run('', { readConfig: `() => { throw new ConfigError('PORT is wrong') }` })
  expect({ code, output }).toEqual({ code: 78, output: 'PORT is wrong\n' })
})

test('exits with code 1 and logs the cause of any other failure', async () => {
  const { code, output } = await run(`throw new Error('broken', { cause: new Error('root') })`)
  expect(code).toBe(1)
  expect(output).toContain('broken')
  expect(output).toContain('root')
})

test('passes the configuration of the environment and logs at its level', async () => {
  const main = `log.info('hidden'); log.warn({ setting: config.setting }, 'visible')`
  const { output } = await run(main, { readConfig: `(env) => ({ logLevel: 'warn', setting: env.SETTING })` })
  expect(JSON.parse(output)).toMatchObject({ level: 'warn', name: 'p', setting: 'a', msg: 'visible' })
})

test('disposes resources in reverse order, also after a failure', async () => {
  const main = `resources.defer(() => console.log('first')); resources.defer(() => console.log('second')); throw new ConfigError('bad')`
  expect(await run(main)).toEqual({ code: 78, output: 'second\nfirst\nbad\n' })
})

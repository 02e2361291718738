import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'

const KIT = new URL('../dist/index.js', import.meta.url).href

/** Runs a real process whose main function is `body`; sends `signal` when it printed "up". */
async function run(body: string, signal?: NodeJS.Signals): Promise<{ code: number | null; output: string }> {
  const script = `import { aborted, ConfigError, createLogger, runProcess } from '${KIT}'
await runProcess(createLogger('p'), async (signal) => { ${body} })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script])
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += chunk
      if (signal && String(chunk) === 'up\n') child.kill(signal)
    })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, output }
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with code 0', async (signal) => {
  const { code } = await run(
    `const stay = setInterval(() => {}, 1000); console.log('up'); await aborted(signal); clearInterval(stay)`,
    signal,
  )
  expect(code).toBe(0)
})

test('bad configuration ends it with code 78 and the reason', async () => {
  const { code, output } = await run(`throw new ConfigError('PORT is wrong')`)
  expect({ code, output }).toEqual({ code: 78, output: 'PORT is wrong\n' })
})

test('any other failure ends it with code 1, in the log with its cause', async () => {
  const { code, output } = await run(`throw new Error('broken', { cause: new Error('root') })`)
  expect(code).toBe(1)
  expect(output).toContain('broken')
  expect(output).toContain('root')
})

import { ConfigError } from '@guardimesh/kit'
import { expect, test } from 'vitest'
import { readScanNowConfig } from './config.js'

const ENV = { RUN_FOLDER: '/run/guardimesh' }

test('reads options and settings', () => {
  expect(readScanNowConfig(ENV, ['--pod', 'web', '--ignore-cache'])).toEqual({
    ...{ logLevel: 'warn', command: 'scan', runFolder: '/run/guardimesh' },
    ...{ podName: 'web', namespace: '', containerId: '', ignoreCache: true },
  })
})

test('shows the help without any setting', () => {
  expect(readScanNowConfig({}, ['--help'])).toMatchObject({ command: 'help' })
})

test.each([
  { name: 'an unknown option', env: ENV, args: ['--all'], message: "scan-now: Unknown option '--all'" },
  { name: 'an argument', env: ENV, args: ['web'], message: 'scan-now: Unexpected argument' },
  { name: 'no folder of the socket', env: {}, args: [], message: 'set it to the folder of the scanner socket' },
])('rejects $name', ({ env, args, message }) => {
  expect(() => readScanNowConfig(env, args)).toThrow(ConfigError)
  expect(() => readScanNowConfig(env, args)).toThrow(message)
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { ConfigError } from './config-error.js'
import { readConfig } from './read-config.js'
import { readSecretFile } from './secret-file.js'

const Env = z.object({ PORT: z.coerce.number().int().min(1).max(65_535).default(8080), NAME: z.string() })

test('applies defaults, treats an empty variable as unset and freezes the result', () => {
  const config = readConfig(Env, { NAME: 'a', PORT: '', OTHER: 'x' })
  expect(config).toEqual({ PORT: 8080, NAME: 'a' })
  expect(Object.isFrozen(config)).toBe(true)
})

test('lists all errors', () => {
  expect(() => readConfig(Env, { PORT: 'abc' })).toThrow(ConfigError)
  expect(() => readConfig(Env, { PORT: 'abc' })).toThrow(/PORT[\s\S]*NAME|NAME[\s\S]*PORT/)
})

test('strips the trailing newline of a secret file, and names a missing or empty file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secret-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'good'), ' s3cret \n')
  writeFileSync(join(folder, 'empty'), '\n')
  expect(readSecretFile(join(folder, 'good'))).toBe(' s3cret')
  expect(() => readSecretFile(join(folder, 'empty'))).toThrow(/is empty/)
  expect(() => readSecretFile(join(folder, 'missing'))).toThrow(/ENOENT/)
})

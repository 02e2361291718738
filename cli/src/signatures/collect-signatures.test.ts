import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { collectSignatures } from './collect-signatures.js'

const folder = mkdtempSync(join(tmpdir(), 'collect-signatures-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('names a symbolic link without a target', async () => {
  symlinkSync(join(folder, 'missing.cud'), join(folder, 'main.cud'))
  const message = `The symbolic link ${join(folder, 'main.cud')} leads to no file; remove it or copy its target: ENOENT`
  await expect(collectSignatures([folder])).rejects.toThrow(message)
})

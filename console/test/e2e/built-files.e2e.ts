// @vitest-environment node
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
let folders: string[]
beforeAll(async () => {
  folders = []
  for (const name of ['first', 'second']) {
    const outDir = await mkdtemp(join(tmpdir(), `guardimesh-build-${name}-`))
    folders.push(outDir)
    await build({ root: ROOT, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  }
})
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

async function filesOf(folder = folders[0] ?? ''): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  const contents = await Promise.all(paths.map((path) => readFile(path)))
  return new Map(paths.map((path, index) => [path.slice(folder.length), contents[index] ?? Buffer.alloc(0)] as const).toSorted())
}

test('builds reproducibly', async () => {
  const hashes = await Promise.all(
    folders.map(async (folder) =>
      [...(await filesOf(folder))].map(([path, bytes]) => `${path} ${createHash('sha256').update(bytes).digest('hex')}`),
    ),
  )
  expect(hashes[0]?.length).toBeGreaterThan(10)
  expect(hashes[1]).toEqual(hashes[0])
})

test('contains no source maps and no paths of the build machine', async () => {
  for (const [path, bytes] of await filesOf()) {
    expect(path).not.toMatch(/\.map$/)
    expect(bytes.includes('sourceMappingURL='), path).toBe(false)
    expect(bytes.includes(ROOT), path).toBe(false)
  }
})

test('has no inline script or style, which the content security policy forbids', async () => {
  const html = (await filesOf()).get('/index.html')?.toString() ?? ''
  const scripts = [...html.matchAll(/<script\b([^>]*)>(.*?)<\/script>/gs)]
  expect(scripts.length).toBeGreaterThan(0)
  for (const [, attributes, body] of scripts) {
    expect(attributes).toContain('src="/')
    expect(body).toBe('')
  }
  expect(html).not.toMatch(/<style\b|\son\w+=|https?:/)
})

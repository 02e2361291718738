import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { GOLDEN_IMAGE_FOLDER, MIB_BYTES } from '@guardimesh/contracts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ALL_IMAGES_FOLDER, UnpackedImage } from './unpacked-image.js'

/** Programs of the other images in the signature server's image, so that signatures that match them are rejected. */
let server: UnpackedImage
let postgres: UnpackedImage
/** Relative to the image's folder. */
let golden: string[]

beforeAll(async () => {
  server = await UnpackedImage.unpack('signature-server')
  postgres = await UnpackedImage.unpack('postgres')
  golden = filesBelow(GOLDEN_IMAGE_FOLDER)
})
afterAll(async () => {
  for (const image of [server, postgres]) await image.remove()
})

function filesBelow(path: string): string[] {
  const entries = readdirSync(join(server.folder, path), { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => `/${relative(server.folder, join(entry.parentPath, entry.name))}`)
}

const sha256 = async (path: string) =>
  createHash('sha256')
    .update(await readFile(join(server.folder, path)))
    .digest('hex')

test("contains PostgreSQL's program unchanged, and programs of every other image", async () => {
  const path = '/usr/lib/postgresql/15/bin/postgres'
  const copy = await readFile(join(server.folder, GOLDEN_IMAGE_FOLDER, 'postgres', path))
  expect(copy.equals(await readFile(join(postgres.folder, path)))).toBe(true)
  const inImage = (image: string, end: RegExp) =>
    golden.some((file) => file.startsWith(`${GOLDEN_IMAGE_FOLDER}/${image}/`) && end.test(file))
  expect({
    nginx: inImage('console', /\/usr\/sbin\/nginx$/),
    consoleCode: inImage('console', /\/assets\/app-[^/]+\.js$/),
    bcrypt: inImage('backend', /\/bcrypt[^/]*\.node$/),
    koffi: inImage('scanner', /\/koffi\.node$/),
    clamd: inImage('antivirus', /\/usr\/sbin\/clamd$/),
    startScript: inImage('postgres', /\/usr\/bin\/guardimesh-postgres$/),
  }).toEqual({ nginx: true, consoleCode: true, bcrypt: true, koffi: true, clamd: true, startScript: true })
})

test('contains no duplicates and no content of the image itself, is small, and is not executable', async () => {
  const isLicence = (path: string) => /\/licen[cs]e[^/]*$/i.test(path)
  const own = new Set(
    await Promise.all(
      ['/usr', '/app', '/etc']
        .flatMap(filesBelow)
        .filter((path) => !golden.includes(path))
        .map(sha256),
    ),
  )
  const programs = golden.filter((path) => !isLicence(path))
  const digests = await Promise.all(programs.map(sha256))
  expect(programs.filter((_, at) => own.has(digests[at] ?? ''))).toEqual([])
  expect(new Set(digests).size).toBe(digests.length)
  const stats = await Promise.all(golden.map((path) => stat(join(server.folder, path))))
  expect(stats.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(60 * MIB_BYTES)
  expect(golden.filter((_, at) => ((stats[at]?.mode ?? 0) & 0o7111) !== 0)).toEqual([])
})

test('the starter set of signatures matches no golden file', async () => {
  const folders = ['/usr/bin', '/usr/lib', GOLDEN_IMAGE_FOLDER]
  const scan = ['/usr/bin/clamscan', '--database=/app/signatures/clamav', '--recursive', '--infected', '--no-summary', ...folders]
  expect(await server.run(scan)).toEqual({ code: 0, output: '' })
  const rules = filesBelow('/app/signatures/yara')
  expect(rules).not.toEqual([])
  await writeFile(join(await server.writableFolder('/tmp'), 'task.json'), JSON.stringify({ rules, golden: folders.flatMap(filesBelow) }))
  const { code, output } = await server.run(['/usr/bin/node', '/app/signature-server/dist/golden/yara-golden.js', '/tmp/task.json'])
  // Lines with a rule and a file are matches, other lines are statistics.
  expect({ code, hits: output.split('\n').filter((line) => line.split('\t').length > 2) }).toEqual({ code: 0, hits: [] })
})

test("the server of the image rejects a signature of PostgreSQL's program and publishes nothing", async () => {
  const path = `${GOLDEN_IMAGE_FOLDER}/postgres/usr/lib/postgresql/15/bin/postgres`
  const { size } = await stat(join(server.folder, path))
  const volume = await server.writableFolder('/signatures')
  const env = { LISTEN_HOST: '127.0.0.1', STARTER_FOLDER: '/none', GOLDEN_FOLDERS: GOLDEN_IMAGE_FOLDER, STABLE_SECONDS: '0.2' }
  const program = await server.start(['/usr/bin/node', '/app/signature-server/dist/main.js'], { env, writable: ['/tmp', '/signatures'] })
  await vi.waitFor(() => expect(program.output()).toContain('signature server listening'), 30_000)
  await writeFile(join(volume, 'incoming/wrong.hsb'), `${await sha256(path)}:${size}:Test.Wrong:73\n`)
  await vi.waitFor(() => expect(program.output()).toContain('import rejected'), 60_000)
  program.signal('SIGTERM')
  await program.ended
  const [importId = ''] = readdirSync(join(volume, 'refused'))
  const reason = await readFile(join(volume, 'refused', importId, 'reason.txt'), 'utf8')
  expect(reason).toContain(`the signature Test.Wrong.UNOFFICIAL matches the golden file ${path}`)
  expect(readdirSync(join(volume, 'generations'))).toEqual([])
})

test('the SBOM lists its packages as excluded, with their licences', async () => {
  const sbom = JSON.parse(await readFile(join(ALL_IMAGES_FOLDER, process.arch, 'sbom/signature-server.cdx.json'), 'utf8'))
  const scopes = new Map(sbom.components.map(({ name, scope }: { name: string; scope?: string }) => [name, scope]))
  const scopesOf = (...names: string[]) => names.map((name) => scopes.get(name))
  expect(scopesOf('postgresql-15', 'nginx', 'bcrypt')).toEqual(['excluded', 'excluded', 'excluded'])
  expect(scopesOf('libclamav12', 'libc6', 'node', 'clamav')).toEqual([undefined, undefined, undefined, undefined])
  for (const name of ['postgresql-15', 'nginx', 'clamav-daemon'])
    expect((await stat(join(server.folder, `/usr/share/doc/${name}/copyright`))).size).toBeGreaterThan(0)
  expect(golden).toContainEqual(expect.stringMatching(/\/bcrypt\/LICENSE$/))
})

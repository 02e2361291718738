import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IMAGE_NAMES, type ImageName } from '@guardimesh/contracts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { makeCertificate } from '../certificate.js'
import { UnpackedImage } from './unpacked-image.js'

const images = new Map<ImageName, UnpackedImage>()
const imageNamed = (name: ImageName) => images.get(name) as UnpackedImage

beforeAll(async () => {
  for (const name of IMAGE_NAMES) images.set(name, await UnpackedImage.unpack(name))
})
afterAll(async () => {
  for (const image of images.values()) await image.remove()
})

const nodeVersion = async () => `v${(await readFile(join(import.meta.dirname, '../../../.node-version'), 'utf8')).trim()}\n`

describe('every Node program starts, and reports missing settings', () => {
  test.each<{ name: ImageName; script: string; missing: string }>([
    { name: 'backend', script: 'backend/dist/main.js', missing: 'DATABASE_URL' },
    { name: 'backend', script: 'backend/dist/worker.js', missing: 'DATABASE_URL' },
    { name: 'scanner', script: 'scanner/dist/processes/scanner/main.js', missing: 'STATE_FOLDER' },
    { name: 'scanner', script: 'scanner/dist/processes/inspector/main.js', missing: 'RUN_FOLDER' },
    { name: 'scanner', script: 'scanner/dist/processes/puller/main.js', missing: 'SIGNATURES_FOLDER' },
    { name: 'scanner', script: 'scanner/dist/processes/obfuscation-scanner/main.js', missing: 'SIGNATURES_FOLDER' },
    { name: 'platform-operator', script: 'platform-operator/dist/main.js', missing: 'IMAGES_FILE' },
  ])('$script', async ({ name, script, missing }) => {
    const image = imageNamed(name)
    expect(image.config.config).toMatchObject({ Entrypoint: ['/usr/bin/node'], User: '65532:65532', WorkingDir: '/app' })
    const result = await image.run([...image.config.config.Entrypoint, `/app/${script}`])
    expect(result.output).toContain(missing)
    expect(result.code).toBe(78)
  })
})

describe('native modules load', () => {
  test.each<{ name: ImageName; what: string }>([
    { name: 'scanner', what: '/app/node_modules/koffi/index.js' },
    { name: 'scanner', what: '/app/node_modules/lz4-napi/index.js' },
    ...(process.arch === 'x64'
      ? ([
          { name: 'scanner', what: '/app/node_modules/@litko/yara-x-linux-x64-gnu' },
          { name: 'signature-server', what: '/app/node_modules/@litko/yara-x-linux-x64-gnu' },
        ] as const)
      : []),
    { name: 'backend', what: '/app/node_modules/bcrypt/bcrypt.js' },
  ])('$what', async ({ name, what }) => {
    const result = await imageNamed(name).run(['/usr/bin/node', '--print', `typeof require('${what}')`])
    expect(result).toEqual({ code: 0, output: 'object\n' })
  })
})

test.each<{ name: ImageName; command: string[]; expected: string | (() => Promise<string>) }>([
  { name: 'backend', command: ['/usr/bin/node', '--version'], expected: nodeVersion },
  { name: 'signature-server', command: ['/usr/bin/sigtool', '--version'], expected: 'ClamAV 1.' },
  { name: 'signature-server', command: ['/usr/bin/clamscan', '--version'], expected: 'ClamAV 1.' },
  { name: 'signature-server', command: ['/usr/bin/tar', '--version'], expected: 'tar (GNU tar)' },
  { name: 'scanner', command: ['/usr/bin/clamscan', '--version'], expected: 'ClamAV 1.' },
  { name: 'scanner', command: ['/usr/bin/sigtool', '--version'], expected: 'ClamAV 1.' },
  { name: 'antivirus', command: ['/usr/sbin/clamd', '--version'], expected: 'ClamAV 1.' },
])('$name: $command', async ({ name, command, expected }) => {
  const result = await imageNamed(name).run(command)
  expect(result.output).toContain(typeof expected === 'string' ? expected : await expected())
  expect(result.code).toBe(0)
})

test('the signature server offers its starter set', async () => {
  const image = imageNamed('signature-server')
  const command = [...image.config.config.Entrypoint, '/app/signature-server/dist/main.js']
  const server = await image.start(command, { writable: ['/tmp', '/signatures'], env: { PORT: '8080', LISTEN_HOST: '127.0.0.1' } })
  const request = [process.execPath, '--eval', "fetch('http://127.0.0.1:8080/v1/catalog').then((answer) => console.log(answer.status))"]
  await expect.poll(async () => (await server.execOnMachine(request)).output, { timeout: 60_000, interval: 500 }).toContain('200')
  server.signal('SIGTERM')
  expect((await server.ended).code).toBe(0)
})

test('clamd exits without signatures, and answers the probe with them', async () => {
  const image = imageNamed('antivirus')
  const writable = ['/tmp', '/run/guardimesh/antivirus', '/signatures/current/clamav']
  const early = await image.run(image.config.config.Entrypoint, { writable })
  expect(early.code).not.toBe(0)
  await writeFile(
    join(await image.writableFolder('/signatures/current/clamav'), 'test.ndb'),
    `Test.Marker:0:*:${Buffer.from('a harmless marker').toString('hex')}\n`,
  )
  await writeFile(join(await image.writableFolder('/tmp'), 'marked'), 'here is a harmless marker')
  const clamd = await image.start(image.config.config.Entrypoint, { writable })
  const probe = ['/usr/bin/clamdscan', '--config-file=/etc/clamav/clamd.conf', '--ping=1']
  await vi.waitUntil(async () => (await clamd.exec(probe)).code === 0, { timeout: 60_000, interval: 200 })
  const scan = await clamd.exec(['/usr/bin/clamdscan', '--config-file=/etc/clamav/clamd.conf', '--no-summary', '/tmp/marked'])
  expect(scan.output).toContain('Test.Marker.UNOFFICIAL FOUND')
  clamd.signal('SIGTERM')
  expect((await clamd.ended).code).toBe(0)
})

test('nginx accepts its configuration', async () => {
  const image = imageNamed('console')
  const upstream =
    'resolver 10.96.0.10 valid=10s ipv6=off;\nmap "" $guardimesh_backend { default "backend.example"; }\nmap "" $guardimesh_forwarded_for { default $remote_addr; }\n'
  await writeFile(join(await image.writableFolder('/etc/guardimesh/nginx'), 'upstream.conf'), upstream)
  await writeFile(join(await image.writableFolder('/tls/ca'), 'ca.crt'), (await makeCertificate('ca')).certificate)
  const result = await image.run([...image.config.config.Entrypoint, '-t'], { writable: ['/tmp', '/etc/guardimesh/nginx', '/tls/ca'] })
  expect(result.output).toContain('test is successful')
  expect(await readdir(join(image.folder, 'usr/share/guardimesh/console'))).toContain('index.html')
})

test('only the database image has a shell, and no image has a package manager', async () => {
  for (const [name, { folder }] of images) {
    const programs = (await Promise.all(['usr/bin', 'usr/sbin'].map((path) => readdir(join(folder, path)).catch(() => [])))).flat()
    expect(programs.includes('sh'), name).toBe(name === 'postgres')
    expect(programs.filter((program) => /^(apt|dpkg|npm|perl|bash|busybox)/.test(program))).toEqual([])
  }
})

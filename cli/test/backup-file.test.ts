import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, type Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { runChecked } from '@guardimesh/kit'
import { paddingBytes, readPrivateKey, readPublicKey, TAR_END, tarHeader, writeKeyPair } from '@guardimesh/signature-format'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decrypterFor, encrypterFor, writeIdentity } from '../src/backup/age-keys.js'
import { BackupList, type ContentFile } from '../src/backup/backup-list.js'
import { readContent, verifyBackup } from '../src/backup/verify-backup.js'
import { type BackupProtection, writeBackup } from '../src/backup/write-backup.js'

const MIB = 1024 * 1024
const DUMP = 'secret row of the dump\n'.repeat(500_000)
const FACTS = { platform: 'gm', version: '1.2.3', schema: { name: 'First1', number: 1 } }

let folder: string
let recipient: string
const path = (name: string) => join(folder, name)
const identity = () => decrypterFor(path('identity.txt'), undefined)

beforeAll(async () => {
  folder = await temporaryFolder('cli-backup-file')
  recipient = await writeIdentity(path('identity.txt'))
  await writeIdentity(path('other.txt'))
  await writeKeyPair(path('site'))
  await writeKeyPair(path('other'))
  writeFileSync(path('passphrase'), 'correct horse battery staple\n')
  await write('encrypted', { encrypter: encrypterFor([recipient], undefined) })
})
afterAll(() => {
  if (folder) rmSync(folder, { recursive: true, force: true })
})

const send = (content: string | Buffer[]) => (stream: Writable) => pipeline(Readable.from(content, { objectMode: false }), stream)

function write(name: string, protection: BackupProtection = {}, dump = send(DUMP)): Promise<BackupList> {
  const contents = [
    { path: 'database.dump', write: dump },
    { path: 'signatures.tar', write: send('signatures') },
  ] as const
  return writeBackup(path(name), { contents, facts: FACTS, ...protection })
}

// First, because the memory of other tests would hide a growth.
test('memory stays bounded for a large backup', async () => {
  const block = Buffer.alloc(MIB, 'not compressible')
  const beforeBytes = process.memoryUsage().rss
  let peakBytes = 0
  const measure = setInterval(() => {
    peakBytes = Math.max(peakBytes, process.memoryUsage().rss)
  }, 10)
  try {
    const list = await write('large', { encrypter: encrypterFor([recipient], undefined) }, send(Array.from({ length: 256 }, () => block)))
    expect(list.files[0]?.sizeBytes).toBe(256 * MIB)
    await verifyBackup({ path: path('large'), decrypter: await identity() })
  } finally {
    clearInterval(measure)
  }
  expect(peakBytes - beforeBytes).toBeLessThan(128 * MIB)
})

test('a backup encrypted to several recipients is an age file that the age program decrypts', async () => {
  const second = await writeIdentity(path('second.txt'))
  const list = await write('two', { encrypter: encrypterFor([recipient, second], undefined) })
  for (const file of ['identity.txt', 'second.txt']) {
    await runChecked('age', ['--decrypt', '--identity', path(file), '--output', path('plain'), path('two')])
    expect(await verifyBackup({ path: path('plain') })).toEqual(list)
    expect(await verifyBackup({ path: path('two'), decrypter: await decrypterFor(path(file), undefined) })).toEqual(list)
  }
  expect(await text(readContent({ path: path('plain') }, 'database.dump'))).toBe(DUMP)
  await runChecked('tar', ['-C', folder, '-xf', path('plain')])
  expect(readFileSync(path('database.dump.000001'), 'utf8') + readFileSync(path('database.dump.000002'), 'utf8')).toBe(DUMP)
})

test('a backup that the age program encrypted with a key of age-keygen is accepted', async () => {
  const list = await write('plain-for-age')
  await runChecked('age-keygen', ['--output', path('age-keygen.txt')])
  const publicKey = (await runChecked('age-keygen', ['-y', path('age-keygen.txt')])).trim()
  await runChecked('age', ['--recipient', publicKey, '--output', path('by-age'), path('plain-for-age')])
  expect(await verifyBackup({ path: path('by-age'), decrypter: await decrypterFor(path('age-keygen.txt'), undefined) })).toEqual(list)
  expect(await runChecked('age-keygen', ['-y', path('identity.txt')])).toBe(`${recipient}\n`)
  expect(statSync(path('identity.txt')).mode & 0o777).toBe(0o600)
  await expect(writeIdentity(path('identity.txt'))).rejects.toThrow('never overwritten')
})

test('a passphrase encrypts and decrypts', async () => {
  const list = await write('passphrase.age', { encrypter: encrypterFor([], path('passphrase')) })
  expect(readFileSync(path('passphrase.age'), 'latin1')).toMatch(/^age-encryption.org\/v1\n-> scrypt /)
  expect(await verifyBackup({ path: path('passphrase.age'), decrypter: await decrypterFor(undefined, path('passphrase')) })).toEqual(list)
  writeFileSync(path('wrong-passphrase'), 'correct horse battery stapler\n')
  await expect(
    verifyBackup({ path: path('passphrase.age'), decrypter: await decrypterFor(undefined, path('wrong-passphrase')) }),
  ).rejects.toThrow('The backup cannot be decrypted: the key is wrong')
})

test('plain text never reaches the disk while an encrypted backup is written', async () => {
  let partial = Buffer.alloc(0)
  const dump = async (stream: Writable) => {
    for (let count = 0; count < 3; count += 1) await new Promise<void>((done) => stream.write(DUMP, () => done()))
    partial = readFileSync(path('watched.partial'))
  }
  await write('watched', { encrypter: encrypterFor([recipient], undefined) }, dump)
  expect(partial.length).toBeGreaterThan(MIB)
  expect(partial.includes('secret row') || readFileSync(path('watched')).includes('secret row')).toBe(false)
})

const half = (bytes: Buffer) => Math.floor(bytes.length / 2)
const flip = (bytes: Buffer, at: number) => bytes.fill((bytes[at] ?? 0) ^ 1, at, at + 1)
test.each<{ name: string; change: (bytes: Buffer) => Buffer; message: string }>([
  { name: 'without its last byte', change: (bytes) => bytes.subarray(0, -1), message: 'is damaged, incomplete' },
  { name: 'cut between two chunks of age', change: (bytes) => bytes.subarray(0, 200 + 16 + 65_552), message: 'is damaged, incomplete' },
  { name: 'cut in its first chunk', change: (bytes) => bytes.subarray(0, 300), message: 'is damaged, incomplete' },
  { name: 'cut in its header', change: (bytes) => bytes.subarray(0, 60), message: 'cannot be decrypted' },
  { name: 'with a changed header', change: (bytes) => flip(bytes, 60), message: 'cannot be decrypted' },
  { name: 'changed in the middle', change: (bytes) => flip(bytes, half(bytes)), message: 'is damaged, incomplete' },
  { name: 'changed at its end', change: (bytes) => flip(bytes, bytes.length - 1), message: 'is damaged, incomplete' },
  { name: 'with extra bytes', change: (bytes) => Buffer.concat([bytes, Buffer.alloc(512)]), message: 'is damaged, incomplete' },
])('an encrypted backup $name is rejected', async ({ change, message }) => {
  writeFileSync(path('damaged'), change(readFileSync(path('encrypted'))))
  await expect(verifyBackup({ path: path('damaged'), decrypter: await identity() })).rejects.toThrow(message)
})

test('keys must match the file', async () => {
  await write('plain')
  const check = async (name: string, identityFile?: string) =>
    verifyBackup({ path: path(name), decrypter: await decrypterFor(identityFile && path(identityFile), undefined) })
  await expect(check('encrypted')).rejects.toThrow('The backup is encrypted: give its key with --identity or --passphrase-file')
  await expect(check('encrypted', 'other.txt')).rejects.toThrow(
    'the key is wrong, or the start of the file is damaged (no identity matched',
  )
  await expect(check('plain', 'identity.txt')).rejects.toThrow('The backup is not encrypted, but a key was given')
  await expect(check('encrypted', 'missing.txt')).rejects.toThrow('missing.txt cannot be read: ENOENT')
  await expect(check('encrypted', 'site.pub')).rejects.toThrow('site.pub is not an identity file of age: line 1')
  writeFileSync(path('empty.txt'), '# only a comment\n\n')
  await expect(check('encrypted', 'empty.txt')).rejects.toThrow('empty.txt contains no key')
  writeFileSync(
    path('several.txt'),
    `# two keys\n${readFileSync(path('other.txt'), 'utf8')}\r\n${readFileSync(path('identity.txt'), 'utf8')}`,
  )
  expect(await check('encrypted', 'several.txt')).toMatchObject({ platform: 'gm' })
})

test('invalid recipients are rejected, and a secret key is not repeated', () => {
  for (const invalid of ['ssh-ed25519 AAAA', `${recipient.slice(0, -1)}b1`, 'age1'])
    expect(() => encrypterFor([recipient, invalid], undefined)).toThrow(`--recipient ${invalid} is not a public key of age`)
  const secret = readFileSync(path('identity.txt'), 'utf8').split('\n')[2] ?? ''
  expect(() => encrypterFor([secret], undefined)).toThrow(/^--recipient is a secret key: give the public key, which starts with age1\./)
})

test('only a backup signed with the expected key passes', async () => {
  const privateKey = await readPrivateKey(path('site.key'))
  const publicKey = await readPublicKey(path('site.pub'))
  const list = await write('signed', { encrypter: encrypterFor([recipient], undefined), privateKey })
  const source = { path: path('signed'), decrypter: await identity() }
  expect(await verifyBackup(source, publicKey)).toEqual(list)
  await expect(verifyBackup(source, await readPublicKey(path('other.pub')))).rejects.toThrow('it is not signed with the key SHA256:')
  await expect(verifyBackup({ ...source, path: path('encrypted') }, publicKey)).rejects.toThrow('it is not signed. Restore it without')
  // Somebody who knows the recipient changes the content and its checksums, and keeps the signature.
  await runChecked('age', ['--decrypt', '--identity', path('identity.txt'), '--output', path('opened'), path('signed')])
  const changed = readFileSync(path('opened'), 'latin1').replace('"platform": "gm"', '"platform": "mg"')
  writeFileSync(path('opened'), changed, 'latin1')
  expect(await verifyBackup({ path: path('opened') })).toEqual({ ...list, platform: 'mg' })
  await expect(verifyBackup({ path: path('opened') }, publicKey)).rejects.toThrow('or backup.json was changed')
})

test('backups in format 1, with one entry for each file, are accepted', async () => {
  const { files, ...facts } = await write('format-2')
  const list = JSON.stringify({ ...facts, format: 1, files })
  const entry = (name: ContentFile | 'backup.json', content: string) => {
    const header = tarHeader({ path: name, sizeBytes: content.length, mode: 0o600 })
    return [header, Buffer.from(content), Buffer.alloc(paddingBytes(content.length))]
  }
  const parts = [entry('database.dump', DUMP), entry('signatures.tar', 'signatures'), entry('backup.json', list), [TAR_END]]
  writeFileSync(path('format-1'), Buffer.concat(parts.flat()))
  expect(await verifyBackup({ path: path('format-1') })).toEqual(BackupList.parse(JSON.parse(list)))
  expect(await text(readContent({ path: path('format-1') }, 'database.dump'))).toBe(DUMP)
})

test('a failed backup leaves no file', async () => {
  const fail = async (stream: Writable) => {
    await new Promise((done) => stream.write(DUMP, done))
    throw new Error('the connection was lost')
  }
  for (const encrypter of [undefined, encrypterFor([recipient], undefined)]) {
    await expect(write('failed', { encrypter }, fail)).rejects.toThrow('the connection was lost')
    expect(() => statSync(path('failed'))).toThrow('ENOENT')
    expect(() => statSync(path('failed.partial'))).toThrow('ENOENT')
    await expect(write('no-folder/failed', { encrypter })).rejects.toThrow('ENOENT')
  }
})

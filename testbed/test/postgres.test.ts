import { chmod, cp, mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningPostgres, runStatement, startPostgres } from '../src/postgres.js'
import { findPostgresPackage, postgresBinaries } from '../src/postgres-binaries.js'
import { identityOf } from '../src/process-identity.js'

import { temporaryFolder } from '../src/temporary-folder.js'
import { createTestDatabase, sharedPostgres } from '../src/test-database.js'
import { unprivilegedUser } from '../src/unprivileged-user.js'

describe('startPostgres', () => {
  let folder: string
  let running: RunningPostgres
  const sql = (statement: string) => runStatement(running.url, running.passwordFile, statement)

  beforeAll(async () => {
    folder = await temporaryFolder('postgres-test')
    running = await startPostgres({ folder })
  })
  afterAll(async () => {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('listens on loopback with password authentication as an unprivileged user', async () => {
    expect(running.url).toBe(`postgres://guardimesh@127.0.0.1:${running.port}/guardimesh`)
    expect((await stat(running.passwordFile)).mode & 0o777).toBe(0o600)
    const { uid } = await stat(`/proc/${running.pid}`)
    expect(uid).toBe((await unprivilegedUser())?.uid)
    const wrong = join(folder, 'wrong-password')
    await runChecked('sh', ['-c', `echo wrong > ${wrong}`])
    await expect(runStatement(running.url, wrong, 'SELECT 1')).rejects.toThrow('password authentication failed')
  })

  test('is durable by default', async () => {
    expect(await sql('SHOW fsync')).toEqual([{ fsync: 'on' }])
  })

  test('keeps committed data when the server is killed and started again on the same port', async () => {
    await sql('CREATE TABLE kept (id int)')
    await sql('INSERT INTO kept VALUES (7)')
    const { pid, port } = running
    process.kill(pid, 'SIGKILL')
    running = await startPostgres({ folder, port })
    expect(running.port).toBe(port)
    expect(running.pid).not.toBe(pid)
    expect(await sql('SELECT id FROM kept')).toEqual([{ id: 7 }])
  })

  test('ends the server of a killed run and uses its data', async () => {
    const left = running
    running = await startPostgres({ folder })
    expect(identityOf(left.pid)).toBeUndefined()
    expect(await sql('SELECT id FROM kept')).toEqual([{ id: 7 }])
  })

  test('reports the output of a server that cannot start', async () => {
    const taken = await temporaryFolder('postgres-test')
    const started = startPostgres({ folder: taken, port: running.port })
    await expect(started).rejects.toThrow('Address already in use')
    await expect(started).rejects.toMatchObject({ name: 'ChildStartError' })
    await rm(taken, { recursive: true })
  })

  test('rejects a folder that its user cannot enter, and names it', async () => {
    const closed = join(folder, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const started = startPostgres({ folder: join(closed, 'inner') })
    await expect(started).rejects.toThrow('runs unprivileged and cannot enter')
    await expect(started).rejects.toThrow(closed)
  })
})

test('copies the programs to a readable folder when the user cannot enter the checkout', async () => {
  const folder = await temporaryFolder('postgres-test')
  const [checkout, cacheFolder] = [join(folder, 'checkout'), join(folder, 'cache')]
  await cp(findPostgresPackage(), checkout, { recursive: true, verbatimSymlinks: true })
  const user = await unprivilegedUser()
  expect(await postgresBinaries(user, checkout, cacheFolder)).toMatchObject({ postgres: join(checkout, 'native/bin/postgres') })
  await chmod(checkout, 0o700)
  await chmod(join(checkout, 'native'), 0o700)
  const copied = await postgresBinaries(user, checkout, cacheFolder)
  expect(copied.postgres.startsWith(cacheFolder)).toBe(true)
  expect(await runChecked(copied.postgres, ['--version'], user)).toContain('(PostgreSQL) 18')
  expect(await postgresBinaries(user, checkout, cacheFolder)).toEqual(copied)
  await rm(folder, { recursive: true })
})

describe('sharedPostgres', () => {
  test('is one server with separate databases, and leaves nothing behind', async () => {
    const running = await sharedPostgres()
    expect(await sharedPostgres()).toBe(running)
    const [one, other] = [await createTestDatabase(running), await createTestDatabase(running)]
    await runStatement(one.url, one.passwordFile, 'CREATE TABLE mine (id int)')
    await expect(runStatement(other.url, other.passwordFile, 'SELECT * FROM mine')).rejects.toThrow('does not exist')
    await one.drop()
    await expect(runStatement(one.url, one.passwordFile, 'SELECT 1')).rejects.toThrow('does not exist')
    await running.stop()
    expect(identityOf(running.pid)).toBeUndefined()
    await expect(stat(running.passwordFile)).rejects.toThrow('ENOENT')
  })
})

import { screen, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { aFinding } from '../../../mock-api/fixtures/a-finding.js'
import { someSightings } from '../../../mock-api/fixtures/signature-parts.js'
import { answerWith, sessionOf } from '../../../test/answers.js'
import { renderInConsole } from '../../../test/render.js'
import { FindingPage } from './FindingPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

async function draw(changes: Parameters<typeof aFinding>[0], role: 'administrator' | 'viewer' = 'administrator') {
  answerWith({
    '/api/session': sessionOf(role),
    '/api/findings/': aFinding(changes),
    '/api/sightings?sha256=': { hash: aFinding().sha256, items: someSightings(Date.now()), total: 14 },
  })
  renderInConsole(<FindingPage />, '/findings/x')
  await screen.findByRole('heading', { level: 2, name: 'File' })
}

test('what an attacker wrote is shown as text', async () => {
  await draw({ path: '/tmp/<img src=x onerror=alert(1)>', process: { ...processOf(), commandLine: '<script>alert(1)</script>' } })
  expect(screen.getByText('/tmp/<img src=x onerror=alert(1)>')).toBeTruthy()
  expect(screen.getByText('<script>alert(1)</script>')).toBeTruthy()
  expect(document.querySelector('main img, main script, dl img, dl script')).toBeNull()
})

test('without process and hash it says so', async () => {
  await draw({ process: null, sha256: null })
  expect(screen.getByText(/No process is known/)).toBeTruthy()
  expect(screen.getByText(/the content could not be read in full/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Copy the SHA-256' })).toBeNull()
})

test('the same content elsewhere is one click away', async () => {
  await draw({ sameContentCount: 3 })
  const link = screen.getByRole('link', { name: 'Found 2 more times: show all' })
  expect(link.getAttribute('href')).toMatch(/^\/findings\?sha256=[0-9a-f]{64}$/)
})

test('a late detection says under what it was clean, since when it was seen, and where', async () => {
  await draw({
    seen: { firstSeenAt: '2026-02-24T10:00:00.000Z', containers: 14, nodes: 1, isLate: true, cleanGeneration: '20260227-0300' },
  })
  const callout = screen.getByText('Late detection').closest('[role=status]')
  expect(callout?.textContent).toContain('Clean under the generation 20260227-0300. Seen since 2026-02-24 10:00:00 UTC.')
  expect(callout?.textContent).toContain('In 14 containers on 1 node.')
})

test.each([
  { name: 'one that came at once', seen: aFinding().seen },
  { name: 'one of a content that no node told of', seen: null },
])('$name is not called late', async ({ seen }) => {
  await draw({ seen })
  expect(screen.queryByText('Late detection')).toBeNull()
})

test('where the content was seen: some here, all at an address of its own', async () => {
  await draw({})
  const table = await screen.findByRole('table', { name: 'Where this content was seen' })
  expect(within(table).getAllByRole('row')).toHaveLength(11)
  expect(screen.getByText(/10 of 14 places shown/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Show all' }).getAttribute('href')).toBe(`/sightings/${aFinding().sha256}`)
  expect(screen.getByRole('link', { name: 'Where this content was seen' }).getAttribute('href')).toBe(`/sightings/${aFinding().sha256}`)
})

test('administrators go on to the custom signatures, with hash, name and reason filled in', async () => {
  await draw({})
  const parametersOf = (link: HTMLElement) => Object.fromEntries(new URL(link.getAttribute('href') ?? '', 'http://x').searchParams)
  const reason = 'Guardimesh.Test.Demo found in shop/web-7c9d8b6f5-x2x9k'
  expect(parametersOf(await screen.findByRole('link', { name: 'Always detect this content' }))).toEqual({
    list: 'hashes',
    hash: aFinding().sha256,
    name: 'Guardimesh.Test.Demo',
    reason,
  })
  expect(parametersOf(screen.getByRole('link', { name: 'Never detect this content' }))).toEqual({
    list: 'ignored-files',
    hash: aFinding().sha256,
    reason,
  })
})

test('viewers do not, and are told why', async () => {
  await draw({}, 'viewer')
  expect(screen.getByText('Only administrators change signatures.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Never detect this content' }).hasAttribute('disabled')).toBe(true)
})

function processOf() {
  const { process } = aFinding()
  if (process === null) throw new Error('the fixture has no process')
  return process
}

import { screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { aFinding } from '../../../mock-api/fixtures/a-finding.js'
import { renderInConsole } from '../../../test/render.js'
import { FindingPage } from './FindingPage.js'

const fetchEdge = vi.spyOn(globalThis, 'fetch')
afterEach(() => fetchEdge.mockReset())

async function draw(changes: Parameters<typeof aFinding>[0]) {
  fetchEdge.mockResolvedValue(Response.json(aFinding(changes)))
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

function processOf() {
  const { process } = aFinding()
  if (process === null) throw new Error('the fixture has no process')
  return process
}

import { DEFAULT_SCAN_CONFIG } from '@guardimesh/contracts'
import { screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { mockFetch, sessionOf } from '../../testing/mock-fetch.js'
import { renderInConsole } from '../../testing/render.js'
import { ScanConfigPage } from './ScanConfigPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

test('shows the settings to viewers as text', async () => {
  const config = {
    config: { ...DEFAULT_SCAN_CONFIG, skipNamespaces: ['kube-system', 'ci-*'] },
    etag: '"1"',
    updatedAt: null,
    updatedBy: null,
  }
  mockFetch({ '/api/session': sessionOf('viewer'), '/api/scan/config': config })
  renderInConsole(<ScanConfigPage />, '/scan-settings')
  const shownValue = async (name: string) => (await screen.findByText(name)).nextElementSibling?.firstElementChild?.textContent
  expect(await shownValue('Schedule')).toBe('17 3 * * *')
  expect(await shownValue('Excluded namespaces')).toBe('kube-system\nci-*')
  expect(await shownValue('Scheduled scans')).toBe('On')
  expect(screen.getByText('Only administrators can change these settings.')).toBeTruthy()
  for (const role of ['textbox', 'switch', 'button']) expect(screen.queryAllByRole(role)).toEqual([])
})

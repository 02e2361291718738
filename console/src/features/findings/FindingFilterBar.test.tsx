import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readFindingAddress } from '../../api/queries/finding-address.js'
import { useAddressFilters } from '../../table/use-address-filters.js'
import { renderInConsole } from '../../testing/render.js'
import { FindingFilterBar } from './FindingFilterBar.js'

afterEach(() => localStorage.clear())

function Bar() {
  const { filters, change } = useAddressFilters(readFindingAddress)
  return <FindingFilterBar filters={filters} onChange={change} />
}

test('shows filters with the texts of the controls', () => {
  renderInConsole(<Bar />, '/findings?severity=critical,high&source=image_layer&since=2026-11-28T00:00:00Z')
  for (const pill of ['Severity: Critical, High', 'Detection source: Image layer', 'From: 2026-11-28 00:00:00 UTC'])
    expect(screen.getByRole('button', { name: `Remove filter ${pill}` })).toBeTruthy()
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Time' }).value).toBe('custom')
  expect(screen.getByLabelText<HTMLInputElement>('From (UTC)').value).toMatch(/^2026-11-28T00:00/)
})

test('undoes the last filter with Back', async () => {
  const { router } = renderInConsole(<Bar />, '/findings')
  await userEvent.click(screen.getByRole('checkbox', { name: 'Critical' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'High' }))
  expect(router.state.location.search).toBe('?severity=critical%2Chigh')
  await router.navigate(-1)
  await waitFor(() => expect(router.state.location.search).toBe('?severity=critical'))
})

test('selects a range of times and replaces it with a preset', async () => {
  const { router } = renderInConsole(<Bar />, '/findings?last=24h')
  const user = userEvent.setup()
  await user.selectOptions(screen.getByRole('combobox', { name: 'Time' }), 'Custom range')
  await user.type(screen.getByLabelText('To (UTC)'), '2026-03-01T10:00:00{Enter}')
  await waitFor(() => expect(router.state.location.search).toBe(`?until=${encodeURIComponent('2026-03-01T10:00:00.000Z')}`))
  await user.selectOptions(screen.getByRole('combobox', { name: 'Time' }), 'Last 7 days')
  expect(router.state.location.search).toBe('?last=7d')
})

describe('suggestions', () => {
  const fetchMock = vi.spyOn(globalThis, 'fetch')
  const values = [
    { value: 'payments-prod', count: 288 },
    { value: 'payments-staging', count: 310 },
  ]
  const requests: URL[] = []
  beforeEach(() => {
    requests.length = 0
    fetchMock.mockImplementation((url) => {
      requests.push(new URL(String(url), 'http://console.test'))
      return Promise.resolve(Response.json({ values, countsAreMinimum: false }))
    })
  })
  afterEach(() => fetchMock.mockReset())

  test('offers values with counts and filters exactly by the selected one', async () => {
    const { router } = renderInConsole(<Bar />, '/findings?severity=high')
    const user = userEvent.setup()
    await user.type(screen.getByLabelText('Namespace', { selector: 'input' }), 'pay')
    await waitFor(() => expect(router.state.location.search).toBe('?severity=high&namespace=%7Epay'))
    const options = await screen.findAllByRole('option', { name: /payments/ })
    expect(options.map(({ textContent }) => textContent)).toEqual(['payments-prod288', 'payments-staging310'])
    expect(Object.fromEntries(requests.at(-1)?.searchParams ?? [])).toEqual({ severity: 'high', facet: 'namespace', text: 'pay' })
    await user.click(screen.getByRole('option', { name: /payments-staging/ }))
    await waitFor(() => expect(router.state.location.search).toBe('?severity=high&namespace=payments-staging'))
    await screen.findByRole('button', { name: 'Remove filter Namespace: payments-staging' })
  })

  test('adds the selected value to the others and keeps the minus', async () => {
    const { router } = renderInConsole(<Bar />, '/findings')
    const user = userEvent.setup()
    await user.type(screen.getByLabelText('Namespace', { selector: 'input' }), 'shop, -pay')
    await user.click(await screen.findByRole('option', { name: /payments-prod/ }))
    await waitFor(() => expect(router.state.location.search).toBe(`?${new URLSearchParams({ namespace: '~shop,-payments-prod' })}`))
  })
})

import { screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { expect, test } from 'vitest'
import { renderInConsole } from '../testing/render.js'
import { NamedFilterBar } from './NamedFilterBar.js'
import { readNamed, useAddressFilters } from './use-address-filters.js'

const read = readNamed(['search', 'namespace'])

function Bar() {
  const { filters, change } = useAddressFilters(read)
  return <NamedFilterBar names={['search', 'namespace']} pillNames={['search', 'namespace']} filters={filters} onChange={change} />
}

test.each([
  { typed: '=shop', search: '?namespace=shop' },
  { typed: '-kube, =shop', search: '?namespace=-%7Ekube%2Cshop' },
  { typed: '-', search: '' },
])('converts $typed to a filter', async ({ typed, search }) => {
  const { router } = renderInConsole(<Bar />, '/pods?namespace=other')
  await userEvent.clear(input('Namespace'))
  await userEvent.type(input('Namespace'), typed)
  await waitFor(() => expect(router.state.location.search).toBe(search))
})

const input = (name: string) => screen.getByRole<HTMLInputElement>('searchbox', { name })

test('fills the fields from the URL', () => {
  renderInConsole(<Bar />, '/pods?namespace=shop&other=1')
  expect(input('Namespace').value).toBe('=shop')
  expect(input('Search').value).toBe('')
})

test('writes typed text to the URL and keeps other parameters', async () => {
  const { router } = renderInConsole(<Bar />, '/pods?other=1')
  await userEvent.type(input('Namespace'), ' shop ')
  await waitFor(() => expect(router.state.location.search).toBe('?other=1&namespace=%7Eshop'))
  expect(input('Namespace').value).toBe(' shop ')
})

test('clears the field when its filter is removed', async () => {
  const { router } = renderInConsole(<Bar />, '/pods')
  await userEvent.type(input('Namespace'), 'shop')
  await userEvent.click(await screen.findByRole('button', { name: 'Remove filter Namespace: contains “shop”' }))
  expect(input('Namespace').value).toBe('')
  expect(router.state.location.search).toBe('')
})

test('follows a URL that changes elsewhere', async () => {
  const { router } = renderInConsole(<Bar />, '/pods?namespace=a')
  await router.navigate('/pods?namespace=b')
  await waitFor(() => expect(input('Namespace').value).toBe('=b'))
})

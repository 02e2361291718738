import { screen, waitFor } from '@testing-library/react'
import { Link } from 'react-router'
import { expect, test } from 'vitest'
import { renderInConsole } from '../testing/render.js'
import { useKeepAddress, useKeptAddress } from './kept-address.js'

function Links() {
  useKeepAddress()
  const keptAddress = useKeptAddress()
  return <Link to={keptAddress('/scans')}>Scans</Link>
}

test('keeps the last filters of a list in links to it', async () => {
  const { router } = renderInConsole(<Links />, '/nodes')
  const href = () => screen.getByRole('link').getAttribute('href')
  expect(href()).toBe('/scans')
  await router.navigate('/scans?namespace=shop')
  await waitFor(() => expect(href()).toBe('/scans?namespace=shop'))
  await router.navigate('/nodes')
  expect(href()).toBe('/scans?namespace=shop')
  await router.navigate('/scans')
  await waitFor(() => expect(href()).toBe('/scans'))
})

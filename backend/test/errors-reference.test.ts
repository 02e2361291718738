import { readFile } from 'node:fs/promises'
import { API_ERROR_CODES } from '@guardimesh/contracts'
import { NODE_ERROR_CODES } from '@guardimesh/kit'
import { expect, test } from 'vitest'

const page = await readFile(new URL('../../docs/reference/errors.md', import.meta.url), 'utf8')

test('documents each API code in docs/reference/errors.md with its status and retry', () => {
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (yes|no) \| \S.+ \| \S.+ \|$/gm)]
  const documented = rows.map(([, code, status, retry]) => ({ code, http: Number(status), retry: retryOf(retry) }))
  expect(documented).toEqual(Object.entries(API_ERROR_CODES).map(([code, facts]) => ({ code, ...facts })))
})

test('documents each node code in docs/reference/errors.md with its retry', () => {
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (yes|no) \| \S.+ \| \S.+ \|$/gm)]
  const documented = rows.map(([, code, retry]) => ({ code, retry: retryOf(retry) }))
  expect(documented).toEqual(Object.entries(NODE_ERROR_CODES).map(([code, facts]) => ({ code, ...facts })))
})

function retryOf(cell: string | undefined): 'backoff' | 'never' {
  return cell === 'yes' ? 'backoff' : 'never'
}

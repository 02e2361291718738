import { readFile } from 'node:fs/promises'
import { ERROR_CODES } from '@guardimesh/contracts'
import { expect, test } from 'vitest'

test('docs/reference/errors.md lists every error code with its status and retry', async () => {
  const text = await readFile(new URL('../../docs/reference/errors.md', import.meta.url), 'utf8')
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` \| (\d+) \| (yes|no) \| \S.+ \| \S.+ \|$/gm)]
  const documented = rows.map(([, code, status, again]) => ({ code, http: Number(status), retry: again === 'yes' ? 'backoff' : 'never' }))
  expect(documented).toEqual(Object.entries(ERROR_CODES).map(([code, facts]) => ({ code, ...facts })))
})

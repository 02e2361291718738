import { expect, test } from 'vitest'
import { refusalOf, statedBytes } from './refusal.js'

const answer = (status: number, body: string, headers = {}) => ({ status, headers, body: Buffer.from(body) })

test.each([
  { name: 'an OCI error', of: answer(403, '{"errors":[{"code":"DENIED","message":"over its quota."}]}'), expected: '403 over its quota' },
  { name: 'an OCI error without a message', of: answer(403, '{"errors":[{"code":"DENIED"}]}'), expected: '403 DENIED' },
  { name: 'text', of: answer(500, 'out\nof order'), expected: '500 out of order' },
  { name: 'nothing', of: answer(502, ''), expected: '502' },
  {
    name: 'a page',
    of: answer(502, '<!DOCTYPE html><html><title>502 Bad Gateway</title>', { server: 'envoy' }),
    expected: "502 Bad Gateway (web page of envoy instead of a registry's answer)",
  },
  {
    name: "nginx's limit",
    of: answer(413, '<html><head><title>413 Request Entity Too Large</title></head><body><hr>nginx</body></html>'),
    expected:
      "413 Request Entity Too Large (web page of nginx instead of a registry's answer). The registry, or a proxy in front of it, limits the size of requests: increase that limit (nginx: client_max_body_size)",
  },
])('describes $name', ({ of, expected }) => expect(refusalOf(of)).toBe(expected))

test.each([
  { text: 'the request body is larger than 4.00MiB', expected: 4 * 1024 ** 2 },
  { text: 'maximum 512 KB per request', expected: 512 * 1024 },
  { text: 'limit: 1048576 bytes', expected: 1_048_576 },
  { text: 'chunked upload is not supported (416)', expected: undefined },
])('finds the limit in "$text"', ({ text, expected }) => expect(statedBytes(answer(416, text))).toBe(expected))

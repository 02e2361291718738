import { WebhookBody } from '@guardimesh/contracts'
import { expect, test } from 'vitest'
import type { Message } from './message.js'
import { webhookBody, webhookHeaders } from './webhook.js'

const MESSAGE: Message = {
  deliveryId: '5d9c7a52-0000-4000-8000-000000000001',
  event: 'signature_alert',
  createdAt: new Date('2026-11-21T10:00:00Z'),
  alertId: '17',
  alert: {
    kind: 'stale-critical',
    severity: 'critical',
    subject: '20261101-1',
    message: 'Import newer signatures.',
    facts: { hours: 168 },
    raisedAt: '2026-11-21T09:59:59.000Z',
    clearedAt: null,
  },
}

test('writes keys in the documented order', () => {
  expect(webhookBody(MESSAGE)).toBe(
    '{"event_type":"signature_alert","timestamp":"2026-11-21T10:00:00.000Z","alert":{"alert_id":"17","kind":"stale-critical",' +
      '"severity":"critical","subject":"20261101-1","message":"Import newer signatures.","facts":{"hours":168},' +
      '"raised_at":"2026-11-21T09:59:59.000Z","cleared_at":null},"api_version":"1.0"}',
  )
  expect(WebhookBody.parse(JSON.parse(webhookBody(MESSAGE)))).toBeTruthy()
})

test('signs like openssl', () => {
  // printf '1795168800.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
  const headers = webhookHeaders('id', '{}', { headers: [], secret: '0123456789abcdef' }, new Date(1_795_168_800_999))
  expect(headers['guardimesh-signature']).toBe('t=1795168800,v1=280cc1eaade0a5f7881a09dea4f8ccfd4a079faa7da1df38da3cf1a6ce90f2a3')
})

test('adds custom headers, and no signature without a secret', () => {
  const headers = webhookHeaders(
    'id',
    '{}',
    {
      headers: [
        { name: 'X-Token', value: 'abc' },
        { name: 'User-Agent', value: 'me' },
      ],
      secret: null,
    },
    new Date(),
  )
  expect(headers).toEqual({
    'user-agent': 'me',
    accept: '*/*',
    'x-token': 'abc',
    'content-type': 'application/json',
    'guardimesh-delivery': 'id',
  })
})

import { expect, test } from 'vitest'
import { Redactor } from './redact.js'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const PEM = `-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQ\n-----END PRIVATE KEY-----\n`
const redactor = new Redactor([
  {
    password: base64('correct horse battery'),
    username: base64('guardimesh'),
    'tls.key': base64(PEM),
    'tls.crt': base64('a public certificate'),
  },
  { '.dockerconfigjson': base64(JSON.stringify({ auths: { 'r.example': { username: 'puller', password: 'pull-me-please' } } })) },
])

test.each([
  { name: 'a value of a Secret', text: 'cannot log in with correct horse battery now', gone: 'correct horse' },
  { name: 'a value of a Secret in base64', text: `data: ${base64('correct horse battery')}`, gone: base64('correct horse battery') },
  { name: 'a value of a Secret in a URL', text: 'x?p=correct%20horse%20battery', gone: 'horse' },
  { name: 'a line of a key', text: 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQ', gone: 'MIGHAg' },
  { name: 'a password inside a Secret', text: 'puller pull-me-please', gone: 'pull-me' },
  { name: 'any private key', text: '-----BEGIN EC PRIVATE KEY-----\nabcd\n-----END EC PRIVATE KEY-----', gone: 'abcd' },
  { name: 'a truncated private key', text: '-----BEGIN EC PRIVATE KEY-----\nabcd', gone: 'abcd' },
  { name: 'an API key', text: 'key gmk_abcd2345_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg', gone: 'AbCdEf' },
  { name: 'a bearer token', text: 'authorization: Bearer abc.def-ghi', gone: 'abc.def' },
  { name: 'basic authentication', text: '"Authorization":"Basic dXNlcjpwYXNz"', gone: 'dXNlc' },
  { name: 'a token of a service account', text: 'got eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJl', gone: 'eyJpc3' },
  { name: 'a password in a URL', text: 'postgres://guardimesh:s3cr3t!@db:5432/x', gone: 's3cr3t' },
  { name: 'a setting', text: 'DATABASE_PASSWORD=hunter2 next', gone: 'hunter2' },
  { name: 'a field', text: '{"password": "hunter2", "a": 1}', gone: 'hunter2' },
  { name: 'a field in a text in JSON', text: '{"msg":"{\\"clientSecret\\":\\"hunter2\\"}"}', gone: 'hunter2' },
  { name: 'a field with blanks and quotes', text: '{"password": "first \\"second\\" hunter2"}', gone: 'hunter2' },
  { name: 'a field with blanks in a text in JSON', text: '{"msg":"{\\"password\\":\\"first hunter2\\"}"}', gone: 'hunter2' },
  { name: 'a field in YAML', text: 'apiKey: hunter2', gone: 'hunter2' },
  { name: 'a cookie', text: '"set-cookie":"__Host-session=abcdef; Path=/"', gone: 'abcdef' },
  { name: 'a cookie in a line', text: 'Cookie: a=first; session=second', gone: 'second' },
])('redacts $name', ({ text, gone }) => {
  expect(redactor.text(text)).not.toContain(gone)
  expect(redactor.text(text)).toContain('[redacted]')
})

test.each([
  'passwordSecret: {name: x}',
  '"secretName": "guardimesh-ca"',
  'DATABASE_PASSWORD_FILE=/secrets/database/password',
  '"automountServiceAccountToken": false',
  'a public certificate of guardimesh',
  '"imagePullSecrets": [{"name": "pull"}]',
])('does not redact %s', (text) => {
  expect(redactor.text(text)).toBe(text)
})

test('redacts values of variables with the name of a secret in objects', () => {
  const text = redactor.object({
    env: [
      { name: 'PGPASSWORD', value: 'x1' },
      { name: 'PORT', value: '8443' },
    ],
    managedFields: [1],
  })
  expect(JSON.parse(text)).toEqual({
    env: [
      { name: 'PGPASSWORD', value: '[redacted]' },
      { name: 'PORT', value: '8443' },
    ],
  })
})

import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../mock-api/answer.js'
import { someChannels, someDeliveries } from '../../../mock-api/fixtures/notifications.js'
import { answerWith } from '../../../test/answers.js'
import { dataIsDrawn, renderInConsole } from '../../../test/render.js'
import { NotificationsPage } from './NotificationsPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const CHANNELS = '/api/notifications/channels'
const channels = someChannels(Date.now())
const [desk] = channels

async function draw(answers: Readonly<Record<string, unknown>> = {}) {
  const edge = answerWith({
    [CHANNELS]: { items: channels },
    [`GET ${CHANNELS}/channel-1/deliveries`]: { items: someDeliveries(Date.now()).get('channel-1') },
    ...answers,
  })
  renderInConsole(<NotificationsPage />, '/notifications')
  await waitFor(() => dataIsDrawn())
  return edge
}
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

test('each channel shows whom it tells, of what, and how the last delivery went', async () => {
  await draw()
  const [, first, , third] = screen.getAllByRole('row')
  if (!first || !third) throw new Error('rows are missing')
  expect(first.textContent).toMatch(
    /Incident desk.*desk\.bank\.example.*Roll-out held.*and when they are over.*Enabled.*Waiting.*answered 500: it failed/,
  )
  expect(within(third).getByText('Disabled')).toBeTruthy()
  expect(within(third).getByText('Nothing yet')).toBeTruthy()
})

test('a channel is made', async () => {
  const { asked } = await draw({ [`POST ${CHANNELS}`]: { ...desk, name: 'Night shift' } })
  await press('New channel')
  const dialog = await screen.findByRole('dialog', { name: 'New webhook' })
  await userEvent.type(within(dialog).getByLabelText('Name'), 'Night shift')
  await userEvent.type(within(dialog).getByLabelText('Address'), 'https://hooks.example/in')
  await userEvent.click(within(dialog).getByLabelText('Import refused'))
  await userEvent.type(within(dialog).getByLabelText('Secret'), 'a-secret-of-twenty-4')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add a header' }))
  await userEvent.type(within(dialog).getByLabelText('Name of header 1'), 'X-Team')
  await userEvent.type(within(dialog).getByLabelText('Value of header 1'), 'blue')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Make the channel' }))
  expect(await screen.findByText('The channel “Night shift” is made. Test it now.')).toBeTruthy()
  expect(asked).toEqual([
    {
      method: 'POST',
      path: CHANNELS,
      body: {
        kind: 'webhook',
        name: 'Night shift',
        isEnabled: true,
        events: ['stale-warning', 'stale-critical', 'roll-out-held', 'roll-out-stalled', 'node-refused'],
        sendResolved: true,
        webhook: {
          url: 'https://hooks.example/in',
          method: 'POST',
          isTlsVerified: true,
          timeoutSeconds: 30,
          headers: [{ name: 'X-Team', value: 'blue' }],
          secret: 'a-secret-of-twenty-4',
        },
      },
    },
  ])
})

test('what is wrong is told beside its field, and nothing is sent', async () => {
  const { asked } = await draw()
  await press('New channel')
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText('Address'), 'https://me:pw@hooks.example/')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Make the channel' }))
  expect(await within(dialog).findByText(/without user and password/)).toBeTruthy()
  expect(within(dialog).getByText('Give a name of 1 to 100 characters')).toBeTruthy()
  expect(asked).toEqual([])
})

test('a channel is changed, and what is not typed of its secrets stays', async () => {
  const { asked } = await draw({ [`PUT ${CHANNELS}/channel-1`]: desk })
  await press('Edit Incident desk')
  const dialog = await screen.findByRole('dialog', { name: 'Change “Incident desk”' })
  expect(within(dialog).getByText(/One is set\. Leave this empty to keep it\./)).toBeTruthy()
  await userEvent.click(within(dialog).getByLabelText('Tell it as well when an alert is over'))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(asked).toHaveLength(1))
  expect(asked[0]?.body).toMatchObject({ sendResolved: false, webhook: { headers: [{ name: 'Authorization' }] } })
  expect(JSON.stringify(asked)).not.toMatch(/secret|value/)
})

test.each([
  { result: { isDelivered: true, statusCode: 200, durationMs: 35, message: 'The receiver answered 200 after 35 ms.' }, role: 'status' },
  {
    result: { isDelivered: false, statusCode: null, durationMs: 30_000, message: 'No connection. A NetworkPolicy may be in the way.' },
    role: 'alert',
  },
])('a test shows what came of it: $role', async ({ result, role }) => {
  const { asked } = await draw({ [`POST ${CHANNELS}/channel-1/test`]: result })
  await press('Test Incident desk')
  expect((await screen.findByText(result.message)).closest(`[role=${role}]`)).toBeTruthy()
  expect(asked).toEqual([{ method: 'POST', path: `${CHANNELS}/channel-1/test`, body: undefined }])
})

test('a channel is switched off without naming its secrets', async () => {
  const { asked } = await draw({ [`PUT ${CHANNELS}/channel-1`]: { ...desk, isEnabled: false } })
  await press('Disable Incident desk')
  expect(await screen.findByText(/“Incident desk” is not told any more/)).toBeTruthy()
  expect(asked[0]?.body).toMatchObject({ isEnabled: false })
  expect(JSON.stringify(asked)).not.toMatch(/secret|headers/)
})

test('a channel is deleted when a person says so again', async () => {
  const { asked } = await draw({ [`DELETE ${CHANNELS}/channel-1`]: new Response(null, { status: 204 }) })
  await press('Delete Incident desk')
  expect(asked).toEqual([])
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete the channel' }))
  expect(await screen.findByText('The channel “Incident desk” is deleted.')).toBeTruthy()
  expect(asked).toMatchObject([{ method: 'DELETE', path: `${CHANNELS}/channel-1` }])
})

test('the deliveries of a channel say what was told and what comes next', async () => {
  await draw()
  await press('Deliveries of Incident desk')
  const table = await screen.findByRole('table', { name: 'Deliveries' })
  const [, first, second, third] = within(table).getAllByRole('row')
  expect(first?.textContent).toMatch(/Alert: Roll-out held.*Waiting.*answered 500.*next attempt in \d+m.*500 after 41 ms/)
  expect(second?.textContent).toMatch(/Alert is over: Roll-out held.*Delivered.*202 after 38 ms/)
  expect(third?.textContent).toMatch(/Test.*Failed.*no answer after 30\.0 s/)
})

test.each([
  { name: 'no channel', answers: { [CHANNELS]: { items: [] } }, says: 'No channels' },
  {
    name: 'who may not see it',
    answers: { [CHANNELS]: problem('ROLE_MISSING', 'only an administrator may do this') },
    says: 'You may not see this',
  },
  { name: 'a failure', answers: { [CHANNELS]: problem('INTERNAL', 'it broke') }, says: 'It broke' },
])('drawn: $name', async ({ answers, says }) => {
  await draw(answers)
  expect(await screen.findByText(says)).toBeTruthy()
  expect(screen.queryByRole('table')).toBeNull()
})

import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../mock-api/answer.js'
import { mockChannelId, someRules } from '../../../mock-api/fixtures/notification-rules.js'
import { someChannels, someDeliveries } from '../../../mock-api/fixtures/notifications.js'
import { mockFetch } from '../../testing/mock-fetch.js'
import { renderInConsole, waitForData } from '../../testing/render.js'
import { NotificationsPage } from './NotificationsPage.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const CHANNELS = '/api/notifications/channels'
const RULES = '/api/notifications/rules'
const DELIVERIES = '/api/notifications/deliveries'
const DESK = mockChannelId('channel-1')
const channels = someChannels(Date.now())
const [desk] = channels
const deliveries = someDeliveries(Date.now()).get(DESK) ?? []

async function renderPage(answers: Readonly<Record<string, unknown>> = {}) {
  const recorded = mockFetch({
    [CHANNELS]: { items: channels },
    [RULES]: { items: someRules() },
    [DELIVERIES]: { items: deliveries },
    [`GET ${CHANNELS}/${DESK}/deliveries`]: { items: deliveries },
    ...answers,
  })
  renderInConsole(<NotificationsPage />, '/notifications')
  await waitFor(() => waitForData())
  return recorded
}
/** Selects an option of a list. */
async function choose(dialog: HTMLElement, label: string, option: string): Promise<void> {
  await userEvent.click(within(dialog).getByRole('combobox', { name: label }))
  await userEvent.click(await screen.findByRole('option', { name: option }))
}
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }))

test('shows recipient and last delivery of each channel', async () => {
  await renderPage()
  const [, first, , third] = within(screen.getByRole('table', { name: 'Channels' })).getAllByRole('row')
  if (!first || !third) throw new Error('rows are missing')
  expect(first.textContent).toMatch(/Incident desk.*desk\.bank\.example.*Enabled.*Waiting.*returned 500/)
  expect(within(third).getByText('Disabled')).toBeTruthy()
  expect(within(third).getByText('Never')).toBeTruthy()
})

test('creates a channel', async () => {
  const { requests } = await renderPage({ [`POST ${CHANNELS}`]: { ...desk, name: 'Night shift' } })
  await press('New channel')
  const dialog = await screen.findByRole('dialog', { name: 'New channel' })
  await userEvent.type(within(dialog).getByLabelText('Name'), 'Night shift')
  await userEvent.type(within(dialog).getByLabelText('URL'), 'https://hooks.example/in')
  await userEvent.type(within(dialog).getByLabelText('Secret'), 'a-secret-of-twenty-4')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add header' }))
  await userEvent.type(within(dialog).getByLabelText('Name of header 1'), 'X-Team')
  await userEvent.type(within(dialog).getByLabelText('Value of header 1'), 'blue')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create channel' }))
  expect(await screen.findByText('Channel “Night shift” created. Send a test message to verify it.')).toBeTruthy()
  expect(requests).toEqual([
    {
      method: 'POST',
      path: CHANNELS,
      body: {
        kind: 'webhook',
        name: 'Night shift',
        isEnabled: true,
        webhook: {
          url: 'https://hooks.example/in',
          method: 'POST',
          customer: '',
          isTlsVerified: true,
          caCertificate: '',
          timeoutSeconds: 30,
          headers: [{ name: 'X-Team', value: 'blue' }],
          secret: 'a-secret-of-twenty-4',
        },
      },
    },
  ])
})

test('shows errors next to their fields and sends nothing', async () => {
  const { requests } = await renderPage()
  await press('New channel')
  const dialog = await screen.findByRole('dialog')
  await userEvent.type(within(dialog).getByLabelText('URL'), 'https://me:pw@hooks.example/')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create channel' }))
  expect(await within(dialog).findByText(/without user name and password/)).toBeTruthy()
  expect(within(dialog).getByText('Enter a name of 1 to 100 characters')).toBeTruthy()
  expect(requests).toEqual([])
})

test('creates a channel of another kind with its own fields and texts', async () => {
  const { requests } = await renderPage({ [`POST ${CHANNELS}`]: channels[3] })
  await press('New channel')
  const dialog = await screen.findByRole('dialog', { name: 'New channel' })
  await userEvent.type(within(dialog).getByLabelText('Name'), 'SOC')
  await choose(dialog, 'Kind', 'Email (SMTP)')
  expect(within(dialog).queryByLabelText('URL')).toBeNull()
  expect(within(dialog).queryByText('Headers')).toBeNull()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create channel' }))
  for (const text of [
    'Enter a host name or IP address, without scheme and port',
    'Enter an email address',
    'Enter 1 to 20 email addresses',
  ])
    expect(await within(dialog).findByText(text)).toBeTruthy()
  await userEvent.type(within(dialog).getByLabelText('Host'), 'mail.example')
  await userEvent.type(within(dialog).getByLabelText('Sender'), 'a@b.example')
  await userEvent.type(within(dialog).getByLabelText('Recipients'), 'c@d.example, e@f.example')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create channel' }))
  await waitFor(() => expect(requests).toHaveLength(1))
  expect(requests[0]?.body).toMatchObject({
    kind: 'email',
    email: { host: 'mail.example', port: 587, encryption: 'starttls', to: ['c@d.example', 'e@f.example'] },
  })
})

test('asks before Escape discards what was entered', async () => {
  await renderPage()
  await press('New channel')
  const dialog = await screen.findByRole('dialog', { name: 'New channel' })
  await userEvent.type(within(dialog).getByLabelText('Name'), 'Night')
  await userEvent.keyboard('{Escape}')
  const question = await screen.findByRole('dialog', { name: 'Discard your changes?' })
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Discard your changes?' })).toBeNull())
  expect(question.isConnected).toBe(false)
  expect(within(dialog).getByDisplayValue('Night')).toBeTruthy()
  await userEvent.keyboard('{Escape}')
  await userEvent.click(await screen.findByRole('button', { name: 'Discard changes' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('closes an unchanged form without a question', async () => {
  await renderPage()
  await press('Edit SIEM')
  const dialog = await screen.findByRole('dialog', { name: 'Edit “SIEM”' })
  expect(within(dialog).getByDisplayValue('siem.bank.example')).toBeTruthy()
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

test('edits a channel and keeps secrets that are left empty', async () => {
  const { requests } = await renderPage({ [`PUT ${CHANNELS}/${DESK}`]: desk })
  await press('Edit Incident desk')
  const dialog = await screen.findByRole('dialog', { name: 'Edit “Incident desk”' })
  expect(within(dialog).getByText(/A secret is set\. Leave empty to keep it\./)).toBeTruthy()
  await userEvent.type(within(dialog).getByLabelText('Name'), ' 2')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(requests).toHaveLength(1))
  expect(requests[0]?.body).toMatchObject({ name: 'Incident desk 2', webhook: { headers: [{ name: 'Authorization' }] } })
  expect(JSON.stringify(requests)).not.toMatch(/secret|value/)
})

test.each([
  { result: { isDelivered: true, statusCode: 200, durationMs: 35, message: 'The receiver returned 200 after 35 ms.' }, role: 'status' },
  {
    result: { isDelivered: false, statusCode: null, durationMs: 30_000, message: 'Connection timed out. A NetworkPolicy may block it.' },
    role: 'alert',
  },
])('shows the result of a test as $role', async ({ result, role }) => {
  const { requests } = await renderPage({ [`POST ${CHANNELS}/${DESK}/test`]: result })
  await press('Test Incident desk')
  expect((await screen.findByText(result.message)).closest(`[role=${role}]`)).toBeTruthy()
  expect(requests).toEqual([{ method: 'POST', path: `${CHANNELS}/${DESK}/test`, body: undefined }])
})

test('disables a channel without sending its secrets', async () => {
  const { requests } = await renderPage({ [`PUT ${CHANNELS}/${DESK}`]: { ...desk, isEnabled: false } })
  await press('Disable Incident desk')
  expect(await screen.findByText(/“Incident desk” disabled/)).toBeTruthy()
  expect(requests[0]?.body).toMatchObject({ isEnabled: false })
  expect(JSON.stringify(requests)).not.toMatch(/secret|headers/)
})

test('shows secrets that cannot be decrypted until they are entered again', async () => {
  const [, , pager] = channels
  const { requests } = await renderPage({
    [`PUT ${CHANNELS}/${mockChannelId('channel-3')}`]: pager,
  })
  const rows = screen.getAllByRole('row').filter((row) => row.textContent?.includes('Secrets unreadable'))
  expect(rows.map((row) => within(row).getByText(/Incident desk|On call|Old pager/).textContent)).toEqual(['Old pager'])
  await press('Edit Old pager')
  const dialog = await screen.findByRole('dialog', { name: 'Edit “Old pager”' })
  expect(within(dialog).getByText(/cannot be decrypted with this cluster's key, and nothing is sent/)).toBeTruthy()
  await userEvent.type(within(dialog).getByLabelText('Secret'), 'a-secret-of-twenty-4')
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  await waitFor(() => expect(requests).toMatchObject([{ body: { webhook: { secret: 'a-secret-of-twenty-4' } } }]))
})

test('deletes a channel after confirmation', async () => {
  const { requests } = await renderPage({ [`DELETE ${CHANNELS}/${DESK}`]: new Response(null, { status: 204 }) })
  await press('Delete Incident desk')
  expect(requests).toEqual([])
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete channel' }))
  expect(await screen.findByText('Channel “Incident desk” deleted.')).toBeTruthy()
  expect(requests).toMatchObject([{ method: 'DELETE', path: `${CHANNELS}/${DESK}` }])
})

test('lists deliveries with result and next attempt', async () => {
  await renderPage()
  await press('Deliveries of Incident desk')
  const table = await screen.findByRole('table', { name: 'Deliveries' })
  const [, first, second, third] = within(table).getAllByRole('row')
  expect(first?.textContent).toMatch(/Alert: Rollout held.*Waiting.*returned 500.*next attempt in \d+m.*500 after 41 ms/)
  expect(second?.textContent).toMatch(/Alert resolved: Rollout held.*Delivered.*202 after 38 ms/)
  expect(third?.textContent).toMatch(/Test.*Failed.*no response after 30\.0 s/)
})

test('lists rules with their filters and times', async () => {
  await renderPage()
  const rows = within(screen.getByRole('table', { name: 'Rules' }))
    .getAllByRole('row')
    .map(({ textContent }) => textContent)
  expect(rows[1]).toMatch(
    /Malware in payments.*New malware, Incident reopened, Severity raised.*from severity High · payments-\*.*Incident desk.*quiet 22:00–06:00 \(Europe\/Berlin\).*cool-down 30 min.*escalates to On call after 15 min.*Enabled/,
  )
  expect(rows[2]).toMatch(/Nodes and signatures.*Rollout held|\+1.*On call.*digest every 5 min/)
  expect(rows[3]).toMatch(/Audit log entry.*\*fail\* · account\.\*.*SIEM.*Disabled/)
})

test('creates a rule after a preview', async () => {
  const { requests } = await renderPage({
    [`POST ${RULES}`]: someRules()[0],
    [`POST ${RULES}/preview`]: { messages: 1, events: 1200, isComplete: false },
  })
  await press('New rule')
  const dialog = await screen.findByRole('dialog', { name: 'New rule' })
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create rule' }))
  expect(await within(dialog).findByText('Select a channel')).toBeTruthy()
  await userEvent.type(within(dialog).getByRole('textbox', { name: 'Name' }), 'Night')
  await choose(dialog, 'Channel', 'SIEM')
  await userEvent.click(within(dialog).getByLabelText('Import rejected'))
  await userEvent.type(within(dialog).getByLabelText('Namespaces'), 'payments-*, shop')
  await choose(dialog, 'Digest', 'Every hour')
  await choose(dialog, 'Escalate to', 'On call')
  await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Quiet hours' }))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Preview' }))
  expect(
    await within(dialog).findByText(/would have sent 1 message in the last 7 days \(1,200 matching events\)\. Only the latest/),
  ).toBeTruthy()
  await userEvent.click(within(dialog).getByRole('button', { name: 'Create rule' }))
  expect(await screen.findByText('Rule “Malware in payments” created.')).toBeTruthy()
  const [preview, created] = requests
  expect([preview?.path, created?.path]).toEqual([`${RULES}/preview`, RULES])
  expect(created?.body).toEqual(preview?.body)
  expect(created?.body).toMatchObject({
    ...{ name: 'Night', channelId: mockChannelId('channel-4'), digestMinutes: 60 },
    selection: { namespaces: ['payments-*', 'shop'], events: expect.not.arrayContaining(['import-refused', 'audit-event']) },
    quietHours: { from: '22:00', to: '06:00', passCritical: true },
    escalation: { afterMinutes: 15, channelId: mockChannelId('channel-2') },
  })
}, 20_000)

test('edits and deletes a rule', async () => {
  const { requests } = await renderPage({
    [`PUT ${RULES}/rule-1`]: someRules()[0],
    [`DELETE ${RULES}/rule-1`]: new Response(null, { status: 204 }),
  })
  await press('Edit rule Malware in payments')
  const dialog = await screen.findByRole('dialog', { name: 'Edit rule “Malware in payments”' })
  await userEvent.click(within(dialog).getByLabelText('Rule is enabled'))
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
  expect(await screen.findByText('Rule “Malware in payments” saved.')).toBeTruthy()
  expect(requests[0]?.body).toMatchObject({ isEnabled: false, coolDownMinutes: 30 })
  await press('Delete rule Malware in payments')
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete rule' }))
  expect(await screen.findByText('Rule “Malware in payments” deleted.')).toBeTruthy()
})

test('sends a failed message again', async () => {
  const failed = {
    ...deliveries[0],
    deliveryId: 'dead',
    state: 'failed',
    event: 'malware_detected',
    alertKind: 'incident-opened',
    message: 'Eicar',
  }
  const { requests } = await renderPage({
    [`${DELIVERIES}?state=failed`]: { items: [failed] },
    [`POST ${DELIVERIES}/dead/send-again`]: new Response(null, { status: 204 }),
  })
  const log = screen.getByRole('region', { name: 'Delivery log' })
  expect(within(log).getAllByRole('row')).toHaveLength(4)
  await userEvent.click(within(log).getByRole('radio', { name: 'Failed' }))
  await userEvent.click(await within(log).findByRole('button', { name: 'Send again: Eicar' }))
  expect(await screen.findByText('The message is sent again.')).toBeTruthy()
  expect(requests).toMatchObject([{ method: 'POST', path: `${DELIVERIES}/dead/send-again` }])
})

test.each([
  { name: 'no channel', answers: { [CHANNELS]: { items: [] } }, text: 'No channels' },
  {
    name: 'missing permissions',
    answers: { [CHANNELS]: problem('ROLE_MISSING', 'only administrators can do this') },
    text: "You don't have permission to view this page",
  },
  { name: 'a failure', answers: { [CHANNELS]: problem('INTERNAL', 'reading the channels failed') }, text: 'Reading the channels failed' },
])('handles $name', async ({ answers, text }) => {
  await renderPage(answers)
  expect(await screen.findByText(text)).toBeTruthy()
  expect(screen.queryByRole('table', { name: 'Channels' })).toBeNull()
})

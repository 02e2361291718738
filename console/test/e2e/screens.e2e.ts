// @vitest-environment node
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, logIn, openPage, type RunningConsole, startConsole } from './running-console.js'

let running: RunningConsole
beforeAll(async () => {
  running = await startConsole({ findingEveryMs: 1_500 })
})
afterAll(() => running.stop())

/** Many pages in sequence, on machines under load. */
const LONG_MS = 300_000

const SCREENS = [
  { name: 'the dashboard', address: '/?range=7d', heading: 'Dashboard', content: 'slider' },
  { name: 'incidents', address: '/incidents', heading: 'Incidents', content: 'table' },
  { name: 'an incident', address: '/incidents/60', heading: 'Guardimesh.Test.Worm', content: 'table' },
  { name: 'findings', address: '/findings', heading: 'Findings', content: 'table' },
  { name: 'a finding', address: '/findings/0195a0c0-7a00-7000-8000-000000000000', heading: 'Guardimesh.Test.WebShell', content: 'region' },
  { name: 'scans', address: '/scans', heading: 'Scans', content: 'table' },
  { name: 'coverage', address: '/coverage?reason=too_large', heading: 'Coverage', content: 'table' },
  { name: 'nodes', address: '/nodes', heading: 'Nodes', content: 'table' },
  { name: 'pods', address: '/pods?gone=true', heading: 'Pods', content: 'table' },
  { name: 'exceptions', address: '/exceptions', heading: 'Exceptions', content: 'table' },
  {
    name: 'a finding with an exception',
    address: '/findings/0195a0c0-7a00-7000-9000-000000000001',
    heading: 'Guardimesh.Test.Demo',
    content: 'region',
  },
  { name: 'a node', address: '/nodes/prod-west/node-a1', heading: 'node-a1', content: 'table' },
  { name: 'a pod', address: '/pods/prod-west/shop/web-7c9d8b6f5-x2x9k', heading: 'web-7c9d8b6f5-x2x9k', content: 'table' },
  { name: 'a namespace', address: '/namespaces/shop', heading: 'shop', content: 'table' },
  {
    name: 'an image',
    address: '/images/registry.shop.internal%2Fweb%2Fphp%3A8.3.4',
    heading: 'registry.shop.internal/web/php:8.3.4',
    content: 'table',
  },
  { name: 'lost results', address: '/lost-results', heading: 'Lost results', content: 'table' },
  { name: 'images', address: '/images', heading: 'Images', content: 'table' },
  { name: 'signatures', address: '/signatures', heading: 'Signatures', content: 'table' },
  { name: 'signatures on nodes', address: '/signatures/nodes', heading: 'Signatures on nodes', content: 'table' },
  { name: 'signature history', address: '/signatures/history', heading: 'Signature history', content: 'table' },
  { name: 'import signatures', address: '/signatures/import', heading: 'Import signatures', content: 'region' },
  { name: 'custom hashes', address: '/signatures/custom', heading: 'Custom signatures', content: 'table' },
  { name: 'custom rules', address: '/signatures/custom?list=rules', heading: 'Custom signatures', content: 'textbox' },
  { name: 'signature settings', address: '/signatures/settings', heading: 'Signature settings', content: 'region' },
  { name: 'sightings', address: `/sightings/${'a'.repeat(64)}`, heading: 'Locations of this file', content: 'table' },
  { name: 'notifications', address: '/notifications', heading: 'Notifications', content: 'table' },
  { name: 'API keys', address: '/api-keys', heading: 'API keys', content: 'table' },
  { name: 'users', address: '/users', heading: 'Users', content: 'table' },
  { name: 'audit log', address: '/audit', heading: 'Audit log', content: 'table' },
  { name: 'scan settings', address: '/scan-settings', heading: 'Scan settings', content: 'region' },
  { name: 'account', address: '/account', heading: 'Account', content: 'region' },
  { name: 'an unknown URL', address: '/nowhere', heading: 'Page not found', content: 'link' },
] as const

test.each([{ colorScheme: 'light' }, { colorScheme: 'dark' }, { colorScheme: 'light', widthPx: 400 }] as const)(
  'every page is accessible and fits: $colorScheme $widthPx',
  async (variant) => {
    const { page, faults, close } = await openPage(running, variant)
    await page.goto('/')
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    expect(await page.title()).toBe('Log in · Guardimesh')
    expect(await axeViolations(page)).toEqual([])
    await logIn(page)
    for (const { name, address, heading, content } of SCREENS) {
      await page.goto(address)
      await page.getByRole('heading', { level: 1, name: heading }).waitFor()
      await page.getByRole('main').getByRole(content).first().waitFor()
      expect(await page.title(), name).toBe(`${heading} · Guardimesh`)
      // The narrow variant has the same content and colours.
      if (!('widthPx' in variant)) expect(await axeViolations(page), name).toEqual([])
      const overflowPx = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect(overflowPx, `${name} fits the width`).toBeLessThanOrEqual(0)
    }
    expect(faults).toEqual([])
    await close()
  },
  LONG_MS,
)

/** Advances the page's clock, because a page reports an outage only after its retries. Returns how many notices it shows. */
async function skipRetryDelay(page: Page, notice: Locator): Promise<number> {
  await page.clock.fastForward('00:02')
  return notice.count()
}

describe('states', () => {
  const SIGNATURES = [
    '/signatures',
    '/signatures/nodes',
    '/signatures/history',
    '/signatures/import',
    '/signatures/custom',
    '/signatures/settings',
  ]
  // The signature pages share the frame that shows these states, so two of them are enough.
  const LISTS = [
    '/',
    '/incidents',
    '/findings',
    '/scans',
    '/coverage',
    '/exceptions',
    '/nodes',
    '/pods',
    '/images',
    '/signatures',
    '/signatures/nodes',
    '/notifications',
    '/api-keys',
    '/users',
    '/scan-settings',
  ]
  const STATES = [
    {
      account: 'empty',
      addresses: [
        '/incidents',
        '/findings',
        '/scans',
        '/coverage',
        '/exceptions',
        '/nodes',
        '/pods',
        '/images',
        '/signatures',
        '/signatures/nodes',
        '/signatures/history',
        '/signatures/custom',
        '/notifications',
        '/api-keys',
      ],
      role: 'status',
      text: /^No /,
    },
    { account: 'forbidden', addresses: LISTS, role: 'alert', text: /^You don't have permission to view this page/ },
    { account: 'outage', addresses: LISTS, role: 'alert', text: /The database is unavailable.*request [0-9a-f-]+/ },
    { account: 'slow', addresses: LISTS, role: 'status', text: null },
    { account: 'one-machine', addresses: SIGNATURES, role: 'status', text: /has no signature server/ },
    { account: 'canary', addresses: ['/signatures/history'], role: 'table', text: /Canary/ },
    { account: 'held', addresses: ['/signatures'], role: 'status', text: /Reason for the hold/ },
    { account: 'no-key', addresses: ['/signatures/settings', '/signatures/import'], role: 'status', text: /has no management key/ },
    { account: 'server-away', addresses: SIGNATURES, role: 'alert', text: /Signature server unreachable/ },
  ] as const

  test.each(STATES)(
    'shows the state $account on each page',
    async ({ account, addresses, role, text }) => {
      const { page, faults, close } = await openPage(running)
      if (account === 'outage') await page.clock.install()
      await logIn(page, `${account}@guardimesh.local`)
      for (const address of addresses) {
        await page.goto(address)
        const element = page.getByRole('main').getByRole(role)
        const notice = text === null ? page.getByRole('main').getByRole('status', { name: 'Loading' }) : element.filter({ hasText: text })
        if (account === 'outage') await expect.poll(() => skipRetryDelay(page, notice)).toBeGreaterThan(0)
        await notice.first().waitFor()
        expect(await axeViolations(page), address).toEqual([])
      }
      expect(faults).toEqual([])
      await close()
    },
    LONG_MS,
  )

  test('retries after a failure', async () => {
    const { page, close } = await openPage(running)
    await logIn(page)
    let isDown = true
    await page.route('**/api/nodes', (route) => (isDown ? route.abort() : route.continue()))
    await page.goto('/nodes')
    await page.getByText("Can't reach the server").waitFor()
    isDown = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('table', { name: 'Nodes' }).waitFor()
    await close()
  })

  test('shows settings and keys to viewers without changing them', async () => {
    const { page, close } = await openPage(running)
    await logIn(page, 'viewer@guardimesh.local', '/scan-settings')
    await page.getByText('Only administrators can change these settings.').waitFor()
    await page.getByText('17 3 * * *').waitFor()
    expect(await page.getByRole('main').getByRole('textbox').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0)
    await page.goto('/api-keys')
    await page.getByRole('table').waitFor()
    expect(await page.getByRole('button', { name: 'New key' }).isDisabled()).toBe(true)
    expect(await page.getByRole('button', { name: /Revoke/ }).count()).toBe(0)
    await close()
  })
})

describe('layout', () => {
  /** Number of tables with content that cannot be scrolled into view. */
  const countCut = (page: Page) =>
    page.evaluate(
      () =>
        [...document.querySelectorAll('table')].filter(({ parentElement: frame }) => {
          const isScrollable = frame !== null && getComputedStyle(frame).overflowX === 'auto'
          return frame !== null && frame.scrollWidth > frame.clientWidth && !isScrollable
        }).length,
    )

  test(
    'cuts no table between 320 and 1920 px',
    async () => {
      const { page, close } = await openPage(running)
      await logIn(page)
      for (const address of ['/scans', '/nodes', '/pods', '/coverage', '/lost-results', '/signatures/history']) {
        await page.goto(address)
        await page.getByRole('main').getByRole('table').first().waitFor()
        for (let width = 320; width <= 1920; width += 64) {
          await page.setViewportSize({ width, height: 900 })
          expect(await countCut(page), `${address} at ${width} px`).toBe(0)
        }
      }
      await close()
    },
    LONG_MS,
  )

  test('shows a node in one line, and its details on request', async () => {
    const { page, close } = await openPage(running, { widthPx: 1440 })
    await logIn(page, undefined, '/nodes')
    const row = page.getByRole('row').filter({ hasText: 'node-a1' })
    await row.waitFor()
    expect((await row.boundingBox())?.height).toBeLessThanOrEqual(40)
    await row.getByText('node-a1').first().click()
    await row.getByText('unix:///run/containerd/containerd.sock').waitFor()
    await close()
  })

  test('marks focused fields and switches clearly', async () => {
    const { page, close } = await openPage(running)
    await logIn(page, undefined, '/scan-settings')
    const schedule = page.getByRole('textbox', { name: 'Schedule' })
    await schedule.focus()
    expect(await schedule.evaluate((field) => getComputedStyle(field).outline)).toMatch(/2px$|^.*solid 2px/)
    await page.emulateMedia({ forcedColors: 'active' })
    const track = page.locator('.mantine-Switch-track').first()
    expect(await track.evaluate((element) => getComputedStyle(element).borderTopWidth)).toBe('1px')
    await close()
  })

  test('prints the page without navigation and filters', async () => {
    const { page, close } = await openPage(running)
    await logIn(page, undefined, '/nodes')
    await page.getByRole('table', { name: 'Nodes' }).waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('navigation', { name: 'Main navigation' }).count()).toBe(0)
    expect(await page.getByRole('search').count()).toBe(0)
    expect(await page.getByRole('table', { name: 'Nodes' }).isVisible()).toBe(true)
    await close()
  })
})

// @vitest-environment node
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { axeViolations, logIn, openPage, type RunningConsole, startConsole } from './running-console.js'

let running: RunningConsole
beforeAll(async () => {
  running = await startConsole({ findingEveryMs: 3_600_000 })
})
afterAll(() => running.stop())

test('works through incidents with the keyboard only', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/incidents')
  const rows = page.getByRole('table', { name: 'Incidents' }).locator('tbody tr')
  await rows.first().waitFor()
  await page.getByRole('list', { name: 'Shortcuts' }).waitFor()
  const total = async () => Number.parseInt((await page.getByText(/^\d+ incidents$/).textContent()) ?? '', 10)
  const before = await total()

  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.getByText('2 incidents selected').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Resolve 2 incidents' })
  await dialog.getByLabel('Resolution').selectOption('Test')
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByLabel('Comment').fill('Our own test')
  await dialog.getByRole('button', { name: 'Resolve' }).press('Enter')
  await page.getByText('2 incidents changed.').waitFor()
  // The list is read again, which moves the focus.
  await expect.poll(total).toBe(before - 2)
  await expect.poll(() => rows.filter({ hasText: 'Resolved' }).count()).toBe(0)

  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /^Guardimesh\./ }).waitFor()
  await page.getByText('4 findings').waitFor()
  await page.keyboard.press('c')
  const comment = page.getByRole('dialog', { name: /^Comment on incident/ })
  await comment.getByLabel('Comment').fill('Rebuilt from a clean image')
  await comment.getByRole('button', { name: 'Comment' }).press('Enter')
  await page.getByText('admin@guardimesh.local commented').waitFor()
  expect(faults).toEqual([])
  await close()
})

test('selects rows with Shift and all that match, and keeps the input of a conflict', async () => {
  const { page, close } = await openPage(running)
  await logIn(page, undefined, '/incidents?severity=critical')
  const boxes = page.getByRole('checkbox', { name: /^Select Guardimesh/ })
  await boxes.nth(1).click()
  await boxes.nth(4).click({ modifiers: ['Shift'] })
  await page.getByText('4 incidents selected').waitFor()
  await page.getByRole('button', { name: /^Select all \d+ that match/ }).click()
  await page.getByRole('button', { name: 'Start' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await page.getByText(/incidents changed\./).waitFor()
  await expect.poll(() => page.locator('tbody tr').filter({ hasNotText: 'In progress' }).count()).toBe(0)

  await page.locator('[data-row-link]').first().click()
  await page.getByRole('button', { name: 'Resolve' }).click()
  const dialog = page.getByRole('dialog', { name: /^Resolve incident/ })
  await dialog.getByLabel('Comment').fill('conflict')
  await dialog.getByRole('button', { name: 'Resolve' }).click()
  await dialog.getByText('The incident changed in the meantime').waitFor()
  expect(await dialog.getByLabel('Comment').inputValue()).toBe('conflict')
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save anyway' }).click()
  await page
    .getByText(/Status: .* → Resolved/)
    .first()
    .waitFor()
  await close()
})

test('creates an exception from a finding with the keyboard, after a preview, and revokes it', async () => {
  const { page, faults, close } = await openPage(running)
  await logIn(page, undefined, '/findings')
  await page.getByText('2 findings match an exception.').waitFor()
  await page.locator('[data-row-link]').first().press('Enter')
  await page.getByRole('button', { name: 'Create exception' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'New exception' })
  await dialog.getByText(/would have hidden/).waitFor()
  expect(await axeViolations(page)).toEqual([])
  // The scope has the focus; one step wider than the namespace is the cluster.
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => dialog.getByRole('textbox', { name: 'Namespace' }).inputValue()).toBe('')
  await dialog.getByRole('textbox', { name: 'SHA-256' }).fill('')
  await dialog.getByText('This exception also hides unknown malware').waitFor()
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('textbox', { name: 'Signature' }).fill('Guardimesh.Test.WebShell')
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('Sample of our own tests')
  const submit = dialog.getByRole('button', { name: 'Create exception' })
  await expect.poll(() => submit.isEnabled()).toBe(true)
  await submit.press('Enter')
  await page.getByText(/^Exception 5 created/).waitFor()

  await page.getByRole('link', { name: 'Exceptions' }).press('Enter')
  await page.getByRole('button', { name: 'Revoke exception 5' }).press('Enter')
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke exception' }).press('Enter')
  await page.getByText('Exception 5 revoked.').waitFor()
  expect(await axeViolations(page)).toEqual([])

  await page.goto('/signatures/custom?list=ignored-files')
  await page.getByRole('button', { name: 'Ignore file' }).press('Enter')
  await page.getByRole('dialog').getByText('Nodes no longer detect this, anywhere').waitFor()
  expect(await axeViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await close()
})

describe('dashboard', () => {
  const TOTALS = [
    { tile: 'Open incidents', path: '/incidents', shows: (count: string) => `${count} incidents` },
    { tile: 'Response times, last 30 days', path: '/incidents', shows: (count: string) => `${count} incidents` },
    { tile: 'Top namespaces', path: '/findings', shows: (count: string) => new RegExp(`^Showing (all|\\d+ of) ${count}$`) },
    { tile: 'Nodes and signatures', path: '/nodes', shows: (count: string) => `${count} nodes` },
    { tile: 'Coverage', path: '/pods', shows: (count: string) => `${count} containers` },
  ]

  test('opens lists that show the number of the tile', async () => {
    const { page, faults, close } = await openPage(running, { colorScheme: 'dark' })
    await logIn(page, undefined, '/')
    for (const { tile, path, shows } of TOTALS) {
      const number = page
        .getByRole('region', { name: tile })
        .getByRole('link', { name: /^[\d,]+$/ })
        .first()
      const count = (await number.textContent()) ?? ''
      await number.click()
      await page.waitForURL((url) => url.pathname === path)
      await page.getByRole('main').getByText(shows(count)).waitFor()
      await page.goBack()
      await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor()
    }
    expect(faults).toEqual([])
    await close()
  })

  test('opens a time range that was selected with the keyboard or the pointer', async () => {
    const { page, close } = await openPage(running)
    await logIn(page, undefined, '/?range=7d')
    const chart = page.getByRole('slider', { name: 'Findings over time' })
    await page.locator('.uplot canvas').waitFor()
    await chart.focus()
    for (const key of ['End', 'ArrowLeft', 'ArrowLeft', 'Shift+ArrowRight']) await page.keyboard.press(key)
    const text = (await chart.getAttribute('aria-valuetext')) ?? ''
    expect(await page.getByRole('link', { name: text }).count()).toBe(1)
    await page.keyboard.press('Enter')
    const [, count] = /^([\d,]+) findings from/.exec(text) ?? []
    await page.getByText(`Showing 200 of ${count}`).waitFor()
    const spanMs = (url: string) => {
      const { searchParams } = new URL(url)
      return Date.parse(searchParams.get('until') ?? '') - Date.parse(searchParams.get('since') ?? '')
    }
    expect(spanMs(page.url())).toBe(12 * 3_600_000)

    await page.goBack()
    const bars = page.locator('.uplot .u-over')
    const box = await bars.boundingBox()
    if (!box) throw new Error('the chart is not visible')
    // The middles of the bars 11 and 14 of 28.
    const at = (bar: number) => box.x + (box.width * (bar - 0.5)) / 28
    await page.mouse.move(at(11), box.y + 50)
    await page.mouse.down()
    await page.mouse.move(at(14), box.y + 60, { steps: 5 })
    await page.mouse.up()
    await page.waitForURL((url) => url.pathname === '/findings')
    expect(spanMs(page.url())).toBe(24 * 3_600_000)
    await close()
  })

  test('lists the steps of the set-up of an empty installation', async () => {
    const { page, close } = await openPage(running)
    await logIn(page, 'empty@guardimesh.local', '/')
    await page.getByText('Setup: 0 of 5 steps done').waitFor()
    await page.getByRole('button', { name: 'Copy command' }).click()
    const command = await page.evaluate(() => navigator.clipboard.readText())
    // The shell joins the parts.
    expect(command).toContain('X5O!P%@AP[4\\PZX54(P^)7CC)7}')
    expect(await axeViolations(page)).toEqual([])
    await close()
  })
})

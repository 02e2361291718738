import type { RuleTrialView } from '@guardimesh/contracts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../../mock-api/answer.js'
import { aRuleTrial, aTrialHit } from '../../../../mock-api/fixtures/rule-trials.js'
import { mockFetch } from '../../../testing/mock-fetch.js'
import { renderInConsole } from '../../../testing/render.js'
import { RuleTrialSection, type StartedTrial } from './RuleTrialSection.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const TRIALS = '/api/signatures/rule-trials'
const RULES = 'rule a { condition: true }'

interface RenderOptions {
  start?: unknown
  disabledReason?: string
  text?: string
}

/** Renders the section before the first trial. */
function renderSection({ start = aRuleTrial(), disabledReason, text = RULES }: RenderOptions = {}) {
  const recorded = mockFetch({ [`POST ${TRIALS}`]: () => start })
  const started: StartedTrial[] = []
  const props = { name: 'site-rules-1', text, disabledReason, trial: undefined }
  renderInConsole(<RuleTrialSection {...props} onStarted={(trial) => started.push(trial)} />)
  return { ...recorded, started }
}

/** Renders a started trial; each request returns the next view. */
function renderStarted(views: readonly RuleTrialView[], text = RULES) {
  let requests = -1
  const recorded = mockFetch({
    [`GET ${TRIALS}/`]: () => views[Math.min(++requests, views.length - 1)],
    [`DELETE ${TRIALS}/`]: () => ({ ...views[0], state: 'ended', endedAt: '2026-03-01T00:00:00.000Z' }),
  })
  const trial = { trialId: (views[0] as RuleTrialView).trialId, text: RULES }
  renderInConsole(<RuleTrialSection name="site-rules-1" text={text} disabledReason={undefined} trial={trial} onStarted={() => undefined} />)
  return recorded
}

const done = (changes: Partial<RuleTrialView>) =>
  aRuleTrial({ state: 'done', endedAt: '2026-03-01T00:00:00.000Z', nodes: { expected: 2, answered: 2, failed: 0 }, ...changes })
const startTrial = () => userEvent.click(screen.getByRole('button', { name: 'Try on running containers' }))

test('sends the rules with their file name', async () => {
  const start = aRuleTrial()
  const { requests, started } = renderSection({ start })
  await startTrial()
  await waitFor(() => expect(started).toEqual([{ trialId: start.trialId, text: RULES }]))
  expect(requests).toEqual([{ method: 'POST', path: TRIALS, body: { name: 'site-rules-1', rules: RULES } }])
})

test('shows the line of a compiler error', async () => {
  renderSection({ start: problem('SIGNATURES_INVALID', 'the rules do not compile: line 3: unknown pattern') })
  await startTrial()
  expect((await screen.findByRole('alert')).textContent).toContain('line 3: unknown pattern')
})

test.each([
  {
    name: 'a viewer',
    options: { disabledReason: 'Only signature managers and administrators can change signatures.' },
    title: 'Only signature managers and administrators can change signatures.',
  },
  { name: 'an empty file', options: { text: ' \n' }, title: 'Enter a rule first.' },
])('explains the disabled button: $name', ({ options, title }) => {
  renderSection(options)
  const button = screen.getByRole('button', { name: 'Try on running containers' })
  expect([button.hasAttribute('disabled'), button.title]).toEqual([true, title])
})

test('shows matches by pod with links while nodes are scanning', async () => {
  const running = aRuleTrial({ openNodes: [{ clusterId: 'cluster-a', nodeName: 'node-b1', state: 'waiting', problem: '' }] })
  const hits = [aTrialHit({ podName: 'web-2' }), aTrialHit({ podName: 'web-1', containerId: 'c0ffee-1', sha256: '' })]
  renderStarted([running, done({ trialId: running.trialId, hits, hitCount: 700, filesScanned: 1200 })])
  expect((await screen.findByText('Scanning')).closest('[role=status]')?.textContent).toContain('0 of 2 nodes responded')
  expect(screen.getByText(/Waiting for 2 nodes/).textContent).toContain('node-b1')
  const table = await screen.findByRole('table', { name: 'Files matching the rules' }, { timeout: 5000 })
  const rows = within(table).getAllByRole('row').slice(1)
  expect(rows.map((row) => within(row).getAllByRole('link')[0]?.textContent)).toEqual(['shop / web-1', 'shop / web-2'])
  expect(within(table).getByRole('link', { name: 'shop / web-1' }).getAttribute('href')).toBe(
    '/pods?cluster=cluster-a&namespace=shop&search=web-1',
  )
  expect(within(table).getByRole('link', { name: '111111111111…' }).getAttribute('href')).toBe(`/sightings/${'1'.repeat(64)}`)
  expect(screen.getByText('700 files would be reported as suspicious')).toBeTruthy()
  expect(screen.getByText('Showing 2 of them.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'End trial' })).toBeNull()
})

test('reports a trial without matches and the unscanned files', async () => {
  renderStarted([
    done({
      notScanned: [
        { reason: 'no_program', files: 5310 },
        { reason: 'skipped_namespace', files: 0 },
      ],
    }),
  ])
  expect(await screen.findByText('No suspicious files')).toBeTruthy()
  expect(screen.getByText(/^Not scanned:/).textContent).toBe('Not scanned: Neither program nor script 5,310, Excluded namespace')
  expect(screen.getByText('No match in the 1,840 known-good files of the golden set.')).toBeTruthy()
})

test('reports golden set matches and failed nodes', async () => {
  const golden = {
    files: 9,
    hitCount: 1,
    hits: [{ file: '/golden/tool.sh', rule: 'a' }],
    problem: 'The golden set check took more than 30 s.',
  }
  const openNodes = [{ clusterId: 'c', nodeName: 'node-a2', state: 'failed', problem: 'scanning one file took more than 10 s' }] as const
  renderStarted([done({ state: 'expired', golden, openNodes: [...openNodes] })])
  expect(await screen.findByText('1 known-good file of the golden set matches')).toBeTruthy()
  expect(screen.getByText('/golden/tool.sh')).toBeTruthy()
  expect(screen.getByText('The golden set check took more than 30 s.')).toBeTruthy()
  expect(screen.getByText('node-a2: trial failed')).toBeTruthy()
  expect(screen.getByText(/but not all nodes have finished/)).toBeTruthy()
})

test('ends a trial and marks it as outdated after an edit', async () => {
  const { requests } = renderStarted([aRuleTrial({ nodes: { expected: 0, answered: 0, failed: 0 } })], 'rule b { condition: false }')
  expect(await screen.findByText('No nodes are reporting.')).toBeTruthy()
  expect(screen.getByText('The rules were edited after this trial started.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'End trial' }))
  expect(await screen.findByText('Ended')).toBeTruthy()
  expect(requests.map(({ method }) => method)).toEqual(['DELETE'])
})

test('reports a trial that no longer exists', async () => {
  mockFetch({ [`GET ${TRIALS}/`]: problem('RULE_TRIAL_NOT_FOUND', 'the rule trial no longer exists') })
  const trial = { trialId: crypto.randomUUID(), text: RULES }
  renderInConsole(<RuleTrialSection name="a" text={RULES} disabledReason={undefined} trial={trial} onStarted={() => undefined} />)
  expect((await screen.findByRole('alert')).textContent).toContain('The rule trial no longer exists')
})

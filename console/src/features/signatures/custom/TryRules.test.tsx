import type { RuleTrialView } from '@guardimesh/contracts'
import { screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, expect, test, vi } from 'vitest'
import { problem } from '../../../../mock-api/answer.js'
import { aRuleTrial, aTrialHit } from '../../../../mock-api/fixtures/rule-trials.js'
import { answerWith } from '../../../../test/answers.js'
import { renderInConsole } from '../../../../test/render.js'
import { type StartedTrial, TryRules } from './TryRules.js'

vi.spyOn(globalThis, 'fetch')
afterEach(() => vi.mocked(globalThis.fetch).mockReset())

const TRIALS = '/api/signatures/rule-trials'
const RULES = 'rule a { condition: true }'

interface DrawOptions {
  start?: unknown
  disabledReason?: string
  text?: string
}

/** The part of the editor before anything was tried. */
function draw({ start = aRuleTrial(), disabledReason, text = RULES }: DrawOptions = {}) {
  const edge = answerWith({ [`POST ${TRIALS}`]: () => start })
  const started: StartedTrial[] = []
  const props = { name: 'site-rules-1', text, disabledReason, trial: undefined }
  renderInConsole(<TryRules {...props} onStarted={(trial) => started.push(trial)} />)
  return { ...edge, started }
}

/** The trial as it is once it was started. */
function drawStarted(views: readonly RuleTrialView[], text = RULES) {
  let looks = -1
  const edge = answerWith({
    [`GET ${TRIALS}/`]: () => views[Math.min(++looks, views.length - 1)],
    [`DELETE ${TRIALS}/`]: () => ({ ...views[0], state: 'ended', endedAt: '2026-03-01T00:00:00.000Z' }),
  })
  const trial = { trialId: (views[0] as RuleTrialView).trialId, text: RULES }
  renderInConsole(<TryRules name="site-rules-1" text={text} disabledReason={undefined} trial={trial} onStarted={() => undefined} />)
  return edge
}

const done = (changes: Partial<RuleTrialView>) =>
  aRuleTrial({ state: 'done', endedAt: '2026-03-01T00:00:00.000Z', nodes: { expected: 2, answered: 2, failed: 0 }, ...changes })
const tryThem = () => userEvent.click(screen.getByRole('button', { name: 'Try on running containers' }))

test('rules are sent as they are typed, with the name of their file', async () => {
  const start = aRuleTrial()
  const { asked, started } = draw({ start })
  await tryThem()
  await waitFor(() => expect(started).toEqual([{ trialId: start.trialId, text: RULES }]))
  expect(asked).toEqual([{ method: 'POST', path: TRIALS, body: { name: 'site-rules-1', rules: RULES } }])
})

test('rules that do not compile: the line stands there', async () => {
  draw({ start: problem('SIGNATURES_INVALID', 'the file of rules does not compile: line 3: unknown pattern') })
  await tryThem()
  expect((await screen.findByRole('alert')).textContent).toContain('line 3: unknown pattern')
})

test.each([
  {
    name: 'who may not',
    options: { disabledReason: 'Only administrators change signatures.' },
    title: 'Only administrators change signatures.',
  },
  { name: 'an empty file', options: { text: ' \n' }, title: 'There is nothing to try yet.' },
])('the button says why it cannot be pressed: $name', ({ options, title }) => {
  draw(options)
  const button = screen.getByRole('button', { name: 'Try on running containers' })
  expect([button.hasAttribute('disabled'), button.title]).toEqual([true, title])
})

test('what nodes find comes in while they look, by pod, with links', async () => {
  const running = aRuleTrial({ openNodes: [{ clusterId: 'cluster-a', nodeName: 'node-b1', state: 'waiting', problem: '' }] })
  const hits = [aTrialHit({ podName: 'web-2' }), aTrialHit({ podName: 'web-1', containerId: 'c0ffee-1', sha256: '' })]
  drawStarted([running, done({ trialId: running.trialId, hits, hitCount: 700, filesScanned: 1200 })])
  expect((await screen.findByText('Nodes look')).closest('[role=status]')?.textContent).toContain('0 of 2 nodes answered')
  expect(screen.getByText(/2 nodes have not answered yet/).textContent).toContain('node-b1')
  const table = await screen.findByRole('table', { name: 'Files that the rules match' }, { timeout: 5000 })
  const rows = within(table).getAllByRole('row').slice(1)
  expect(rows.map((row) => within(row).getAllByRole('link')[0]?.textContent)).toEqual(['shop / web-1', 'shop / web-2'])
  expect(within(table).getByRole('link', { name: 'shop / web-1' }).getAttribute('href')).toBe(
    '/pods?cluster=cluster-a&namespace=shop&search=web-1',
  )
  expect(within(table).getByRole('link', { name: '111111111111…' }).getAttribute('href')).toBe(`/sightings/${'1'.repeat(64)}`)
  expect(screen.getByText('700 files would be called suspicious')).toBeTruthy()
  expect(screen.getByText('2 of them are listed.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'End the trial' })).toBeNull()
})

test('nothing that matches is told as such, with what was not looked at', async () => {
  drawStarted([
    done({
      notScanned: [
        { reason: 'no_program', files: 5310 },
        { reason: 'skipped_namespace', files: 0 },
      ],
    }),
  ])
  expect(await screen.findByText('Nothing would be called suspicious')).toBeTruthy()
  expect(screen.getByText(/^Not looked at:/).textContent).toBe('Not looked at: Neither program nor script 5,310, Skipped namespace')
  expect(screen.getByText('No match in the 1,840 harmless files of the golden set.')).toBeTruthy()
})

test('harmless files that match, and nodes that could not try the rules, are told', async () => {
  const golden = { files: 9, hitCount: 1, hits: [{ file: '/golden/tool.sh', rule: 'a' }], problem: 'The rules took more than 30 s.' }
  const openNodes = [
    { clusterId: 'c', nodeName: 'node-a2', state: 'failed', problem: 'the rules took more than 10 s for one file' },
  ] as const
  drawStarted([done({ state: 'expired', golden, openNodes: [...openNodes] })])
  expect(await screen.findByText('1 harmless file of the golden set matches')).toBeTruthy()
  expect(screen.getByText('/golden/tool.sh')).toBeTruthy()
  expect(screen.getByText('The rules took more than 30 s.')).toBeTruthy()
  expect(screen.getByText('node-a2 could not try the rules')).toBeTruthy()
  expect(screen.getByText(/but not all nodes have looked/)).toBeTruthy()
})

test('a trial is ended; of a text that was changed since it says so', async () => {
  const { asked } = drawStarted([aRuleTrial({ nodes: { expected: 0, answered: 0, failed: 0 } })], 'rule b { condition: false }')
  expect(await screen.findByText('No node reports at the moment.')).toBeTruthy()
  expect(screen.getByText('The text was changed since these rules were tried.')).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'End the trial' }))
  expect(await screen.findByText('Ended')).toBeTruthy()
  expect(asked.map(({ method }) => method)).toEqual(['DELETE'])
})

test('a trial that is not kept any more says so', async () => {
  answerWith({ [`GET ${TRIALS}/`]: problem('RULE_TRIAL_NOT_FOUND', 'there is no such trial') })
  const trial = { trialId: crypto.randomUUID(), text: RULES }
  renderInConsole(<TryRules name="a" text={RULES} disabledReason={undefined} trial={trial} onStarted={() => undefined} />)
  expect((await screen.findByRole('alert')).textContent).toContain('There is no such trial')
})

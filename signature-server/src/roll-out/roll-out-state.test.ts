import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SignatureSettings } from '@guardimesh/contracts'
import { createLogger } from '@guardimesh/kit'
import { expect, onTestFinished, test } from 'vitest'
import { readRollOutState, writeRollOutState } from './roll-out-state.js'

test('reads and writes the file format of 0.1.0', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'roll-out-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const settings = SignatureSettings.parse({ pinned: true })
  const file = { head: 'g2', live: 'g1', liveSequence: 7, rollOut: null, settings, lived: ['g1', 'g0'] }
  writeFileSync(join(folder, 'roll-out.json'), JSON.stringify(file))
  const state = await readRollOutState(folder, createLogger('test', 'silent'))
  expect(state).toEqual({ head: 'g2', active: 'g1', activeSequence: 7, rollOut: null, settings, activations: ['g1', 'g0'] })
  if (state) await writeRollOutState(folder, state)
  expect(JSON.parse(readFileSync(join(folder, 'roll-out.json'), 'utf8'))).toEqual(file)
})

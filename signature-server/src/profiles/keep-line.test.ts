import { expect, test } from 'vitest'
import { filterFor, isLineKept } from './keep-line.js'

test.each([
  { profile: 'linux', ending: 'mdb', expected: 'none' },
  { profile: 'linux', ending: 'ndb', expected: 'lines' },
  { profile: 'linux', ending: 'cdb', expected: 'all' },
  { profile: 'minimal', ending: 'hsb', expected: 'all' },
  { profile: 'minimal', ending: 'ldb', expected: 'lines' },
  { profile: 'minimal', ending: 'pdb', expected: 'none' },
] as const)('filters .$ending for $profile: $expected', ({ profile, ending, expected }) =>
  expect(filterFor(profile, ending)).toBe(expected),
)

test.each([
  { ending: 'ndb', line: 'Win.Trojan.A-1:1:*:6162', linux: false, minimal: false },
  { ending: 'ndb', line: 'Osx.Trojan.A-1:9:*:6162', linux: false, minimal: false },
  { ending: 'ndb', line: 'Win.Trojan.B-1:0:*:6162', linux: true, minimal: false },
  { ending: 'ndb', line: 'Unix.Trojan.C-1:6:*:6162', linux: true, minimal: true },
  { ending: 'ldb', line: 'Win.Trojan.D-1;Engine:51-255,Target:1;0;6162', linux: false, minimal: false },
  { ending: 'ldb', line: 'Php.Shell.E-1;Engine:51-255,Target:0;0;6162', linux: true, minimal: true },
  { ending: 'ldb', line: 'Doc.Dropper.F-1;Target:2;0;6162', linux: true, minimal: false },
])('filters the line $line', ({ ending, line, linux, minimal }) => {
  expect(isLineKept('linux', ending, line)).toBe(linux)
  expect(isLineKept('minimal', ending, line)).toBe(minimal)
})

import { expect, test } from 'vitest'
import { paths, safeReturnTo } from './path-builder.js'

test('builds every URL', () => {
  const addresses = {
    signIn: paths.signIn(),
    signInAgain: paths.signIn({ returnTo: '/pods?node=a' }),
    dashboard: paths.dashboard(),
    incidents: paths.incidents({ status: 'any' }),
    incident: paths.incident(7),
    findings: paths.findings(),
    findingsFiltered: paths.findings({ severity: 'high,critical', search: 'a b', node: undefined, pod: '' }),
    finding: paths.finding('0193/x'),
    scans: paths.scans({ infected: 'true' }),
    nodes: paths.nodes(),
    outdatedNodes: paths.nodes({ outdated: 'true' }),
    pods: paths.pods({ namespace: 'shop' }),
    coverage: paths.coverage({ reason: 'too_large' }),
    signatures: paths.signatures(),
    signatureNodes: paths.signatureNodes({ generation: '20260301-0300' }),
    signatureHistory: paths.signatureHistory(),
    signatureImport: paths.signatureImport(),
    signatureCustom: paths.signatureCustom({ list: 'hashes', hash: 'ab', name: 'Site.Miner', reason: 'seen in shop' }),
    signatureSettings: paths.signatureSettings(),
    sightings: paths.sightings('ab'),
    notifications: paths.notifications(),
    apiKeys: paths.apiKeys(),
    scanConfig: paths.scanConfig(),
    account: paths.account(),
  }
  expect(addresses).toMatchInlineSnapshot(`
    {
      "account": "/account",
      "apiKeys": "/api-keys",
      "coverage": "/coverage?reason=too_large",
      "dashboard": "/",
      "finding": "/findings/0193%2Fx",
      "findings": "/findings",
      "findingsFiltered": "/findings?severity=high%2Ccritical&search=a+b",
      "incident": "/incidents/7",
      "incidents": "/incidents?status=any",
      "nodes": "/nodes",
      "notifications": "/notifications",
      "outdatedNodes": "/nodes?outdated=true",
      "pods": "/pods?namespace=shop",
      "scanConfig": "/scan-settings",
      "scans": "/scans?infected=true",
      "sightings": "/sightings/ab",
      "signIn": "/sign-in",
      "signInAgain": "/sign-in?returnTo=%2Fpods%3Fnode%3Da",
      "signatureCustom": "/signatures/custom?list=hashes&hash=ab&name=Site.Miner&reason=seen+in+shop",
      "signatureHistory": "/signatures/history",
      "signatureImport": "/signatures/import",
      "signatureNodes": "/signatures/nodes?generation=20260301-0300",
      "signatureSettings": "/signatures/settings",
      "signatures": "/signatures",
    }
  `)
})

test.each([
  { given: '/pods?node=a', expected: '/pods?node=a' },
  { given: null, expected: '/incidents' },
  { given: 'https://elsewhere.test/', expected: '/incidents' },
  { given: '//elsewhere.test/x', expected: '/incidents' },
  { given: '/\\elsewhere.test', expected: '/incidents' },
  { given: '/\t/elsewhere.test', expected: '/incidents' },
  { given: '/sign-in?returnTo=/pods', expected: '/incidents' },
])('redirects to $expected after a login with returnTo $given', ({ given, expected }) => expect(safeReturnTo(given)).toBe(expected))

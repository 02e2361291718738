// Verifies that the cluster has no outbound network access. This pod has the labels of the worker, so the worker's network policy applies.
import { lookup, Resolver } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import { runTest } from './wait-until.mjs'

const { OUTSIDE = '', ALLOWED = '', FORBIDDEN = '', POLICIES_ENFORCED } = process.env
const TIMEOUT_MS = 3000

/** Parses "host:port"; an IPv6 address is in brackets. */
function parseAddress(address) {
  const { hostname, port } = new URL(`tcp://${address}`)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }
}

/** Whether a TCP connection succeeds. */
function canConnect(address) {
  return new Promise((resolve) => {
    const socket = connect({ ...parseAddress(address), timeout: TIMEOUT_MS })
    const end = (isConnected) => {
      socket.destroy()
      resolve(isConnected)
    }
    socket.on('connect', () => end(true))
    socket.on('timeout', () => end(false))
    socket.on('error', () => end(false))
  })
}

/** Whether the host responds to a DNS query over UDP. */
async function respondsToDns(host) {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 })
  resolver.setServers([isIP(host) === 6 ? `[${host}]` : host])
  // An error response is a response as well.
  return resolver.resolve4('example.com').then(
    () => true,
    (error) => ['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'EREFUSED', 'ENOTIMP', 'EFORMERR'].includes(error.code),
  )
}

async function findOpenPaths() {
  const found = []
  for (const address of OUTSIDE.split(',').filter(Boolean)) {
    if (await canConnect(address)) found.push(`${address} accepts connections`)
    const { host } = parseAddress(address)
    if (await respondsToDns(host)) found.push(`${host} responds to DNS queries`)
  }
  return found
}

/** Checks whether the network enforces policies. @returns the result as text. */
async function checkPolicies() {
  // If name resolution failed, a failed connection would not show that a policy is enforced.
  await lookup(parseAddress(FORBIDDEN).host)
  if (!(await canConnect(FORBIDDEN))) return 'network policies are enforced'
  if (POLICIES_ENFORCED !== 'true') return 'network policies are not enforced'
  throw new Error(
    `${FORBIDDEN} accepts a connection that a network policy denies: the cluster network does not enforce policies. Use a network plugin that does, or set tests.networkPoliciesEnforced=false to accept this.`,
  )
}

await runTest(async () => {
  for (const address of ALLOWED.split(',').filter(Boolean))
    if (!(await canConnect(address))) throw new Error(`${address} is unreachable although it is allowed, so the test has no valid result.`)
  const policies = FORBIDDEN ? await checkPolicies() : 'network policies are disabled'
  const found = await findOpenPaths()
  if (found.length > 0) throw new Error(`Outbound network access is possible: ${found.join(', ')}.`)
  return `no outbound network access; ${policies}`
})

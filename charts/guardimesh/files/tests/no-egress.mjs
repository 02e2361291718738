// Nothing leaves: this pod has the labels of the worker, so that the worker's network policy holds for it, and tries.
import { lookup, Resolver } from 'node:dns/promises'
import { connect, isIP } from 'node:net'
import { runTest } from './wait-until.mjs'

const { OUTSIDE = '', ALLOWED = '', FORBIDDEN = '', POLICIES_ENFORCED } = process.env
const TIMEOUT_MS = 3000

/** "host:port" in its parts; an IPv6 address stands in brackets. */
function parseAddress(address) {
  const { hostname, port } = new URL(`tcp://${address}`)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }
}

/** Whether a TCP connection comes about. */
function reaches(address) {
  return new Promise((resolve) => {
    const socket = connect({ ...parseAddress(address), timeout: TIMEOUT_MS })
    const end = (isReached) => {
      socket.destroy()
      resolve(isReached)
    }
    socket.on('connect', () => end(true))
    socket.on('timeout', () => end(false))
    socket.on('error', () => end(false))
  })
}

/** Whether something there answers a DNS question over UDP. */
async function answersDns(host) {
  const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 })
  resolver.setServers([isIP(host) === 6 ? `[${host}]` : host])
  // An answer is an answer, whatever it says.
  return resolver.resolve4('example.com').then(
    () => true,
    (error) => ['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'EREFUSED', 'ENOTIMP', 'EFORMERR'].includes(error.code),
  )
}

async function leaks() {
  const found = []
  for (const address of OUTSIDE.split(',').filter(Boolean)) {
    if (await reaches(address)) found.push(`${address} takes a connection`)
    const { host } = parseAddress(address)
    if (await answersDns(host)) found.push(`${host} answers DNS`)
  }
  return found
}

/** @returns the sentence about this network's policies. */
async function checkPolicies() {
  // Without a name a refused connection would prove nothing.
  await lookup(parseAddress(FORBIDDEN).host)
  if (!(await reaches(FORBIDDEN))) return 'network policies are enforced'
  if (POLICIES_ENFORCED !== 'true') return 'network policies are not enforced here'
  throw new Error(
    `${FORBIDDEN} takes a connection that a network policy forbids: this cluster's network does not enforce policies. Use one that does, or set tests.networkPoliciesEnforced=false to live with that.`,
  )
}

await runTest(async () => {
  for (const address of ALLOWED.split(',').filter(Boolean))
    if (!(await reaches(address))) throw new Error(`${address} was not reached, though it must be: what follows would prove nothing.`)
  const policies = FORBIDDEN ? await checkPolicies() : 'network policies are switched off'
  const found = await leaks()
  if (found.length > 0) throw new Error(`There is a way out of the cluster: ${found.join(', ')}.`)
  return `no address outside was reached; ${policies}`
})

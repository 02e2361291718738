import { SECOND_MS } from '@guardimesh/contracts'
import type { Outcome, Phase } from './send-webhook.js'

const MESSAGE_MAX_LENGTH = 200
/** Who opens the way in a cluster. */
const POLICY_HINT =
  'In a cluster a NetworkPolicy may be in the way: notifications.egress of the GuardimeshPlatform says what the worker may reach'
const PLAIN_NAMES = /^(ENOTFOUND|EAI_)/
const UNREACHABLE = /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/
const LOST = /^(ECONNRESET|EPIPE|ECONNABORTED)$/
/** Source: Node's documentation of tls, "X509 certificate error codes". */
const UNTRUSTED = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_UNTRUSTED|CERT_REJECTED|INVALID_CA|CERT_CHAIN_TOO_LONG|INVALID_PURPOSE)/
const OUT_OF_DATE = /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/

/** True when the receiver took the message. Pure. */
export function isAccepted(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.statusCode >= 200 && outcome.statusCode < 300
}

/** What went wrong with an attempt and what to do about it; empty when nothing did. Names the host, never the whole address. Pure. */
export function explainOutcome(outcome: Outcome, url: URL, timeoutMs: number): string {
  if (isAccepted(outcome)) return ''
  if (outcome.kind === 'interrupted') return 'The attempt was interrupted, as the worker stopped; it is made again.'
  if (outcome.kind === 'answered') return explainStatus(outcome.statusCode, url.host)
  const { phase, code, message } = outcome
  return code === 'TIMEOUT' || code === 'ETIMEDOUT' ? explainTimeout(phase, url, timeoutMs) : explainCode(code, message, url)
}

function explainStatus(statusCode: number, host: string): string {
  if (statusCode >= 300 && statusCode < 400)
    return `${host} answered ${statusCode} and leads elsewhere. Redirects are not followed: give the address that it leads to.`
  if (statusCode === 401 || statusCode === 403)
    return `${host} answered ${statusCode}: it does not let the message in. Does it want another header or another secret?`
  if (statusCode === 404 || statusCode === 410) return `${host} answered ${statusCode}: there is nothing at this address. Check its path.`
  if (statusCode >= 500) return `${host} answered ${statusCode}: it failed. Its own log says why.`
  return `${host} answered ${statusCode} instead of 2xx: it did not take the message. Its own log says why.`
}

function explainTimeout(phase: Phase, { host, hostname }: URL, timeoutMs: number): string {
  const within = `within ${timeoutMs / SECOND_MS} seconds`
  if (phase === 'name') return `No name server answered for ${hostname} ${within}. ${POLICY_HINT}.`
  if (phase === 'connect') return `No connection to ${host} came about ${within}. Is there a firewall between? ${POLICY_HINT}.`
  if (phase === 'tls') return `${host} takes connections, but TLS did not begin ${within}. Is https right there?`
  return `${host} takes connections, but did not answer ${within}.`
}

function explainCode(code: string, message: string, { host, hostname }: URL): string {
  if (PLAIN_NAMES.test(code)) return `The name ${hostname} was not found. Check the address, and whether the worker's name servers know it.`
  if (code === 'ECONNREFUSED') return `${host} refused the connection: nothing listens there. Check host and port.`
  if (UNREACHABLE.test(code)) return `There is no way to ${host} (${code}). ${POLICY_HINT}.`
  if (LOST.test(code)) return `${host} closed the connection without an answer. ${POLICY_HINT}.`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `The certificate of ${host} is for another name. Give the name that it is for.`
  if (OUT_OF_DATE.test(code)) return `The certificate of ${host} has ended, or is not valid yet. Renew it, or check the clocks.`
  if (UNTRUSTED.test(code))
    return `The certificate of ${host} is not trusted: its authority is not known here (${code}). Give the authority: NOTIFICATION_CA_FILE of the worker, in a cluster notifications.caSecret of the GuardimeshPlatform.`
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return `${host} does not speak TLS as we do (${code}). Is http right there, or another port?`
  if (code.startsWith('HPE_')) return `${host} does not answer in HTTP (${code}). Is https right there, or another port?`
  return `The message did not reach ${host}: ${[code, message]
    .filter((part) => part !== '')
    .join(', ')
    .slice(0, MESSAGE_MAX_LENGTH)}.`
}

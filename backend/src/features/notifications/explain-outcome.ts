import { SECOND_MS } from '@guardimesh/contracts'
import type { Outcome, Phase } from './drivers/channel-driver.js'
import { ADDRESS_REFUSED } from './drivers/receiver-addresses.js'

/** Code of an attempt that was not made because the secrets of the channel cannot be decrypted. */
export const SECRETS_UNREADABLE = 'SECRETS_UNREADABLE'

const MESSAGE_MAX_LENGTH = 200
/** The most common cause of unreachable receivers in a cluster. */
const POLICY_HINT = 'In a cluster, a NetworkPolicy may block it: set notifications.egress of the GuardimeshPlatform'
const PLAIN_NAMES = /^(ENOTFOUND|EAI_)/
const UNREACHABLE = /^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/
/** The last two are codes of Nodemailer. */
const LOST = /^(ECONNRESET|EPIPE|ECONNABORTED|ECONNECTION|ESOCKET)$/
/** Source: Node's documentation of tls, "X509 certificate error codes". */
const UNTRUSTED = /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_UNTRUSTED|CERT_REJECTED|INVALID_CA|CERT_CHAIN_TOO_LONG|INVALID_PURPOSE)/
const OUT_OF_DATE = /^(CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/

/** True if the receiver accepted the message. Pure. */
export function isAccepted(outcome: Outcome): boolean {
  if (outcome.kind === 'delivered') return true
  return outcome.kind === 'answered' && outcome.statusCode >= 200 && outcome.statusCode < 300
}

/** Explains why an attempt failed and what to do; empty if it succeeded. Names the host, never the whole URL. Pure. */
export function explainOutcome(outcome: Outcome, url: URL, timeoutMs: number): string {
  if (outcome.kind === 'delivered' || isAccepted(outcome)) return ''
  if (outcome.kind === 'interrupted') return 'The attempt was interrupted because the worker stopped; it is retried.'
  if (outcome.kind === 'answered') return explainStatus(outcome.statusCode, url.host)
  if (outcome.kind === 'rejected') return explainRejection(outcome, url.host)
  const { phase, code, message } = outcome
  return code === 'TIMEOUT' || code === 'ETIMEDOUT' ? explainTimeout(phase, url, timeoutMs) : explainCode(code, message, url)
}

function explainStatus(statusCode: number, host: string): string {
  if (statusCode >= 300 && statusCode < 400)
    return `${host} responded with ${statusCode}, a redirect. Redirects are not followed: use the target address.`
  if (statusCode === 401 || statusCode === 403)
    return `${host} responded with ${statusCode}: access denied. Check the headers and the secret.`
  if (statusCode === 404 || statusCode === 410) return `${host} responded with ${statusCode}: not found. Check the path of the address.`
  if (statusCode >= 500) return `${host} responded with ${statusCode}: server error. Check the log of the receiver.`
  return `${host} responded with ${statusCode} instead of 2xx and rejected the message. Check the log of the receiver.`
}

/** Source: RFC 5321, section 4.2.3, and RFC 4954, section 6. */
function explainRejection({ statusCode, command }: Extract<Outcome, { kind: 'rejected' }>, host: string): string {
  const rejected = `${host} rejected ${command === '' ? 'the message' : `the command ${command}`} with ${statusCode}`
  if (command.startsWith('AUTH') || statusCode === 530 || statusCode === 534 || statusCode === 535)
    return `${rejected}: access denied. Check the user name and the password.`
  if (command === 'STARTTLS') return `${rejected}: the server does not support STARTTLS. Check port and encryption.`
  if (command === 'MAIL FROM') return `${rejected}. Check the sender's address, and whether the server requires a login.`
  if (command === 'RCPT TO') return `${rejected}. Check the recipients' addresses, and whether the server may send to them.`
  return `${rejected}. Check the log of the server.`
}

function explainTimeout(phase: Phase, { host, hostname }: URL, timeoutMs: number): string {
  const seconds = `${timeoutMs / SECOND_MS} s`
  if (phase === 'name') return `Name resolution of ${hostname} timed out after ${seconds}. ${POLICY_HINT}.`
  if (phase === 'connect') return `The connection to ${host} timed out after ${seconds}. Check firewalls. ${POLICY_HINT}.`
  if (phase === 'tls') return `The TLS handshake with ${host} timed out after ${seconds}. Check that the port uses TLS.`
  return `${host} accepted the connection but did not respond within ${seconds}.`
}

function explainCode(code: string, message: string, { host, hostname }: URL): string {
  if (code === ADDRESS_REFUSED)
    return `${hostname} has the address ${message}, which notifications must not reach: it belongs to the worker, the local network link or the services of the cluster. To allow it, add it to NOTIFICATION_ALLOWED_NETWORKS of the worker, in a cluster to notifications.allowedNetworks of the GuardimeshPlatform.`
  if (code === SECRETS_UNREADABLE)
    return "Nothing was sent: the stored secrets of this channel cannot be decrypted with this cluster's key. Enter them again."
  if (code === 'ETLS') return `${host} did not start TLS. Check port and encryption.`
  if (code === 'EPROTOCOL') return `${host} did not respond like a mail server. Check port and encryption.`
  if (PLAIN_NAMES.test(code)) return `Host name ${hostname} not found. Check the address and the DNS of the worker.`
  if (code === 'ECONNREFUSED') return `${host} refused the connection. Check host and port.`
  if (UNREACHABLE.test(code)) return `${host} is unreachable (${code}). ${POLICY_HINT}.`
  if (LOST.test(code)) return `${host} closed the connection without a response. ${POLICY_HINT}.`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate of ${host} is valid for other host names only. Use one of these in the address.`
  if (OUT_OF_DATE.test(code)) return `The certificate of ${host} is expired or not valid yet. Renew it, or check the clocks.`
  if (UNTRUSTED.test(code))
    return `The certificate of ${host} is not trusted: unknown certificate authority (${code}). Add the authority to the channel, or with NOTIFICATION_CA_FILE of the worker, in a cluster with notifications.caSecret of the GuardimeshPlatform.`
  if (code === 'EPROTO' || code.startsWith('ERR_SSL'))
    return `The TLS handshake with ${host} failed (${code}). Check the port, and whether it uses TLS.`
  if (code.startsWith('HPE_')) return `${host} sent an invalid HTTP response (${code}). Check the port, or whether it uses https.`
  return `Sending to ${host} failed: ${[code, message]
    .filter((part) => part !== '')
    .join(', ')
    .slice(0, MESSAGE_MAX_LENGTH)}.`
}

import type { Socket } from 'node:net'
import { hostname } from 'node:os'
import { type NotificationSeverity, SECOND_MS, type SeverityName } from '@guardimesh/contracts'
import { VERSION } from '@guardimesh/kit'
import type { ChannelDriver, ChannelSettings } from './channel-driver.js'
import { connectSocket } from './connect-socket.js'
import { describeMessage, type MessageText } from './describe-message.js'
import { logRecord } from './log-record.js'
import type { Message } from './message.js'
import { runAttempt } from './run-attempt.js'

/** Security and authorization messages. Source: RFC 5424, section 6.2.1. */
const FACILITY = 10
const FACILITIES = 8
/** Severities of RFC 5424 and of CEF (0 to 10). */
const SEVERITY: Readonly<Record<NotificationSeverity | SeverityName, { readonly syslog: number; readonly cef: number }>> = {
  critical: { syslog: 2, cef: 10 },
  high: { syslog: 3, cef: 8 },
  medium: { syslog: 4, cef: 6 },
  warning: { syslog: 4, cef: 5 },
  low: { syslog: 5, cef: 3 },
  info: { syslog: 6, cef: 1 },
}
const NOTICE = 5
const MSGID_MAX_LENGTH = 32
/** Time for the receiver to close the connection after it has read the message. */
const CLOSE_TIMEOUT_MS = 2 * SECOND_MS

/**
 * Sends one RFC 5424 message per connection, over TCP or TLS, framed by its length (RFC 6587, RFC 5425). The protocol has no acknowledgement:
 * a message counts as delivered once the receiver closes the connection in order, or has accepted all bytes and keeps it open.
 */
export const syslogDriver: ChannelDriver<ChannelSettings<'syslog'>> = {
  send: ({ message, settings, transport }) =>
    runAttempt(settings.host, transport, async (attempt) => {
      const socket = await connectSocket({ ...settings, isTls: settings.transport === 'tls' }, transport, attempt)
      await writeAndClose(socket, frameOf(buildSyslog(message, settings.format, hostname())))
      return { kind: 'delivered', statusCode: null }
    }),
}

/** Resolves once the receiver has closed the connection without an error, or does not close it. */
function writeAndClose(socket: Socket, frame: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    socket.once('error', reject)
    socket.once('close', (hasError) => {
      clearTimeout(timer)
      if (!hasError) resolve()
    })
    // A connection whose receiver sends nothing ends only if something reads it.
    socket.resume()
    socket.end(frame, () => {
      timer = setTimeout(() => {
        resolve()
        socket.destroy()
      }, CLOSE_TIMEOUT_MS)
    })
  })
}

/** Octet counting. Source: RFC 6587, section 3.4.1. */
function frameOf(message: string): Buffer {
  const bytes = Buffer.from(message)
  return Buffer.concat([Buffer.from(`${bytes.length} `), bytes])
}

/** Builds a message without its frame. Pure. */
export function buildSyslog(message: Message, format: 'cef' | 'json', host: string): string {
  const described = describeMessage(message)
  const severity = described.isResolved ? NOTICE : SEVERITY[described.severity].syslog
  const header = [
    `<${FACILITY * FACILITIES + severity}>1`,
    message.createdAt.toISOString(),
    host.replace(/[^!-~]/g, '').slice(0, 255) || '-',
    'guardimesh',
    '-',
    message.alert.kind.slice(0, MSGID_MAX_LENGTH),
    // No structured data: it needs a registered enterprise number.
    '-',
  ].join(' ')
  return `${header} ${format === 'json' ? JSON.stringify(logRecord(message)) : buildCef(message, described)}`
}

/** Source: ArcSight Common Event Format, version 0. */
function buildCef(message: Message, { title, text, severity, isResolved }: MessageText): string {
  const { alert, event, deliveryId, createdAt } = message
  const { incident } = alert
  const classId = incident ? (incident.findings[0]?.signatureName ?? alert.subject) : alert.kind
  const header = ['CEF:0', 'Guardimesh', 'Guardimesh', VERSION, classId, title, String(isResolved ? 0 : SEVERITY[severity].cef)]
  const extension: Readonly<Record<string, string>> = {
    rt: String(createdAt.getTime()),
    externalId: deliveryId,
    cat: event,
    msg: text,
    ...(incident
      ? {
          dvchost: incident.nodeName,
          fname: incident.findings[0]?.path ?? '',
          fileHash: incident.sha256,
          cnt: String(incident.totalFindings),
          ...custom(1, 'cluster', incident.clusterId),
          ...custom(2, 'namespace', incident.namespace),
          ...custom(3, 'pod', incident.podName),
          ...custom(4, 'image', incident.image),
          ...custom(5, 'incident', incident.incidentId),
          ...custom(6, 'container', incident.containerId),
        }
      : custom(1, 'subject', alert.subject)),
  }
  const pairs = Object.entries(extension).filter(([, value]) => value !== '')
  return `${header.map(escapeHeader).join('|')}|${pairs.map(([key, value]) => `${key}=${escapeValue(value)}`).join(' ')}`
}

function custom(number: number, label: string, value: string): Record<string, string> {
  return value === '' ? {} : { [`cs${number}Label`]: label, [`cs${number}`]: value }
}

function escapeHeader(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\|]/g, '\\$&')
}

function escapeValue(text: string): string {
  return text.replace(/[\\=]/g, '\\$&').replaceAll('\r', '\\r').replaceAll('\n', '\\n')
}

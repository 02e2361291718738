import { isIP } from 'node:net'
import { createTransport } from 'nodemailer'
import type { ChannelDriver, ChannelSettings, SendJob } from './channel-driver.js'
import { connectSocket } from './connect-socket.js'
import { describeMessage, plainText } from './describe-message.js'
import { type Attempt, type Response, runAttempt, tlsOptions } from './run-attempt.js'

type EmailJob = SendJob<ChannelSettings<'email'>>

/** Sends one e-mail per message through an SMTP server. `Message-ID` is the key of the message. */
export const emailDriver: ChannelDriver<ChannelSettings<'email'>> = {
  send: (job) => runAttempt(job.settings.host, job.transport, (attempt) => sendMail(job, attempt)),
}

async function sendMail(job: EmailJob, attempt: Attempt): Promise<Response> {
  const { settings, transport } = job
  // Nodemailer would resolve the name itself, without the rules of addresses.
  const connection = await connectSocket({ ...settings, isTls: false }, transport, attempt)
  // Nodemailer handles errors of the connection later; until then they must not end the process.
  connection.on('error', () => undefined)
  const mailer = createTransport({ ...connectionOptions(job), getSocket: (_, callback) => callback(null, { connection }) })
  try {
    if (settings.encryption !== 'none') attempt.onPhase('tls')
    await mailer.sendMail(buildMail(job))
    return { kind: 'delivered', statusCode: 250 }
  } catch (error) {
    return rejectionOf(error)
  } finally {
    connection.destroy()
  }
}

function connectionOptions({ settings, secrets, transport }: EmailJob) {
  const { host, port, encryption, username } = settings
  return {
    ...{
      host,
      port,
      name: 'guardimesh',
      secure: encryption === 'tls',
      requireTLS: encryption === 'starttls',
      ignoreTLS: encryption === 'none',
    },
    tls: { ...tlsOptions(transport), ...(isIP(host) === 0 ? { servername: host } : {}) },
    ...(username === '' ? {} : { auth: { user: username, pass: secrets.secret ?? '' } }),
    // The deadline of the attempt ends the connection earlier.
    greetingTimeout: transport.timeoutMs,
    socketTimeout: transport.timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function buildMail({ message, settings }: EmailJob) {
  const described = describeMessage(message)
  const { correlationId, severity, title } = described
  const id = (name: string) => `<${name}@guardimesh>`
  return {
    from: { name: 'Guardimesh', address: settings.from },
    to: settings.to,
    subject: title,
    text: plainText(described),
    messageId: id(message.deliveryId),
    // Mail programs show messages about one problem as a conversation.
    ...(correlationId === '' ? {} : { references: [id(correlationId)] }),
    date: message.createdAt,
    ...(severity === 'critical' ? { priority: 'high' as const } : {}),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Guardimesh-Delivery': message.deliveryId },
  }
}

/** An error of Nodemailer. */
interface MailError {
  readonly code?: string
  /** Code of Node that `code` replaces. */
  readonly originalCode?: string
  readonly responseCode?: number
  readonly command?: string
}

/** Returns the status of a rejected command. @throws an error with a code. Neither contains the server's text, which may be anything. */
function rejectionOf(error: unknown): Response {
  const { code, originalCode, responseCode, command = '' } = error as MailError
  if (responseCode) return { kind: 'rejected', statusCode: responseCode, command }
  throw Object.assign(new Error(), { code: originalCode ?? code })
}

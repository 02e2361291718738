// Required by the dependency injection of the certificate library.
import 'reflect-metadata'
import { webcrypto, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate as X509CertificateBuilder,
  X509CertificateGenerator,
} from '@peculiar/x509'

const KEY = { name: 'ECDSA', namedCurve: 'P-256' } as const
const SIGNING = { ...KEY, hash: 'SHA-256' } as const
const DAY_MS = 86_400_000
const AUTHORITY_DAYS = 3650
/** Certificates are valid from before their creation, because the clocks of nodes differ. */
export const BACKDATE_MS = 10 * 60_000

/** A certificate and its private key, both PEM. */
export interface CertificatePair {
  readonly certificate: string
  readonly key: string
}

/** Creates a certificate authority that can sign server certificates only. */
export async function createAuthority(name: string, now: Date): Promise<CertificatePair> {
  const keys = await newKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    // The date distinguishes an authority from its successor.
    name: `CN=${name} ${now.toISOString().slice(0, 10)}, O=Guardimesh`,
    ...validity(now, AUTHORITY_DAYS),
    serialNumber: newSerial(),
    keys,
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return toPair(certificate, keys.privateKey)
}

/** Issues a server certificate. @param names DNS names and IP addresses that the certificate is valid for. */
export async function issueCertificate(
  authority: CertificatePair,
  names: readonly string[],
  days: number,
  now: Date,
): Promise<CertificatePair> {
  const keys = await newKeys()
  const issuer = new X509CertificateBuilder(authority.certificate)
  const signingKey = await webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(authority.key), KEY, false, ['sign'])
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${(names[0] ?? '').slice(0, 64)}`,
    issuer: issuer.subject,
    ...validity(now, days),
    serialNumber: newSerial(),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names.map((value) => ({ type: isIP(value) === 0 ? 'dns' : 'ip', value }))),
      await AuthorityKeyIdentifierExtension.create(issuer),
    ],
  })
  return toPair(certificate, keys.privateKey)
}

/** Returns when a certificate was issued. @throws Error if it cannot be parsed. */
export function issuedAt(certificate: string): Date {
  return new Date(new X509Certificate(certificate).validFromDate.getTime() + BACKDATE_MS)
}

/** Whether a third or less of the lifetime of a certificate remains, or it cannot be parsed. Pure. */
export function isRenewalDue(certificate: string, now: Date): boolean {
  try {
    const { validFromDate, validToDate } = new X509Certificate(certificate)
    return validToDate.getTime() - now.getTime() <= (validToDate.getTime() - validFromDate.getTime()) / 3
  } catch {
    return true
  }
}

/** Whether an authority signed a certificate. Pure. */
export function isSignedBy(certificate: string, authority: string): boolean {
  try {
    return new X509Certificate(certificate).verify(new X509Certificate(authority).publicKey)
  } catch {
    return false
  }
}

/** Whether a certificate is valid for all of the DNS names and IP addresses; false if it cannot be parsed. Pure. */
export function isValidFor(certificate: string, names: readonly string[]): boolean {
  try {
    const parsed = new X509Certificate(certificate)
    return names.every((name) => (isIP(name) === 0 ? parsed.checkHost(name, { subject: 'never' }) : parsed.checkIP(name)) !== undefined)
  } catch {
    return false
  }
}

function validity(now: Date, days: number) {
  const notBefore = new Date(now.getTime() - BACKDATE_MS)
  return { notBefore, notAfter: new Date(now.getTime() + days * DAY_MS) }
}

function newKeys() {
  return webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify'])
}

/** A positive number with 127 random bits. */
function newSerial(): string {
  const bytes = webcrypto.getRandomValues(new Uint8Array(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return Buffer.from(bytes).toString('hex')
}

async function toPair(certificate: X509CertificateBuilder, privateKey: webcrypto.CryptoKey): Promise<CertificatePair> {
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', privateKey), 'PRIVATE KEY')
  return { certificate: `${certificate.toString('pem')}\n`, key: `${key}\n` }
}

import protobuf from 'protobufjs/minimal.js'
import { refuse } from './decoded.js'
import { INGEST_LIMITS } from './limits.js'

/** Latest accepted time: the year 2200, within the range of Date and of PostgreSQL's timestamps. */
const LATEST_MS = 7_258_118_400_000

/** Checks a string's length in UTF-8 bytes. Rejects NUL, which PostgreSQL cannot store. */
export function checkString(name: string, value: string, maxBytes: number, minBytes = 0): void {
  // A UTF-16 unit has at most three UTF-8 bytes, so most strings need no exact count.
  if (value.length * 3 > maxBytes && protobuf.util.utf8.length(value) > maxBytes)
    refuse('RESULT_INVALID', `${name} is longer than ${maxBytes} bytes`)
  if (value.length < minBytes) refuse('RESULT_INVALID', `${name} is missing`)
  if (value.includes('\0')) refuse('RESULT_INVALID', `${name} contains a NUL character`)
}

/** Checks the length of raw bytes. */
export function checkBytes(name: string, value: Uint8Array, maxBytes: number): void {
  if (value.length > maxBytes) refuse('RESULT_INVALID', `${name} is longer than ${maxBytes} bytes`)
}

/** Checks that a value is a UUIDv7 of 16 bytes. */
export function checkUuid(name: string, value: Uint8Array): void {
  const isVersion7 = value.length === 16 && ((value[6] as number) & 0xf0) === 0x70 && ((value[8] as number) & 0xc0) === 0x80
  if (!isVersion7) refuse('RESULT_INVALID', `${name} is not a UUIDv7 of 16 bytes`)
}

/** Checks that an enumeration value is known; 0 means "not set" and is rejected. */
export function checkEnum(name: string, value: number, nameCount: number): void {
  if (value < 1 || value > nameCount) refuse('RESULT_INVALID', `${name} has the unknown value ${value}; valid values are 1 to ${nameCount}`)
}

/** Checks a list's length. */
export function checkCount(name: string, count: number, max: number): void {
  if (count > max) refuse('RESULT_INVALID', `${name} has ${count} entries, the maximum is ${max}`)
}

/** Checks a time in milliseconds of Unix time. */
export function checkTimestamp(name: string, value: number): void {
  if (!(value >= 0 && value <= LATEST_MS)) refuse('RESULT_INVALID', `${name} is not a time before the year 2200`)
}

/** Checks a time that a container has set on a file. */
export function checkFileTime(name: string, value: number): void {
  if (!(value >= 0 && value <= INGEST_LIMITS.fileTimeMs)) refuse('RESULT_INVALID', `${name} is not a time before the year 10000`)
}

/** Checks a count or size: at most 2^53 - 1, which is exact in JavaScript and fits PostgreSQL's bigint. */
export function checkUnsigned(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) refuse('RESULT_INVALID', `${name} is out of range`)
}

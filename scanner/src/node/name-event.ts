/** A name in a folder that was created, linked, renamed, or whose file got other attributes. */
export interface RawNameEvent {
  /** `struct file_handle` of the folder. */
  readonly folderHandle: Buffer
  readonly name: Buffer
}

// linux/fanotify.h
const FAN_EVENT_INFO_TYPE_DFID_NAME = 2
const METADATA_BYTES = 24
const INFO_HEADER_BYTES = 4
const FSID_BYTES = 8
const HANDLE_HEADER_BYTES = 8

/** Decodes the events of one `read` of a group with FAN_REPORT_DFID_NAME; skips events without a name, such as overflows. Pure. */
export function decodeNameEvents(bytes: Buffer): RawNameEvent[] {
  const events: RawNameEvent[] = []
  for (let at = 0; at + METADATA_BYTES <= bytes.length; ) {
    const lengthBytes = bytes.readUInt32LE(at)
    if (lengthBytes < METADATA_BYTES || at + lengthBytes > bytes.length) return events
    const event = decodeInfo(bytes.subarray(at + bytes.readUInt16LE(at + 6), at + lengthBytes))
    if (event) events.push(event)
    at += lengthBytes
  }
  return events
}

/** Decodes `struct fanotify_event_info_fid`. */
function decodeInfo(info: Buffer): RawNameEvent | undefined {
  const handleAt = INFO_HEADER_BYTES + FSID_BYTES
  if (info.length < handleAt + HANDLE_HEADER_BYTES || info[0] !== FAN_EVENT_INFO_TYPE_DFID_NAME) return undefined
  const nameAt = handleAt + HANDLE_HEADER_BYTES + info.readUInt32LE(handleAt)
  const nameEnd = info.indexOf(0, nameAt)
  if (nameEnd <= nameAt) return undefined
  return { folderHandle: info.subarray(handleAt, nameAt), name: info.subarray(nameAt, nameEnd) }
}

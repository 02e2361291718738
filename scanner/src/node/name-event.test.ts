import { expect, test } from 'vitest'
import { decodeNameEvents } from './name-event.js'

function anEvent(infoType: number, name: string, handleBytes = 8): Buffer {
  const handle = Buffer.concat([Buffer.from([handleBytes, 0, 0, 0, 1, 0, 0, 0]), Buffer.alloc(handleBytes, 7)])
  const info = Buffer.concat([Buffer.from([infoType, 0, 0, 0]), Buffer.alloc(8, 1), handle, Buffer.from(`${name}\0\0`)])
  const metadata = Buffer.alloc(24)
  metadata.writeUInt32LE(24 + info.length, 0)
  metadata.writeUInt16LE(24, 6)
  return Buffer.concat([metadata, info])
}

test('decodes folder handle and name, and skips events without a name', () => {
  const overflow = anEvent(2, '').subarray(0, 24)
  overflow.writeUInt32LE(24, 0)
  const events = decodeNameEvents(Buffer.concat([anEvent(2, 'evil\xff'), overflow, anEvent(3, 'no name'), anEvent(2, 'b', 128)]))
  expect(events.map(({ name }) => name.toString())).toEqual(['evil\xff', 'b'])
  expect(events.map(({ folderHandle }) => folderHandle.length)).toEqual([16, 136])
})

test('stops at a truncated event', () => expect(decodeNameEvents(anEvent(2, 'evil').subarray(0, 40))).toEqual([]))

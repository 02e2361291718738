import { describe, expect, test } from 'vitest'
import { unpackedFormatOf } from './unpacked-formats.js'

const at = (offset: number, hex: string) => Buffer.concat([Buffer.alloc(offset), Buffer.from(hex, 'hex'), Buffer.alloc(2048)])
const text = (magic: string, offset = 0) => at(offset, Buffer.from(magic, 'latin1').toString('hex'))

test.each([
  { format: 'Zstandard', head: at(0, '28b52ffd') },
  { format: 'Zstandard', head: at(0, '25b52ffd') },
  { format: 'Zstandard or LZ4', head: at(0, '5f2a4d18') },
  { format: 'LZ4', head: at(0, '04224d18') },
  { format: 'LZ4', head: at(0, '02214c18') },
  { format: 'LZMA', head: at(0, '5d00008000ffffffffffffffff00') },
  { format: 'lzip', head: text('LZIP\x01') },
  { format: 'lzop', head: at(0, '894c5a4f000d0a1a0a') },
  { format: 'lrzip', head: text('LRZI') },
  { format: 'rzip', head: text('RZIP') },
  { format: 'Snappy', head: at(0, 'ff060000734e61507059') },
  { format: 'zpaq', head: at(0, '376b5374a03183d38cb228b0d3') },
  { format: 'compress', head: at(0, '1f9d90') },
  { format: 'RPM package', head: at(0, 'edabeedb') },
  { format: 'RAR', head: text('Rar!\x1a\x07\x01\x00') },
  { format: 'squashfs', head: text('hsqs') },
  { format: 'AppImage', head: text('\x7fELF\x02\x01\x01\0AI\x02') },
  { format: 'cramfs', head: at(0, '453dcd28') },
  { format: 'romfs', head: text('-rom1fs-') },
  { format: 'EROFS', head: at(1024, 'e2e1f5e0') },
  { format: 'ext file system', head: at(1080, '53ef') },
  { format: 'btrfs', head: text('_BHRfS_M', 65_600) },
  { format: 'QCOW2', head: text('QFI\xfb') },
  { format: 'VMDK', head: text('KDMV') },
])('recognizes $format', ({ format, head }) => expect(unpackedFormatOf(head)).toBe(format))

describe('no format', () => {
  test.each([
    { name: 'nothing', head: Buffer.alloc(0) },
    { name: 'zeros', head: Buffer.alloc(4096) },
    { name: 'a text', head: Buffer.from('LZ is a family of compression methods') },
    { name: 'an ELF program', head: text('\x7fELF\x02\x01\x01\0') },
    { name: 'gzip', head: at(0, '1f8b08') },
    { name: 'the first byte of LZMA with an odd dictionary', head: at(0, '5d00018000ffffffffffffffff00') },
    {
      name: 'the magic number of ext without its other fields',
      head: Buffer.concat([Buffer.alloc(1080), Buffer.from('53ef', 'hex'), Buffer.alloc(100, 0xff)]),
    },
  ])('in $name', ({ head }) => expect(unpackedFormatOf(head)).toBeUndefined())
})

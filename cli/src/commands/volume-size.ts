import { InvalidArgumentError, Option } from 'commander'
import { parseBytes } from '../terminal/format.js'

/** FAT32, the usual file system of USB drives, supports files of less than 4 GiB. */
const DEFAULT_VOLUME_SIZE = '4G'
/** "1M". */
const VOLUME_MIN_BYTES = 1_000_000

/** `--volume-size` of every command that writes a bundle. */
export function volumeSizeOption(): Option {
  return new Option('--volume-size <size>', 'maximum size of one file, such as 4G or 700M')
    .argParser(parseVolumeSize)
    .default(parseBytes(DEFAULT_VOLUME_SIZE), DEFAULT_VOLUME_SIZE)
}

function parseVolumeSize(text: string): number {
  const sizeBytes = parseBytes(text)
  if (sizeBytes === undefined || sizeBytes < VOLUME_MIN_BYTES) throw new InvalidArgumentError('Specify a size of at least 1M, such as 4G.')
  return sizeBytes
}

import { join, resolve } from 'node:path'
import { generateMessages, protoFilesBelow } from './gen-proto.js'

const root = resolve(import.meta.dirname, '../..')

/** Packages with a folder `proto/`, whose code goes to `generated/`. */
const PROTO_PACKAGES = ['contracts', 'scanner', 'testbed']

for (const name of PROTO_PACKAGES) {
  const protoFolder = join(root, name, 'proto')
  await generateMessages(await protoFilesBelow(protoFolder), protoFolder, join(root, name, 'generated'), name)
}

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { API_GROUP } from '@guardimesh/contracts'
import { chartReadmeText } from './gen-chart-readme.js'
import { chartSchemaText } from './gen-chart-schema.js'
import { crdText, RESOURCE_FORMS } from './gen-crds.js'
import { metricsReference } from './gen-metrics.js'
import { generateMessages, protoFilesBelow } from './gen-proto.js'
import { resourceReference } from './gen-resource-reference.js'

const root = resolve(import.meta.dirname, '../..')

/** Packages with a folder `proto/`, whose code is generated into `generated/`. */
const PROTO_PACKAGES = ['contracts', 'scanner', 'testbed']

for (const name of PROTO_PACKAGES) {
  const protoFolder = join(root, name, 'proto')
  await generateMessages(await protoFilesBelow(protoFolder), protoFolder, join(root, name, 'generated'), name)
}

const crdFolder = join(root, 'charts/guardimesh/crds')
await mkdir(crdFolder, { recursive: true })
for (const form of RESOURCE_FORMS) await writeFile(join(crdFolder, `${API_GROUP}_${form.names.plural}.yaml`), crdText(form))
await writeFile(join(root, 'docs/reference/resources.md'), resourceReference())
await writeFile(join(root, 'docs/reference/metrics.md'), await metricsReference(root))

const chart = join(root, 'charts/guardimesh')
await writeFile(join(chart, 'values.schema.json'), chartSchemaText())
const readmeFile = join(chart, 'README.md')
await writeFile(readmeFile, chartReadmeText(await readFile(readmeFile, 'utf8'), await readFile(join(chart, 'values.yaml'), 'utf8')))

import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { packageChart } from './chart-package.js'

/** `node release/dist/chart/package-chart.js [ARCH]`: packages the chart for the images of one architecture (default: the machine's). */
const root = resolve(import.meta.dirname, '../../..')
const architecture = process.argv[2] ?? process.arch
const tableFile = join(root, '.state/images', architecture, 'images.json')

if (existsSync(tableFile)) {
  const file = await packageChart(tableFile, join(root, '.state/chart'))
  process.stdout.write(`${relative(process.cwd(), file)}\n`)
} else {
  process.stderr.write(`There are no images for ${architecture} yet: build them with make images ARCH=${architecture}\n`)
  process.exitCode = 1
}

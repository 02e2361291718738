import type { Placement } from '../placement.js'
import { ARCHIVES, LARGE_ARCHIVES } from './archives.js'
import { FILES, LARGE_FILES, WRITERS } from './files.js'
import { LAYERS } from './layers.js'
import { NAMES } from './names.js'
import { PLACES, STALLED_PLACES } from './places.js'
import { PROGRAMS } from './programs.js'
import { STARTS } from './starts.js'

const grouped = (group: string, placements: readonly Omit<Placement, 'group'>[]): Placement[] =>
  placements.map((placement) => ({ ...placement, group }))

/** Placements that do not disturb each other. */
export const PLACEMENTS: readonly Placement[] = [
  ...grouped('layer', LAYERS),
  ...grouped('file', FILES),
  ...grouped('writer', WRITERS),
  ...grouped('archive', ARCHIVES),
  ...grouped('name', NAMES),
  ...grouped('place', PLACES),
  ...grouped('start', STARTS),
  ...grouped('program', PROGRAMS),
]

/** Placements that occupy an engine for seconds. */
export const LARGE_PLACEMENTS: readonly Placement[] = [...grouped('file', LARGE_FILES), ...grouped('archive', LARGE_ARCHIVES)]

/** Placements next to a file system that does not respond. */
export const STALLED_PLACEMENTS: readonly Placement[] = grouped('stalled', STALLED_PLACES)

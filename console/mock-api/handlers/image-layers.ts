import { ImageLayerProgress, ImagePage } from '@guardimesh/contracts'
import { answer } from '../answer.js'
import { hasNames, holdsText, pageOfList } from '../paging.js'
import type { MockRoute } from './mock-route.js'

export const imageLayerRoutes: readonly MockRoute[] = [
  ['GET', /^\/api\/image-layers$/, ({ db }) => answer(ImageLayerProgress, db.layerProgress)],
  [
    'GET',
    /^\/api\/image-layers\/images$/,
    ({ db, query }) => {
      const images = db.images.filter(
        (image) =>
          hasNames(image, query, { cluster: 'clusterId', state: 'state' }) &&
          (query.get('findings') !== 'true' || image.findingCount > 0) &&
          holdsText([image.image], query),
      )
      return answer(
        ImagePage,
        pageOfList(images, ({ image }) => image, query),
      )
    },
  ],
]

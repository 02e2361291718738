import { GOLDEN_IMAGE_FOLDER } from '@guardimesh/contracts'
import * as debian from './debian-layers.js'
import { type ImageRecipe, SYSTEM_PATH } from './recipe.js'

/** The client of Kubernetes' API comes with kit, for the programs that have business there. */
const KUBERNETES_CLIENT = '@kubernetes/client-node'
/** Uploads are kept on the volume; their library could keep them elsewhere. */
const REDIS_CLIENTS = ['@redis/client', 'ioredis']
const NODE = ['/usr/bin/node']
const CONSOLE = '/usr/share/guardimesh/console'
/** The puller writes clamd's configuration from it, by the memory that clamd may take. */
const ANTIVIRUS_CONFIG = 'release/rootfs/antivirus/etc/clamav'
const STARTER_SIGNATURES = { '/app/signatures': 'scanner/signatures' }

/** The images, in the order in which they are built. Source: docs/reference/cluster.md */
export const RECIPES: readonly ImageRecipe[] = [
  {
    name: 'platform-operator',
    description: 'Turns the resources of Guardimesh into running workloads',
    licenses: 'Apache-2.0 AND MIT',
    debianLayers: [debian.BASE],
    program: { workspace: 'platform-operator', without: [] },
    folders: { '/app/crds': 'charts/guardimesh/crds' },
    entrypoint: NODE,
  },
  {
    name: 'backend',
    description: 'The API of Guardimesh and its background work',
    licenses: 'Apache-2.0 AND MIT',
    debianLayers: [debian.BASE],
    // The API's description is written at build time; nobody serves its viewer.
    program: { workspace: 'backend', without: [KUBERNETES_CLIENT, 'swagger-ui-dist'] },
    entrypoint: NODE,
  },
  {
    name: 'signature-server',
    description: 'Verifies signature databases and serves them to the nodes',
    licenses: 'Apache-2.0 AND MIT AND BSD-2-Clause AND PostgreSQL AND GPL-2.0-only AND GPL-3.0-or-later',
    debianLayers: [debian.BASE, debian.CLAMAV_ENGINE, debian.SIGNATURE_TOOLS, debian.TAR],
    program: { workspace: 'signature-server', without: [KUBERNETES_CLIENT, ...REDIS_CLIENTS] },
    folders: STARTER_SIGNATURES,
    goldenFolder: GOLDEN_IMAGE_FOLDER,
    entrypoint: NODE,
  },
  {
    name: 'scanner',
    description: 'The node agent of Guardimesh',
    licenses: 'Apache-2.0 AND MIT AND GPL-2.0-only',
    debianLayers: [debian.BASE, debian.CLAMAV_ENGINE, debian.SIGNATURE_TOOLS],
    program: { workspace: 'scanner', without: [] },
    folders: { ...STARTER_SIGNATURES, '/app/antivirus': ANTIVIRUS_CONFIG },
    entrypoint: NODE,
  },
  {
    name: 'antivirus',
    description: 'ClamAV as Guardimesh runs it on every node',
    licenses: 'Apache-2.0 AND GPL-2.0-only',
    debianLayers: [debian.BASE, debian.CLAMAV_ENGINE, debian.CLAMD],
    folders: { '/': 'release/rootfs/antivirus' },
    // Without --config-file it reads /etc/clamav/clamd.conf. Were that named here, the one that the operator names would not count: clamd takes the first.
    entrypoint: ['/usr/sbin/clamd', '--foreground'],
  },
  {
    name: 'console',
    description: 'The web console of Guardimesh',
    licenses: 'Apache-2.0 AND MIT AND BSD-2-Clause',
    debianLayers: [debian.BASE, debian.NGINX],
    folders: { '/': 'release/rootfs/console', [CONSOLE]: 'console/dist/app' },
    compressedFolder: CONSOLE,
    entrypoint: ['/usr/sbin/nginx', '-e', 'stderr', '-c', '/etc/nginx/nginx.conf'],
  },
  {
    name: 'postgres',
    description: 'The database of Guardimesh',
    licenses: 'Apache-2.0 AND PostgreSQL AND GPL-3.0-or-later',
    debianLayers: [debian.BASE, debian.POSTGRES],
    folders: { '/': 'release/rootfs/postgres' },
    entrypoint: ['/usr/bin/guardimesh-postgres'],
    env: {
      PATH: `${debian.POSTGRES_PROGRAMS}:${SYSTEM_PATH}`,
      PGDATA: '/var/lib/postgresql/data',
      PGHOST: '/tmp',
      PGUSER: 'postgres',
      LANG: 'C.UTF-8',
    },
  },
]

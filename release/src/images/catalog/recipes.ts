import { GOLDEN_IMAGE_FOLDER } from '@guardimesh/contracts'
import * as debian from './debian-layers.js'
import { type ImageRecipe, SYSTEM_PATH } from './recipe.js'

/** The Kubernetes client is a dependency of kit that only some programs use. */
const KUBERNETES_CLIENT = '@kubernetes/client-node'
/** Alternative storage of the upload library; uploads are stored on the volume. */
const REDIS_CLIENTS = ['@redis/client', 'ioredis']
const NODE = ['/usr/bin/node']
const CONSOLE = '/usr/share/guardimesh/console'
/** Template from which the puller writes clamd's configuration, depending on the memory limit of clamd. */
const ANTIVIRUS_CONFIG = 'release/rootfs/antivirus/etc/clamav'
const STARTER_SIGNATURES = { '/app/signatures': 'scanner/signatures' }

/** The images in build order. Source: docs/reference/cluster.md */
export const RECIPES: readonly ImageRecipe[] = [
  {
    name: 'platform-operator',
    description: 'Reconciles the Guardimesh resources into workloads',
    licenses: 'Apache-2.0 AND MIT',
    debianLayers: [debian.BASE],
    program: { workspace: 'platform-operator', without: [] },
    folders: { '/app/crds': 'charts/guardimesh/crds' },
    entrypoint: NODE,
  },
  {
    name: 'backend',
    description: 'HTTP API and worker of Guardimesh',
    licenses: 'Apache-2.0 AND MIT',
    debianLayers: [debian.BASE],
    // The OpenAPI document is generated at build time, and its viewer is not served.
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
    description: 'Node scanner of Guardimesh',
    licenses: 'Apache-2.0 AND MIT AND GPL-2.0-only AND LGPL-2.1-only',
    debianLayers: [debian.BASE, debian.CLAMAV_ENGINE, debian.SIGNATURE_TOOLS, debian.SECCOMP],
    program: { workspace: 'scanner', without: [] },
    folders: { ...STARTER_SIGNATURES, '/app/antivirus': ANTIVIRUS_CONFIG },
    entrypoint: NODE,
  },
  {
    name: 'antivirus',
    description: 'ClamAV for the nodes of Guardimesh',
    licenses: 'Apache-2.0 AND GPL-2.0-only',
    debianLayers: [debian.BASE, debian.CLAMAV_ENGINE, debian.CLAMD],
    folders: { '/': 'release/rootfs/antivirus' },
    // Without --config-file clamd reads /etc/clamav/clamd.conf. It is not set here because clamd uses the first one, and the operator adds its own.
    entrypoint: ['/usr/sbin/clamd', '--foreground'],
  },
  {
    name: 'console',
    description: 'Web console of Guardimesh',
    licenses: 'Apache-2.0 AND MIT AND BSD-2-Clause',
    debianLayers: [debian.BASE, debian.NGINX],
    folders: { '/': 'release/rootfs/console', [CONSOLE]: 'console/dist/app' },
    compressedFolder: CONSOLE,
    entrypoint: ['/usr/sbin/nginx', '-e', 'stderr', '-c', '/etc/nginx/nginx.conf'],
  },
  {
    name: 'postgres',
    description: 'PostgreSQL database of Guardimesh',
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

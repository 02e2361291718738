import type { DebianLayer } from './recipe.js'

/** C and C++ libraries that every program needs, os-release, and the texts of common licences. */
export const BASE: DebianLayer = {
  name: 'base',
  files: {
    'base-files': ['/etc/os-release', '/etc/debian_version', '/usr/share/common-licenses'],
    libc6: ['/usr/lib', '!/usr/lib/TRIPLE/gconv', '!/usr/lib/TRIPLE/audit'],
    'libgcc-s1': ['/usr/lib'],
    'libstdc++6': ['/usr/lib'],
  },
}

/** ClamAV's engine, with its character set conversions. */
export const CLAMAV_ENGINE: DebianLayer = {
  name: 'clamav-engine',
  files: { libc6: ['/usr/lib/TRIPLE/gconv'], libclamav12: ['/usr/lib/TRIPLE'] },
}

export const CLAMD: DebianLayer = {
  name: 'clamd',
  files: { 'clamav-daemon': ['/usr/sbin/clamd'], clamdscan: ['/usr/bin/clamdscan'] },
}

/** Programs that verify signatures and apply deltas, for the signature server and every node. */
export const SIGNATURE_TOOLS: DebianLayer = {
  name: 'signature-tools',
  files: { clamav: ['/usr/bin/clamscan', '/usr/bin/sigtool'] },
}

/** With which privileged processes limit their own system calls. */
export const SECCOMP: DebianLayer = { name: 'seccomp', files: { libseccomp2: ['/usr/lib/TRIPLE'] } }

/** `kubectl cp` runs tar inside the container. */
export const TAR: DebianLayer = { name: 'tar', files: { tar: ['/usr/bin/tar'] } }

export const NGINX: DebianLayer = {
  name: 'nginx',
  files: { nginx: ['/usr/sbin/nginx'], 'nginx-common': ['/etc/nginx/mime.types'] },
}

/** Debian installs the programs of each major version in a separate folder. */
export const POSTGRES_PROGRAMS = '/usr/lib/postgresql/15/bin'

/** Excludes just-in-time compilation: LLVM is five times as large as all other files, and only speeds up long analytical queries. */
export const POSTGRES: DebianLayer = {
  name: 'postgres',
  files: {
    'postgresql-15': [
      POSTGRES_PROGRAMS,
      '/usr/lib/postgresql/15/lib',
      '/usr/share/postgresql/15',
      `!${POSTGRES_PROGRAMS}/pgbench`,
      `!${POSTGRES_PROGRAMS}/pg_upgrade`,
      '!/usr/lib/postgresql/15/lib/bitcode',
      '!/usr/lib/postgresql/15/lib/llvmjit.so',
      '!/usr/share/postgresql/15/man',
    ],
    'postgresql-client-15': ['psql', 'pg_dump', 'pg_restore', 'pg_isready', 'pg_basebackup'].map((name) => `${POSTGRES_PROGRAMS}/${name}`),
    tzdata: ['/usr/share/zoneinfo'],
    'libc-bin': ['/usr/lib/locale/C.utf8', '/usr/bin/locale'],
    // initdb starts the server through a shell; guardimesh-postgres runs the others.
    dash: ['/usr/bin/sh', '/usr/bin/dash'],
    coreutils: ['cat', 'cksum', 'mkdir', 'mv', 'rm', 'sleep'].map((name) => `/usr/bin/${name}`),
  },
}

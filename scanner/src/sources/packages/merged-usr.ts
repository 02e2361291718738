/** Returns the paths that a database may have for a file. With a merged /usr, packages still list files of /usr/bin below /bin. Pure. */
export function databasePaths(path: string): readonly string[] {
  return /^\/usr\/(s?bin|lib(32|64|x32)?)\//.test(path) ? [path, path.slice('/usr'.length)] : [path]
}

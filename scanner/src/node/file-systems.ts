/**
 * File systems that answer from this machine's memory or block devices. All others (NFS, CIFS, CephFS, 9p, virtiofs, FUSE, and unknown ones)
 * depend on a server that may never answer, so their files are not touched.
 */
const LOCAL = new Set(
  (
    'bcachefs btrfs ext2 ext3 ext4 f2fs jfs nilfs2 reiserfs xfs zfs exfat hfsplus iso9660 msdos ntfs3 udf vfat cramfs erofs romfs squashfs ' +
    'overlay aufs hugetlbfs ramfs rootfs shm tmpfs devtmpfs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts efivarfs fusectl ' +
    'mqueue nsfs pipefs proc pstore rpc_pipefs securityfs sockfs sysfs tracefs selinuxfs'
  ).split(' '),
)

/** True when no server is needed to read files of this type, as named by mountinfo. Pure. */
export function isLocalFileSystem(name: string): boolean {
  return LOCAL.has(name)
}

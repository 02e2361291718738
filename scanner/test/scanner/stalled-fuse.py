"""A FUSE file system with one file, "m". While this process is stopped, every call to the file system blocks.

Usage as root: stalled-fuse.py MOUNT_POINT FILE
"""

import ctypes
import os
import struct
import sys

LOOKUP, FORGET, GETATTR, OPEN, READ, STATFS, RELEASE, FLUSH, INIT, OPENDIR, READDIR, RELEASEDIR, INTERRUPT, BATCH_FORGET = (
    1, 2, 3, 14, 15, 17, 18, 25, 26, 27, 28, 29, 36, 42)
ENOENT, ENOSYS = -2, -38

mount_point, file = sys.argv[1:]
with open(file, "rb") as source:
    content = source.read()
device = os.open("/dev/fuse", os.O_RDWR)
options = f"fd={device},rootmode=40000,user_id=0,group_id=0,allow_other".encode()
libc = ctypes.CDLL(None, use_errno=True)
if libc.mount(b"stalled", mount_point.encode(), b"fuse", 0, options) != 0:
    sys.exit(f"mount failed: {os.strerror(ctypes.get_errno())}")
print("ready", flush=True)


def attributes(node):
    mode, size = (0o040755, 0) if node == 1 else (0o100755, len(content))
    return struct.pack("<6Q10I", node, size, size // 512 + 1, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)


def handle(operation, node, body):
    if operation == INIT:
        return 0, struct.pack("<4IHHI9I", 7, 31, 65536, 0, 0, 0, 65536, *[0] * 9)
    if operation == GETATTR:
        return 0, struct.pack("<QII", 0, 0, 0) + attributes(node)
    if operation == LOOKUP:
        return (0, struct.pack("<4Q2I", 2, 1, 0, 0, 0, 0) + attributes(2)) if body == b"m\0" else (ENOENT, b"")
    if operation in (OPEN, OPENDIR):
        return 0, struct.pack("<Q2I", 0, 2, 0)
    if operation == READ:
        _, offset, length = struct.unpack_from("<QQI", body)
        return 0, content[offset:offset + length]
    if operation == STATFS:
        return 0, struct.pack("<5Q4I24x", 0, 0, 0, 0, 0, 4096, 255, 0, 0)
    return (0, b"") if operation in (READDIR, RELEASE, RELEASEDIR, FLUSH) else (ENOSYS, b"")


while True:
    try:
        request = os.read(device, 1 << 20)
    except OSError:
        break
    operation, unique, node = struct.unpack_from("<4xIQQ", request)
    if operation in (FORGET, INTERRUPT, BATCH_FORGET):
        continue
    error, body = handle(operation, node, request[40:])
    try:
        os.write(device, struct.pack("<IiQ", 16 + len(body), error, unique) + body)
    except OSError:
        pass

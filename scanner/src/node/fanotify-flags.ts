// linux/fanotify.h and linux/fcntl.h: what several groups of events use.
export const FAN_CLOEXEC = 1
export const FAN_NONBLOCK = 2
export const FAN_MARK_ADD = 1
export const FAN_MARK_FILESYSTEM = 0x100
export const AT_FDCWD = -100

// Packed executables. Packing is not malware by itself, but rare in containers and common in malware.

rule Packed_UPX_ELF {
  meta:
    description = "This program is packed with UPX, which hides its code from scanners."
    severity = "medium"
  strings:
    $magic = "UPX!"
    $info = "This file is packed with the UPX executable packer"
  condition:
    uint32be(0) == 0x7f454c46 and $magic in (0..1024) and $info
}

rule Packed_UPX_PE {
  meta:
    description = "This Windows program is packed with UPX, which hides its code from scanners."
    severity = "medium"
  strings:
    $first = "UPX0\x00\x00\x00\x00"
    $second = "UPX1\x00\x00\x00\x00"
  condition:
    uint16be(0) == 0x4d5a and $first in (0..2048) and $second in (0..2048)
}

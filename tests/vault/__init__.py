"""The vault, with its real parts: SQLCipher files, real disks, really killed processes."""

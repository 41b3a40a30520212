"""Backups: everything that a desk cannot make anew, in one encrypted file that needs nothing else to be of use.

`making.make` writes one and proves it, `restoring.restore` makes a desk of it in an empty folder, on either database,
and `restoring.proved` reads one through without restoring. A backup is a tar of standard age files, so it can be
opened without atleast:

- `desk.age`: the lines of `lines`, packed (gzip). First the head with the key of the desk, then rows and files, then
  the counts.
- `identity.age`, where the backup is locked with a passphrase: the age identity that opens `desk.age`.

`sealing` is the age part, and knows no Django: the key of the desk is known only once a backup is open.
"""

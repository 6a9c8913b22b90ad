"""Types of sqlcipher3.dbapi2: the standard library's interface over the bundled cipher build."""

from sqlite3 import *

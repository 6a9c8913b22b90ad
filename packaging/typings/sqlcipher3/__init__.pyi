"""Types of sqlcipher3: it offers the standard library's sqlite3 interface, name for name."""

from sqlcipher3 import dbapi2 as dbapi2
from sqlite3 import *

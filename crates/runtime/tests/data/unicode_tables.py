#!/usr/bin/env python3
"""Writes src/string/unicode.rs: what Python's string methods know about characters and Rust's standard library does not.

    rustc -O alphabetic.rs && ./alphabetic | python3 unicode_tables.py > ../../src/string/unicode.rs

Standard input: the code points that Rust's `char::is_alphabetic` accepts, one a line in decimal.
"""
import sys
import unicodedata

ALL = [chr(n) for n in range(0x110000) if not 0xD800 <= n < 0xE000]


def ranges(points):
    out = []
    for n in sorted(points):
        if out and out[-1][1] == n - 1:
            out[-1][1] = n
        else:
            out.append([n, n])
    return out


def table(name, doc, points):
    items = ["(0x%x, 0x%x)" % (a, b) for a, b in ranges(points)]
    wrapped("/// %s\npub(super) static %s: &[(u32, u32)] = &[" % (doc, name), items)


def mapping(name, doc, pairs):
    items = ["('\\u{%x}', \"%s\")" % (ord(c), "".join("\\u{%x}" % ord(x) for x in to)) for c, to in pairs]
    wrapped("/// %s\npub(super) static %s: &[(char, &str)] = &[" % (doc, name), items)


def wrapped(head, items):
    print("\n#[rustfmt::skip]")
    print(head)
    line = "   "
    for item in items:
        if len(line) + len(item) > 116:
            print(line)
            line = "   "
        line += " " + item + ","
    print(line + "\n];")


alphabetic = {int(line) for line in sys.stdin}
print("//! Characters as Python's string methods see them, where Rust's standard library does not know it. Written by")
print("//! `tests/data/unicode_tables.py` from Unicode %s." % unicodedata.unidata_version)
table("ALPHABETIC_BUT_NO_LETTER", "Alphabetic by Unicode, but no letter.",
      [n for n in alphabetic if unicodedata.category(chr(n))[0] not in "LC"])
table("DIGIT", "`isdigit`.", [ord(c) for c in ALL if c.isdigit()])
table("DECIMAL", "`isdecimal`.", [ord(c) for c in ALL if c.isdecimal()])
table("NUMERIC_LETTER", "Letters that are numbers too.",
      [ord(c) for c in ALL if c.isnumeric() and unicodedata.category(c)[0] == "L"])
mapping("TITLE", "Titlecase where it is not uppercase.", [(c, c.title()) for c in ALL if c.title() != c.upper()])
mapping("FOLD", "Case folding where it is not lowercase.", [(c, c.casefold()) for c in ALL if c.casefold() != c.lower()])

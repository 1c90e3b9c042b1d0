#!/usr/bin/env python3
"""Writes python_answers.txt: what Python answers to calls that our runtime functions must answer alike.

A line is a symbol, the arguments and, after `=`, the answer, separated by tabs. Values: `s` and text, `i` and an int,
`u` and an unsigned int, `f` and the bits of a float, `b0`, `b1`, `n` for nil, `a` and strings separated by U+001F (`a-`
for none), `!` for a failure. Text has escapes `\\`, `\t`, `\n`, `\r`.
"""
import itertools
import math
import struct

LINES = []


def text(s):
    return s.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def show(v):
    if v is None:
        return "n"
    if isinstance(v, bool):
        return "b%d" % v
    if isinstance(v, int):
        return ("i%d" if -(1 << 63) <= v < 1 << 63 else "u%d") % v
    if isinstance(v, float):
        return "f%016x" % struct.unpack("<Q", struct.pack("<d", v))[0]
    if isinstance(v, str):
        return "s" + text(v)
    if isinstance(v, list):
        return "a" + "\x1f".join(text(s) for s in v) if v else "a-"
    raise TypeError(v)


def case(symbol, args, answer):
    LINES.append("\t".join([symbol] + [show(a) for a in args] + ["=", answer]))


def call(symbol, args, f):
    try:
        answer = show(f())
    except (ValueError, OverflowError, IndexError, TypeError):
        answer = "!"
    case(symbol, args, answer)


BIG = (1 << 63) - 1
TEXTS = ["", "a", "abc", "Hello World", "  two  words ", "ABC", "they're bill's", "1abc2def", "banana", "aaaa", "ß straße",
         "Éléphant ÀÉ", "日本語", "aé日😀z", "ǆungla ǅ ǄX", "ΑΣ ΣΑΣ. ὈΔΥΣΣΕΎΣ Σ", "ﬁne ﬂow", "İstanbul ı", "a,b,,c", ",", "--a--b--",
         "line\nnext\r\nthird\rlast", "tab\there\t\t.", "\x0b\x0cx\x1c\x1d\x1e\x85y\u2028\u2029", "\u00a0nbsp\u3000", "x" * 40,
         "é" * 700 + "end", "ab" * 300, "٣٤", "²³", "Ⅷ", "½", "一二", "ﬀ", "aB1 cD2", "Title Case 1a", "ᾳ ᾼ", "\u0345a", "ⓐ", "𝐀𝐛"]
PARTS = ["", "a", "an", "é", "日", ",", "--", "aa"]

LONG = {s for s in TEXTS if len(s) > 50}
SEARCHED = TEXTS[:16] + ["ab" * 300, "é" * 700 + "end"]
for s in TEXTS:
    for name in "upper lower capitalize title swapcase casefold isalpha isdigit isdecimal isnumeric isalnum isspace isupper islower istitle isascii".split():
        call("rt_string_" + name, [s], getattr(s, name))
    call("rt_string_len", [s], lambda: len(s))
    if s not in LONG:
        call("rt_string_chars", [s], lambda: list(s))
    for keep in [False, True]:
        call("rt_string_splitlines", [s, keep], lambda: s.splitlines(keep))
    for chars in [None, "", "a", "-ab", " é", "日x"]:
        for name in ["strip", "lstrip", "rstrip"]:
            call("rt_string_" + name, [s, chars], lambda: getattr(s, name)(chars))
    for sep in ([None] + PARTS if s not in LONG else [None, "zz"]):
        for limit in [-1, 0, 1, 2]:
            call("rt_string_split", [s, sep, limit], lambda: s.split(sep, limit))
            call("rt_string_rsplit", [s, sep, limit], lambda: s.rsplit(sep, limit))
    for part in (PARTS if s in SEARCHED else []) if s not in LONG else ["e", "b", "n"]:
        for start, end in [(0, BIG), (1, -1), (-3, BIG), (5, 2), (len(s), BIG), (len(s) + 1, BIG), (-(1 << 63), 3)][: 2 if s in LONG else 9]:
            for ours, theirs in [("starts_with", "startswith"), ("ends_with", "endswith"), ("count", "count"), ("index_of", "index"), ("rindex_of", "rindex")]:
                call("rt_string_" + ours, [s, part, start, end], lambda: getattr(s, theirs)(part, start, end))
            for name in ["find", "rfind"]:
                at = getattr(s, name)(part, start, end)
                case("rt_string_" + name, [s, part, start, end], show(None if at < 0 else at))
        for new in ["", "X", "日本"] if s not in LONG else ["X"]:
            for count in [-1, 1, 3]:
                call("rt_string_replace", [s, part, new, count], lambda: s.replace(part, new, count))
        call("rt_string_contains", [s, part], lambda: part in s)
    for width in [-1, 6, 7, 12, 13] if s not in LONG else [7]:
        for fill in [" ", "é", "", "ab"]:
            for name in ["ljust", "rjust", "center"]:
                call("rt_string_" + name, [s, width, fill], lambda: getattr(s, name)(width, fill))
        call("rt_string_zfill", [s, width], lambda: s.zfill(width))
    for width in [-1, 0, 1, 4, 8]:
        call("rt_string_expandtabs", [s, width], lambda: s.expandtabs(width))
    for index in [0, 1, -1, 2, -5, 500, 702, -703, -704, BIG, -BIG - 1] if s not in LONG else [0, 640, -3, 702, 703]:
        call("rt_string_index", [s, index], lambda: s[index])
    for times in [-1, 0, 1, 3]:
        call("rt_string_repeat", [s, times], lambda: s * times)
    for start, stop, step in itertools.product([None, 0, 2, -2, 100, -100], [None, 0, 3, -1, 100, -100], [1, 2, -1, -3, 0, BIG, -BIG - 1]):
        if s in LONG and (step != -3 or start == 100) or s not in LONG and s not in TEXTS[::4]:
            continue
        args = [s, start or 0, start is not None, stop or 0, stop is not None, step]
        call("rt_string_slice", args, lambda: s[start:stop:step])
    for other in TEXTS[:12] if s not in LONG else ["é"]:
        case("rt_string_compare", [s, other], show((s > other) - (s < other)))
        case("rt_string_concat", [s, other], show(s + other))
for parts in [[], ["a"], ["a", "b"], ["é", "", "日"]]:
    for sep in ["", ", ", "日"]:
        call("rt_string_join", [sep, parts], lambda: sep.join(parts))
        call("rt_array_join", [parts, sep], lambda: sep.join(parts))
for s in "+5|-5|+|-|--5|+é".split("|"):
    for width in [2, 5]:
        call("rt_string_zfill", [s, width], lambda: s.zfill(width))

NUMBERS = ["42", "-7", "+5", " 12 ", "007", "", "4x", "1.5", "-", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
           "1_000", "_1", "1_", "1__0", "\u00a012\n", "0x10", "1e3", "- 1", "1 2", "+-1", "2.5", "3.", ".5", ".", "1e400", "-0", "inf", "-Infinity", "nan", "+NaN", "1e5_0",
           "1_0.5_0", "1._5", "1e", "e5", "0.1e-400", "infinit", "1.7976931348623159e308", "5e-324", "2.4e-324", "١٢", "9" * 30, "0." + "1" * 50, "\x1c5", "1.2.3", "1,5", "1d", "1f"]
for s in NUMBERS:
    try:
        value = int(s) if s.isascii() or not any(c.isdigit() and not c.isascii() for c in s) else int("x")
        if "0x" in s or not -BIG - 1 <= value <= BIG:
            value = None
    except ValueError:
        value = None
    case("rt_string_to_int", [s], show(value))
    case("rt_int_parse", [s], "!" if value is None else show(value))
    try:
        number = float(s) if not any(c.isdigit() and not c.isascii() for c in s) else None
    except ValueError:
        number = None
    if number is not None and math.isnan(number):
        number = math.nan
    case("rt_string_to_float", [s], show(number))
    case("rt_float_parse", [s], "!" if number is None else show(number))

FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 0.5, 1.5, 2.5, 1e-05, 0.0001, 1e16, 1e15, 123456789012345680.0, 9999999999999998.0, 1e22, 1e23, 1.7976931348623157e308, 5e-324, 2.2250738585072014e-308,
          3.14159265, 1234.5678, 2.675, 1.25, 0.25, 0.125, 0.375, 99.995, 0.05, 9.9999, 999999.5, 1e100, 123456.789, -0.001, 1 / 3, 2 / 3, 100.0, 1234567.891, 1e-10, 4.35, 0.045, 1e21, 2.0**63, -2.0**63, 2.0**64, 0.3, 1e-7,
          math.inf, -math.inf, math.nan]
SPECS = ["", ".0f", ".1f", ".2f", "f", ".20f", ".3f", "e", ".0e", ".2e", "g", ".3g", ".0g", ".17g", "#g", "#.0f", "#.0e", "#.3g", "#", "%", ".1%", ".0%", ".3", ".1", ".0", ".10", "#.3", "+", " ", "+.2f", " .2f", "-", "10", "<10", "^11", "=+12", "010", "010.2f",
         "*>12.3f", "é^12", ",", ",.2f", "020,.2f", "012,", "0=10,", "0>10,", "+015,.1f", "10.3", "d", "x", "s", "b", "q", ".f", ",e", ",g", ".50f", ".60g", "0<8", "<08", "z", "_", "10s", "5.", "0", "00", "05", "=5"]
for x in FLOATS:
    for spec in SPECS:
        if spec in ("z", "_"):
            case("rt_fmt_float_spec", [x, spec], "!")
        else:
            call("rt_fmt_float_spec", [x, spec], lambda: format(x, spec))
    case("rt_fmt_float", [x], show(repr(x)))
    if x == 0.1:
        call("rt_fmt_float_spec", [x, ".1200f"], lambda: format(x, ".1200f"))
    for places in [-400, -20, -3, -2, -1, 0, 1, 2, 3, 15, 16, 22, 300, 400]:
        try:
            rounded = round(x, places)
        except OverflowError:
            rounded = None
        if rounded is not None and not math.isnan(x):
            case("rt_float_round_to", [x, places], show(rounded))
    if math.isfinite(x):
        for symbol, f in [("round", round), ("floor", math.floor), ("ceil", math.ceil)]:
            case("rt_float_" + symbol, [x], show(f(x)) if -BIG - 1 <= f(x) <= BIG else "!")
        for y in [1.0, -1.0, 0.1, 3.0, -0.3, 1e300, 5e-324]:
            for symbol, f in [("floor_div", lambda: x // y), ("mod", lambda: x % y), ("rem", lambda: math.fmod(x, y))]:
                call("rt_float_" + symbol, [x, y], f)

INTS = [0, 1, -1, 7, 42, -42, 255, 1000, 999, 1234567, -1234567, BIG, -BIG - 1, 10**15, 123]
INT_SPECS = ["", "d", "x", "X", "o", "b", "#x", "#X", "#b", "#o", "e", ".2e", "f", ".1f", "g", "%", ".0%", "s", "5", "<5", "^5", "=5", ">8", "05", "+05", "+", " ", "-", ",", ",d", "012,", "020,d", "*^12,", "0=12,", "#010x", "#06b", "<#8x", "08b",
             ",x", ".3", ".3d", "é>6", "010.2f", "+,", "q", "c", "<", ">", "=", "  5", "-=6", "+x", " o", "0", "00", "<<5", "}>4", "13,", "014,", "015,", "016,"]
for n in INTS:
    for spec in INT_SPECS:
        if spec == "c":
            case("rt_fmt_int_spec", [n, spec], "!")
        else:
            call("rt_fmt_int_spec", [n, spec], lambda: format(n, spec))
    for places in [-30, -19, -18, -3, -2, -1, 0, 1, 5]:
        rounded = round(n, places)
        case("rt_int_round_to", [n, places], show(rounded) if -BIG - 1 <= rounded <= BIG else "!")
    for m in [-1, 0, 1, 2, 3, 31, 62, 63, 64, BIG]:
        power = None if m < 0 or (m > 64 and abs(n) > 1) else n ** min(m, 64 + m % 2)
        case("rt_int_pow", [n, m], show(power) if power is not None and -BIG - 1 <= power <= BIG else "!")
    call("rt_int_bit_length", [n], n.bit_length)
    call("rt_int_bit_count", [n], n.bit_count)
    for x in FLOATS + [float(n), float(n) + 0.5]:
        case("rt_int_compare_float", [n, x], show(2 if math.isnan(x) else (n > x) - (n < x)))
for s in ["", "a", "hello", "日本語", "é"]:
    for spec in ["", "s", "5", "<5", ">5", "^5", "^6", "*^7", ".2", "8.2", ">4.1s", "05", "é>6", "=5", "+", ",", "#", "d", " ", "<<4", ".0", "0", "-", "x^3", ".10s", "<05", ">05"]:
        call("rt_fmt_str_spec", [s, spec], lambda: format(s, spec))
for n in [0, 65, 233, 0xD7FF, 0xD800, 0xDFFF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF, 0x110000, -1, BIG]:
    call("rt_chr", [n], lambda: chr(n) if not 0xD800 <= n < 0xE000 else chr(-1))

# Functions that we have correctly rounded, at places where Python's C library has them so too.
for x in [0.0, 0.1, 0.25, 0.5, 0.7, 1.0, 1.5, 2.0, 2.5, 3.0, 10.0, 50.0, 100.0, 1e-5, 1e-300]:
    for symbol, f in [("exp", math.exp), ("exp2", math.exp2), ("ln", math.log), ("log2", math.log2), ("log10", math.log10), ("sin", math.sin),
                      ("cos", math.cos), ("tan", math.tan), ("asin", math.asin), ("acos", math.acos), ("atan", math.atan), ("sqrt", math.sqrt)]:
        try:
            case("rt_math_" + symbol, [x], show(f(x)))
        except ValueError:
            pass
    for y in [0.0, 0.5, 1.0, 2.0, 3.0, -1.0, -2.5, 1.5, 0.1, 1 / 3, 10.0]:
        case("rt_math_atan2", [x, y], show(math.atan2(x, y)))
        case("rt_math_hypot", [x, y], show(math.hypot(x, y)))
        try:
            case("rt_float_pow", [x, y], show(math.pow(x, y)))
        except (OverflowError, ValueError):
            pass

# Lone surrogates and newlines of other kinds would break lines of the file.
LINES = [line for line in LINES if not any("\ud800" <= c < "\ue000" for c in line)]
with open("python_answers.txt", "w", encoding="utf-8", newline="\n") as f:
    f.write("\n".join(dict.fromkeys(LINES)) + "\n")

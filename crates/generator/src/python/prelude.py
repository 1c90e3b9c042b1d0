# What Tandem's operations mean, in Python: the outside oracle of the random programs.
import math, sys

BITS = {"int": (64, True), "i8": (8, True), "i16": (16, True), "i32": (32, True),
        "u8": (8, False), "u16": (16, False), "u32": (32, False), "u64": (64, False)}


class Failure(Exception):
    pass


def fail(code):
    raise Failure(code)


def bounds(w):
    bits, signed = BITS[w]
    return (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)


def checked(w, n):
    low, high = bounds(w)
    return n if low <= n <= high else fail("R0001")


def wrapped(w, n):
    bits, signed = BITS[w]
    n &= (1 << bits) - 1
    return n - (1 << bits) if signed and n >> bits - 1 else n


def add(w, a, b): return checked(w, a + b)
def sub(w, a, b): return checked(w, a - b)
def mul(w, a, b): return checked(w, a * b)
def wadd(w, a, b): return wrapped(w, a + b)
def wsub(w, a, b): return wrapped(w, a - b)
def wmul(w, a, b): return wrapped(w, a * b)
def neg(w, a): return checked(w, -a)
def inv(w, a): return wrapped(w, ~a)
def absolute(w, a): return checked(w, abs(a))


def div(w, a, b):
    if b == 0: fail("R0002")
    q = abs(a) // abs(b)
    return checked(w, q if (a < 0) == (b < 0) else -q)


def floordiv(w, a, b):
    if b == 0: fail("R0002")
    return checked(w, a // b)


def rem(w, a, b):
    if b == 0: fail("R0002")
    r = abs(a) % abs(b)
    return -r if a < 0 else r


def mod(w, a, b):
    if b == 0: fail("R0002")
    return a % b


def power(w, a, b):
    if b < 0: fail("R0020")
    if abs(a) > 1 and b > 64: fail("R0001")
    return checked(w, a ** b)


def shl(w, a, n):
    if not 0 <= n < BITS[w][0]: fail("R0005")
    return wrapped(w, a << n)


def shr(w, a, n):
    if not 0 <= n < BITS[w][0]: fail("R0005")
    return a >> n


def fdiv(a, b):
    if b == 0.0:
        if a == 0.0 or a != a: return math.nan
        return math.copysign(math.inf, a) * math.copysign(1.0, b)
    return a / b


def frem(a, b):
    return math.nan if b == 0.0 or math.isinf(a) else math.fmod(a, b)


def ffloordiv(a, b):
    if b != 0.0 and math.isfinite(a): return a // b
    q = fdiv(a, b)
    return math.copysign(float(math.floor(q)), q) if math.isfinite(q) else q


def fpower(a, b):
    try:
        return math.pow(a, b)
    except OverflowError:
        return -math.inf if a < 0 and b % 2 == 1 else math.inf
    except ValueError:
        return math.nan if a < 0 else math.inf


def to_int(w, x):
    if type(x) is float:
        if x != x or math.isinf(x): fail("R0007")
        n = int(x)
        low, high = bounds(w)
        return n if low <= n <= high else fail("R0007")
    if type(x) is str:
        n = parsed(x)
        return fail("R0007") if n is None else n
    return checked(w, x)


def parsed(s):
    try:
        n = int(s)
    except ValueError:
        return None
    return n if -(1 << 63) <= n < 1 << 63 else None


def parsed_float(s):
    try:
        return float(s)
    except ValueError:
        return None


def to_float(x):
    if type(x) is str:
        x = parsed_float(x)
        return fail("R0007") if x is None else x
    return float(x)


def rounded(x):
    if x != x or math.isinf(x) or not -(1 << 63) <= round(x) < 1 << 63: fail("R0007")
    return round(x)


ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


def quoted(s):
    control = lambda c: ord(c) < 32 or 127 <= ord(c) < 160
    return '"' + "".join(ESCAPES.get(c) or ("\\u{%x}" % ord(c) if control(c) else c) for c in s) + '"'


def show(x):
    return x if type(x) is str else inside(x)


def inside(x):
    if x is None: return "nil"
    if x is True: return "true"
    if x is False: return "false"
    if type(x) is str: return quoted(x)
    if type(x) is tuple: return "(" + ", ".join(map(inside, x)) + ("," if len(x) == 1 else "") + ")"
    if type(x) is list: return "[" + ", ".join(map(inside, x)) + "]"
    return repr(x)


def formatted(x, spec):
    return format(x if type(x) in (int, float, str) else show(x), spec)


def out(*xs):
    sys.stdout.write(" ".join(map(show, xs)) + "\n")


def equal(a, b):
    if type(a) is tuple and type(b) is tuple:
        return len(a) == len(b) and all(map(equal, a, b))
    return a == b


def order(a, b):
    """Negative, zero, positive, or None."""
    if type(a) is tuple:
        for x, y in zip(a, b):
            if not equal(x, y): return order(x, y)
        return len(a) - len(b)
    return -1 if a < b else 1 if a > b else 0 if a == b else None


def compare(op, a, b):
    if op == "==": return equal(a, b)
    if op == "!=": return not equal(a, b)
    c = order(a, b)
    if c is None: return False
    return {"<": c < 0, "<=": c <= 0, ">": c > 0, ">=": c >= 0}[op]


def chain(operands, ops):
    left = operands[0]()
    for op, operand in zip(ops, operands[1:]):
        right = operand()
        if not compare(op, left, right): return False
        left = right
    return True


def coalesce(a, b): return b() if a is None else a
def unwrap(x): return fail("R0006") if x is None else x
def in_range(x, low, high, closed): return low <= x <= high if closed else low <= x < high
def found(n): return None if n < 0 else n


def index(s, i):
    return s[i] if -len(s) <= i < len(s) else fail("R0003")


def cut(s, a, b, c):
    if c == 0: fail("R0028")
    return s[a:b:c]


def panic(message):
    fail("R0009")


class Exit(Exception):
    pass


def leave(status):
    raise Exit(status % 256)


UNSET = object()


def start(script):
    status = 0
    sys.setrecursionlimit(10000)
    sys.stdout.reconfigure(newline="\n", errors="surrogatepass")
    try:
        script()
    except Failure as failure:
        sys.stdout.flush()
        sys.stderr.write("error[%s]: in Python\n" % failure.args[0])
        status = 101
    except NameError as unset:
        sys.stdout.flush()
        sys.stderr.write("error[R0017]: %s\n" % unset)
        status = 101
    except Exit as left:
        status = left.args[0]
    sys.stdout.flush()
    sys.exit(status)

"""What Python says the operations of the table give, on edge values: `python3 answers.py > answers.txt`.

The first lines list the operands. Then for each operation its name and a line for each first operand, with one answer
for each second operand (one in all if there is none). Floats are the hexadecimal digits of their bits; `O` and `D` are
the failures R0001 (overflow) and R0002 (division by zero). Written from the language reference, not from the table.
"""

import math
import struct

MIN, MAX = -(2**63), 2**63 - 1
INTS = [MIN, MIN + 1, -(2**32), -129, -10, -3, -1, 0, 1, 2, 3, 7, 64, 255, 2**31, 3037000500, 2**53 + 1, MAX - 1, MAX]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 0.1, 1e16, 2.0**53, 5e-324, 1.7e308, math.inf, -math.inf, math.nan,
          4503599627370495.5, -9.3e18, 1.8e19]


class Overflow(Exception):
    pass


def checked(value, low=MIN, high=MAX):
    if not low <= value <= high:
        raise Overflow
    return value


def signed(value, bits=64):
    value %= 2**bits
    return value - 2**bits if value >= 2 ** (bits - 1) else value


def unsigned(value):
    return value % 2**64


def truncated(a, b):
    """The quotient rounded toward zero."""
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def float_div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        if a == 0 or math.isnan(a):
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1.0, b)


def keep_special(function):
    """`floor` and the like of Python give ints: what has no fraction is the result as it is."""

    def apply(a):
        if math.isinf(a) or math.isnan(a) or a == 0:
            return a
        return math.copysign(float(function(a)), a)

    return apply


def saturated(low, high):
    def apply(a):
        if math.isnan(a):
            return 0
        return low if a <= low else high if a >= high else int(a)

    return apply


def to_f32(a):
    try:
        return struct.unpack("<f", struct.pack("<f", a))[0]
    except OverflowError:
        return math.copysign(math.inf, a)


I, F, B = "int", "float", "bool"
OPS = {
    "int.add": (I, I, I, lambda a, b: checked(a + b)),
    "int.sub": (I, I, I, lambda a, b: checked(a - b)),
    "int.mul": (I, I, I, lambda a, b: checked(a * b)),
    "int.neg": (I, None, I, lambda a: checked(-a)),
    "int.div": (I, I, I, lambda a, b: checked(truncated(a, b))),
    "int.floor_div": (I, I, I, lambda a, b: checked(a // b)),
    "int.rem": (I, I, I, lambda a, b: a - b * truncated(a, b)),
    "int.mod": (I, I, I, lambda a, b: a % b),
    "int.wrap_add": (I, I, I, lambda a, b: signed(a + b)),
    "int.wrap_sub": (I, I, I, lambda a, b: signed(a - b)),
    "int.wrap_mul": (I, I, I, lambda a, b: signed(a * b)),
    "int.and": (I, I, I, lambda a, b: a & b),
    "int.or": (I, I, I, lambda a, b: a | b),
    "int.xor": (I, I, I, lambda a, b: a ^ b),
    "int.not": (I, None, I, lambda a: ~a),
    "int.shl": (I, I, I, lambda a, n: signed(a << n % 64)),
    "int.sar": (I, I, I, lambda a, n: a >> n % 64),
    "int.shr": (I, I, I, lambda a, n: signed(unsigned(a) >> n % 64)),
    "int.eq": (I, I, B, lambda a, b: a == b),
    "int.ne": (I, I, B, lambda a, b: a != b),
    "int.lt": (I, I, B, lambda a, b: a < b),
    "int.le": (I, I, B, lambda a, b: a <= b),
    "uint.add": (I, I, I, lambda a, b: signed(checked(unsigned(a) + unsigned(b), 0, 2**64 - 1))),
    "uint.sub": (I, I, I, lambda a, b: signed(checked(unsigned(a) - unsigned(b), 0, 2**64 - 1))),
    "uint.mul": (I, I, I, lambda a, b: signed(checked(unsigned(a) * unsigned(b), 0, 2**64 - 1))),
    "uint.div": (I, I, I, lambda a, b: signed(unsigned(a) // unsigned(b))),
    "uint.rem": (I, I, I, lambda a, b: signed(unsigned(a) % unsigned(b))),
    "uint.lt": (I, I, B, lambda a, b: unsigned(a) < unsigned(b)),
    "uint.le": (I, I, B, lambda a, b: unsigned(a) <= unsigned(b)),
    "int.check_i8": (I, None, I, lambda a: checked(a, -(2**7), 2**7 - 1)),
    "int.check_i16": (I, None, I, lambda a: checked(a, -(2**15), 2**15 - 1)),
    "int.check_i32": (I, None, I, lambda a: checked(a, -(2**31), 2**31 - 1)),
    "int.check_u8": (I, None, I, lambda a: checked(a, 0, 2**8 - 1)),
    "int.check_u16": (I, None, I, lambda a: checked(a, 0, 2**16 - 1)),
    "int.check_u32": (I, None, I, lambda a: checked(a, 0, 2**32 - 1)),
    "int.sign_extend_8": (I, None, I, lambda a: signed(a, 8)),
    "int.sign_extend_16": (I, None, I, lambda a: signed(a, 16)),
    "int.sign_extend_32": (I, None, I, lambda a: signed(a, 32)),
    "int.zero_extend_8": (I, None, I, lambda a: a % 2**8),
    "int.zero_extend_16": (I, None, I, lambda a: a % 2**16),
    "int.zero_extend_32": (I, None, I, lambda a: a % 2**32),
    "float.add": (F, F, F, lambda a, b: a + b),
    "float.sub": (F, F, F, lambda a, b: a - b),
    "float.mul": (F, F, F, lambda a, b: a * b),
    "float.div": (F, F, F, float_div),
    "float.neg": (F, None, F, lambda a: -a),
    "float.abs": (F, None, F, abs),
    "float.sqrt": (F, None, F, lambda a: math.nan if a < 0 else math.sqrt(a)),
    "float.floor": (F, None, F, keep_special(math.floor)),
    "float.ceil": (F, None, F, keep_special(math.ceil)),
    "float.trunc": (F, None, F, keep_special(math.trunc)),
    "float.round_f32": (F, None, F, to_f32),
    "float.eq": (F, F, B, lambda a, b: a == b),
    "float.ne": (F, F, B, lambda a, b: a != b),
    "float.lt": (F, F, B, lambda a, b: a < b),
    "float.le": (F, F, B, lambda a, b: a <= b),
    "int.to_float": (I, None, F, float),
    "uint.to_float": (I, None, F, lambda a: float(unsigned(a))),
    "float.to_int": (F, None, I, saturated(MIN, MAX)),
    "float.to_uint": (F, None, I, lambda a: signed(saturated(0, 2**64 - 1)(a))),
}


def bits(value):
    return "nan" if math.isnan(value) else struct.pack(">d", value).hex()


def answer(lane, function, *args):
    try:
        value = function(*args)
    except Overflow:
        return "O"
    except ZeroDivisionError:
        return "D"
    return bits(value) if lane == F else str(int(value))


def main():
    operands = {I: INTS, F: FLOATS}
    print("ints", *INTS)
    print("floats", *(bits(value) for value in FLOATS))
    for name, (left, right, result, function) in OPS.items():
        print(name)
        for a in operands[left]:
            others = [(b,) for b in operands[right]] if right else [()]
            print(*(answer(result, function, a, *other) for other in others))


main()

//! The runtime functions of strings.

use super::pad::Side;
use super::search::Search;
use super::split::{From, LineEnds};
use super::{Str, Text, case, classify, search};
use crate::Failed;
use crate::array::Array;

runtime_fns! { Strings;
    /// `a + b`
    STRING_CONCAT = fn rt_string_concat(cx, a: Str, b: Str) -> Result<Str, Failed>, [collects] {
        cx.concat(a, b)
    }
    /// `s * times`
    STRING_REPEAT = fn rt_string_repeat(cx, s: Str, times: i64) -> Result<Str, Failed>, [collects] {
        cx.repeat(s, times)
    }
    /// `a == b`
    STRING_EQ = fn rt_string_eq(_cx, a: Text, b: Text) -> bool, [pure] {
        a.as_str() == b.as_str()
    }
    /// -1, 0 or 1 as `a` comes before, at or after `b`, by code points.
    STRING_COMPARE = fn rt_string_compare(_cx, a: Text, b: Text) -> i64, [pure] {
        a.as_str().cmp(b.as_str()) as i64
    }
    /// The number of characters.
    STRING_LEN = fn rt_string_len(_cx, s: Text) -> i64, [pure] {
        s.characters() as i64
    }
    /// A hash, the same in every run.
    STRING_HASH = fn rt_string_hash(_cx, s: Text) -> i64, [pure] {
        super::hash(s.as_str()) as i64
    }

    /// `s[index]`
    STRING_INDEX = fn rt_string_index(cx, s: Str, index: i64) -> Result<Str, Failed>, [collects] {
        cx.character(s, index)
    }
    /// `s[start:stop:step]`; a start or stop that is not given counts as nil.
    STRING_SLICE = fn rt_string_slice(
        cx, s: Str, start: i64, has_start: bool, stop: i64, has_stop: bool, step: i64
    ) -> Result<Str, Failed>, [collects] {
        cx.string_slice(s, has_start.then_some(start), has_stop.then_some(stop), step)
    }
    /// The number of bytes: where iteration with `rt_string_next` ends.
    STRING_BYTES = fn rt_string_bytes(_cx, s: Text) -> i64, [pure] {
        s.as_str().len() as i64
    }
    /// The character at a byte (0, or one that `rt_string_next` gave, below the number of bytes), and where the next is.
    STRING_NEXT = fn rt_string_next(cx, s: Str, at: i64) -> Result<(Str, i64), Failed>, [collects] {
        let (character, next) = cx.character_at(s, at as usize)?;
        Ok((character, next as i64))
    }
    /// `s.chars()`
    STRING_CHARS = fn rt_string_chars(cx, s: Str) -> Result<Array, Failed>, [collects] {
        cx.characters(s)
    }

    /// `wanted in s`
    STRING_CONTAINS = fn rt_string_contains(_cx, s: Text, wanted: Text) -> bool, [pure] {
        search::contains(s, wanted)
    }
    /// `s.startswith(wanted)` in `s[start:end]`
    STRING_STARTS_WITH = fn rt_string_starts_with(_cx, s: Text, wanted: Text, start: i64, end: i64) -> bool, [pure] {
        search::starts_with(s, wanted, start, end)
    }
    /// `s.endswith(wanted)` in `s[start:end]`
    STRING_ENDS_WITH = fn rt_string_ends_with(_cx, s: Text, wanted: Text, start: i64, end: i64) -> bool, [pure] {
        search::ends_with(s, wanted, start, end)
    }
    /// The position of the first occurrence in `s[start:end]`.
    STRING_FIND = fn rt_string_find(_cx, s: Text, wanted: Text, start: i64, end: i64) -> Option<i64>, [pure] {
        search::find(s, wanted, start, end, Search::First)
    }
    /// The position of the last occurrence in `s[start:end]`.
    STRING_RFIND = fn rt_string_rfind(_cx, s: Text, wanted: Text, start: i64, end: i64) -> Option<i64>, [pure] {
        search::find(s, wanted, start, end, Search::Last)
    }
    /// The position of the first occurrence in `s[start:end]`; R0004 if there is none.
    STRING_INDEX_OF = fn rt_string_index_of(cx, s: Text, wanted: Text, start: i64, end: i64) -> Result<i64, Failed>, [] {
        search::find(s, wanted, start, end, Search::First).ok_or_else(|| cx.not_found(wanted.as_str()))
    }
    /// The position of the last occurrence in `s[start:end]`; R0004 if there is none.
    STRING_RINDEX_OF = fn rt_string_rindex_of(cx, s: Text, wanted: Text, start: i64, end: i64) -> Result<i64, Failed>, [] {
        search::find(s, wanted, start, end, Search::Last).ok_or_else(|| cx.not_found(wanted.as_str()))
    }
    /// How often `wanted` occurs in `s[start:end]`.
    STRING_COUNT = fn rt_string_count(_cx, s: Text, wanted: Text, start: i64, end: i64) -> i64, [pure] {
        search::count(s, wanted, start, end)
    }
    /// `s.replace(old, new, limit)`; a negative limit is none.
    STRING_REPLACE = fn rt_string_replace(cx, s: Str, old: Str, new: Str, limit: i64) -> Result<Str, Failed>, [collects] {
        cx.replace(s, old, new, limit)
    }

    /// `s.split(separator, limit)`; without a separator at runs of blanks; a negative limit is none.
    STRING_SPLIT = fn rt_string_split(cx, s: Str, separator: Option<Str>, limit: i64) -> Result<Array, Failed>, [collects] {
        cx.split(s, separator, limit, From::Left)
    }
    /// `s.rsplit(separator, limit)`
    STRING_RSPLIT = fn rt_string_rsplit(cx, s: Str, separator: Option<Str>, limit: i64) -> Result<Array, Failed>, [collects] {
        cx.split(s, separator, limit, From::Right)
    }
    /// `s.splitlines(keepends)`
    STRING_SPLITLINES = fn rt_string_splitlines(cx, s: Str, keep_ends: bool) -> Result<Array, Failed>, [collects] {
        cx.split_lines(s, if keep_ends { LineEnds::Keep } else { LineEnds::Drop })
    }
    /// `separator.join(parts)`
    STRING_JOIN = fn rt_string_join(cx, separator: Str, parts: Array) -> Result<Str, Failed>, [collects] {
        cx.join(parts, separator)
    }

    /// `s.strip(characters)`; without characters, blanks.
    STRING_STRIP = fn rt_string_strip(cx, s: Str, characters: Option<Str>) -> Result<Str, Failed>, [collects] {
        cx.strip(s, characters, Side::Both)
    }
    /// `s.lstrip(characters)`
    STRING_LSTRIP = fn rt_string_lstrip(cx, s: Str, characters: Option<Str>) -> Result<Str, Failed>, [collects] {
        cx.strip(s, characters, Side::Left)
    }
    /// `s.rstrip(characters)`
    STRING_RSTRIP = fn rt_string_rstrip(cx, s: Str, characters: Option<Str>) -> Result<Str, Failed>, [collects] {
        cx.strip(s, characters, Side::Right)
    }
    /// `s.ljust(width, fill)`
    STRING_LJUST = fn rt_string_ljust(cx, s: Str, width: i64, fill: Str) -> Result<Str, Failed>, [collects] {
        cx.pad(s, width, fill, Side::Right)
    }
    /// `s.rjust(width, fill)`
    STRING_RJUST = fn rt_string_rjust(cx, s: Str, width: i64, fill: Str) -> Result<Str, Failed>, [collects] {
        cx.pad(s, width, fill, Side::Left)
    }
    /// `s.center(width, fill)`
    STRING_CENTER = fn rt_string_center(cx, s: Str, width: i64, fill: Str) -> Result<Str, Failed>, [collects] {
        cx.pad(s, width, fill, Side::Both)
    }
    /// `s.zfill(width)`
    STRING_ZFILL = fn rt_string_zfill(cx, s: Str, width: i64) -> Result<Str, Failed>, [collects] {
        cx.zero_fill(s, width)
    }
    /// `s.expandtabs(width)`
    STRING_EXPANDTABS = fn rt_string_expandtabs(cx, s: Str, width: i64) -> Result<Str, Failed>, [collects] {
        cx.expand_tabs(s, width)
    }

    /// `s.upper()`
    STRING_UPPER = fn rt_string_upper(cx, s: Str) -> Result<Str, Failed>, [collects] {
        let text = case::upper(cx.str(s));
        cx.new_string(&text)
    }
    /// `s.lower()`
    STRING_LOWER = fn rt_string_lower(cx, s: Str) -> Result<Str, Failed>, [collects] {
        let text = case::lower(cx.str(s));
        cx.new_string(&text)
    }
    /// `s.capitalize()`
    STRING_CAPITALIZE = fn rt_string_capitalize(cx, s: Str) -> Result<Str, Failed>, [collects] {
        let text = case::capitalize(cx.str(s));
        cx.new_string(&text)
    }
    /// `s.title()`
    STRING_TITLE = fn rt_string_title(cx, s: Str) -> Result<Str, Failed>, [collects] {
        let text = case::title(cx.str(s));
        cx.new_string(&text)
    }
    /// `s.swapcase()`
    STRING_SWAPCASE = fn rt_string_swapcase(cx, s: Str) -> Result<Str, Failed>, [collects] {
        let text = case::swapcase(cx.str(s));
        cx.new_string(&text)
    }
    /// `s.casefold()`
    STRING_CASEFOLD = fn rt_string_casefold(cx, s: Str) -> Result<Str, Failed>, [collects] {
        let text = case::casefold(cx.str(s));
        cx.new_string(&text)
    }

    /// `s.isalpha()`
    STRING_ISALPHA = fn rt_string_isalpha(_cx, s: Text) -> bool, [pure] {
        classify::all(s.as_str(), classify::is_letter)
    }
    /// `s.isdigit()`
    STRING_ISDIGIT = fn rt_string_isdigit(_cx, s: Text) -> bool, [pure] {
        classify::all(s.as_str(), classify::is_digit)
    }
    /// `s.isdecimal()`
    STRING_ISDECIMAL = fn rt_string_isdecimal(_cx, s: Text) -> bool, [pure] {
        classify::all(s.as_str(), classify::is_decimal)
    }
    /// `s.isnumeric()`
    STRING_ISNUMERIC = fn rt_string_isnumeric(_cx, s: Text) -> bool, [pure] {
        classify::all(s.as_str(), classify::is_numeric)
    }
    /// `s.isalnum()`
    STRING_ISALNUM = fn rt_string_isalnum(_cx, s: Text) -> bool, [pure] {
        classify::all(s.as_str(), classify::is_alphanumeric)
    }
    /// `s.isspace()`
    STRING_ISSPACE = fn rt_string_isspace(_cx, s: Text) -> bool, [pure] {
        classify::all(s.as_str(), classify::is_python_space)
    }
    /// `s.isupper()`
    STRING_ISUPPER = fn rt_string_isupper(_cx, s: Text) -> bool, [pure] {
        classify::is_upper(s.as_str())
    }
    /// `s.islower()`
    STRING_ISLOWER = fn rt_string_islower(_cx, s: Text) -> bool, [pure] {
        classify::is_lower(s.as_str())
    }
    /// `s.istitle()`
    STRING_ISTITLE = fn rt_string_istitle(_cx, s: Text) -> bool, [pure] {
        classify::is_title(s.as_str())
    }
    /// `s.isascii()`
    STRING_ISASCII = fn rt_string_isascii(_cx, s: Text) -> bool, [pure] {
        s.characters() == s.as_str().len()
    }
}

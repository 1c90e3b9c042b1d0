//! Executables: the stub with a program behind it.
//!
//! The stub is a static executable that holds the runtime and nothing of the compiler. A finished executable is the
//! stub's bytes, then, from the next page on, the program. One of the stub's program headers that nobody needs (a
//! `PT_NOTE`) is turned into a `PT_LOAD` for the program, so that the kernel maps it, readable and executable, when it
//! maps the rest: no file is opened, `/proc` is not needed, and no linker is called. The stub finds the header by a
//! number in its physical address, which nothing else uses.

use std::fmt;

use tandem_runtime::image::MARK;

/// What is wrong with a stub; it has been built wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadStub {
    /// It is not a 64-bit little-endian ELF executable with complete program headers.
    NotElf,
    /// It has no `PT_NOTE`.
    NoSpareHeader,
}

impl fmt::Display for BadStub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadStub::NotElf => "the stub is not an ELF executable",
            BadStub::NoSpareHeader => "the stub has no program header to spare",
        })
    }
}

const PAGE: usize = 4096;
const PT_LOAD: u32 = 1;
const PT_NOTE: u32 = 4;
const READ_AND_EXECUTE: u32 = 4 | 1;
const HEADER_SIZE: usize = 56;

/// The bytes of an executable that consists of `stub` and the serialised image `program`.
pub fn executable(stub: &[u8], program: &[u8]) -> Result<Vec<u8>, BadStub> {
    let headers = program_headers(stub).ok_or(BadStub::NotElf)?;
    let spare = headers.iter().find(|header| header.kind == PT_NOTE).ok_or(BadStub::NoSpareHeader)?;
    let end = headers.iter().filter(|header| header.kind == PT_LOAD).map(|header| header.end).max();
    let address = end.ok_or(BadStub::NotElf)?.next_multiple_of(PAGE as u64);

    let offset = stub.len().next_multiple_of(PAGE);
    let mut bytes = Vec::with_capacity(offset + program.len());
    bytes.extend_from_slice(stub);
    bytes.resize(offset, 0);
    bytes.extend_from_slice(program);

    let header = &mut bytes[spare.position..spare.position + HEADER_SIZE];
    header[0..4].copy_from_slice(&PT_LOAD.to_le_bytes());
    header[4..8].copy_from_slice(&READ_AND_EXECUTE.to_le_bytes());
    let length = program.len() as u64;
    let words = [offset as u64, address, MARK, length, length, PAGE as u64];
    for (index, word) in words.into_iter().enumerate() {
        header[8 + 8 * index..16 + 8 * index].copy_from_slice(&word.to_le_bytes());
    }
    Ok(bytes)
}

/// A program header of an ELF file.
struct ProgramHeader {
    /// Where it stands in the file.
    position: usize,
    kind: u32,
    /// Where its memory ends.
    end: u64,
}

/// The program headers of a 64-bit little-endian ELF file.
fn program_headers(elf: &[u8]) -> Option<Vec<ProgramHeader>> {
    const ELF_64_LITTLE_ENDIAN: &[u8] = b"\x7fELF\x02\x01";
    if !elf.starts_with(ELF_64_LITTLE_ENDIAN) {
        return None;
    }
    let table = usize::try_from(word(elf, 32)?).ok()?;
    let size = usize::from(half(elf, 54)?);
    let count = usize::from(half(elf, 56)?);
    if size != HEADER_SIZE {
        return None;
    }
    (0..count)
        .map(|index| {
            let position = table.checked_add(index * size)?;
            let kind = u32::from_le_bytes(elf.get(position..position + 4)?.try_into().ok()?);
            let end = word(elf, position + 16)?.checked_add(word(elf, position + 40)?)?;
            Some(ProgramHeader { position, kind, end })
        })
        .collect()
}

fn word(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.get(at..at.checked_add(8)?)?.try_into().ok()?))
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

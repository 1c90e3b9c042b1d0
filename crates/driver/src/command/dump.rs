//! `tandem dump`

use std::io::Write;

use tandem_compiler::Source;
use tandem_compiler::pipeline::Counting;

use super::read_source;
use crate::arguments::{Dump, Stage};
use crate::failure::rejected;

/// Shows a stage on standard output; gives the exit status.
pub fn dump(command: &Dump) -> u8 {
    let text = read_source(&command.file).and_then(|source| text(source, command.stage));
    match text {
        Ok(text) => {
            // A reader that has seen enough is no error.
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
            0
        }
        Err(status) => status,
    }
}

fn text(source: Source, stage: Stage) -> Result<String, u8> {
    match stage {
        Stage::Tokens => return Ok(source.dump_tokens()),
        Stage::Ast => return Ok(source.dump_ast()),
        Stage::Hir | Stage::Mir | Stage::Ssa | Stage::Clif | Stage::Asm => {}
    }
    let checked = source.check().map_err(|error| rejected(&error))?;
    if stage == Stage::Hir {
        return Ok(checked.dump());
    }
    let lowered = checked.lower(Counting::Off);
    if stage == Stage::Mir {
        return Ok(lowered.dump());
    }
    let optimized = lowered.optimize();
    Ok(match stage {
        Stage::Clif => optimized.dump_clif(),
        Stage::Asm => optimized.dump_asm(),
        Stage::Tokens | Stage::Ast | Stage::Hir | Stage::Mir | Stage::Ssa => optimized.dump(),
    })
}

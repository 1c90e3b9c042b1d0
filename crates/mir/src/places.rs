//! Locations as reports of runtime errors need them.

use std::collections::BTreeMap;

use cranelift_entity::EntityRef;
use tandem_runtime::image::{self, Place, Places};
use tandem_source::{SourceMap, Span};

use crate::{Operand, Program};

/// The places of a program, by `LocId`, with the lines of source text that reports quote.
pub fn places<V: Operand>(program: &Program<V>, sources: &SourceMap) -> Places {
    let mut lines = BTreeMap::new();
    let mut places = Vec::with_capacity(program.locs.len());
    for loc in program.locs.values() {
        let Span { file, lo, .. } = loc.span;
        let source = sources.file(file);
        let start = source.line_column(lo);
        lines.entry((file.0, start.line)).or_insert_with(|| source.line(start.line).to_string());
        places.push(Place {
            file: file.0,
            line: start.line,
            column: start.column,
            width: width(loc.span, sources),
            function: loc.function.index() as u32,
            parent: loc.parent.map(|parent| parent.index() as u32),
        });
    }
    let functions =
        program.names.values().map(|name| image::FunctionName { name: name.name.clone(), visibility: name.visibility });
    Places {
        places,
        functions: functions.collect(),
        files: sources.files().map(|(_, file)| file.name.clone()).collect(),
        lines: lines.into_iter().collect(),
    }
}

/// How many characters of its first line a span covers, at least 1.
fn width(span: Span, sources: &SourceMap) -> u32 {
    let first_line = sources.text(span).split(['\n', '\r']).next().unwrap_or_default();
    first_line.chars().count().max(1) as u32
}

#[cfg(test)]
mod tests;

//! Diagnostics as text for a terminal.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::{Diagnostic, Severity, SourceMap, Span};

/// Whether the text carries terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// Plain text, as in files and pipes.
    Plain,
    /// ANSI colours.
    Coloured,
}

/// Renders one diagnostic, ending in a newline.
pub fn render(diagnostic: &Diagnostic, sources: &SourceMap, palette: Palette) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Lint => Level::WARNING,
    };
    let mut files = vec![diagnostic.span.file];
    files.extend(diagnostic.labels.iter().map(|label| label.span.file));
    files.sort_unstable();
    files.dedup();
    files.sort_by_key(|file| *file != diagnostic.span.file);

    let title = level.primary_title(&*diagnostic.message).id(diagnostic.code.0);
    let mut group = Group::with_title(title);
    for file in files {
        let source = sources.file(file);
        let bytes = |span: Span| span.lo as usize..span.hi as usize;
        let mut snippet = Snippet::source(&*source.text).path(&*source.name);
        if file == diagnostic.span.file {
            let primary = AnnotationKind::Primary.span(bytes(diagnostic.span));
            snippet = snippet.annotation(primary.label(&*diagnostic.label));
        }
        for label in diagnostic.labels.iter().filter(|label| label.span.file == file) {
            snippet = snippet.annotation(AnnotationKind::Context.span(bytes(label.span)).label(&*label.text));
        }
        group = group.element(snippet);
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(&**note));
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(&**hint));
    }
    let renderer = match palette {
        Palette::Plain => Renderer::plain(),
        Palette::Coloured => Renderer::styled(),
    };
    let mut text = renderer.render(&[group]).to_string();
    text.push('\n');
    text
}
